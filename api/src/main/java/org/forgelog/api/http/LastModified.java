package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what a request asks for changed last, told to the filter that answers with it. */
public final class LastModified {

    private static final String ATTRIBUTE = LastModified.class.getName();

    private LastModified() {}

    /** @param at in whole seconds; {@code null} when it is not known well enough to be relied upon */
    public static void set(HttpServletRequest request, @Nullable Instant at) {
        request.setAttribute(ATTRIBUTE, at);
    }

    static @Nullable Instant of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Instant at ? at : null;
    }
}
