package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.forgelog.api.Caller;

/** Who is calling, as the authentication filter found out. */
public final class Callers {

    static final String ATTRIBUTE = Caller.class.getName();
    private static final String TOKEN = Callers.class.getName();

    private Callers() {}

    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
    }

    /**
     * Who is calling by now; empty when the token is none any more, or its owner was suspended. For requests that go on for
     * long.
     */
    public static Optional<Caller> now(HttpServletRequest request) {
        return request.getAttribute(TOKEN) instanceof Token token
                ? token.look().filter(caller -> !caller.suspended())
                : Optional.of(of(request));
    }

    /** Has a request's caller looked up again where that matters. */
    static void remember(HttpServletRequest request, Token token) {
        request.setAttribute(TOKEN, token);
    }

    /** Tells whose it is. */
    interface Token {
        Optional<Caller> look();
    }

    /** Has a request handled as another caller's; for operators who want to see what others see. */
    public static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** The request's id, which its answer carries too. */
    public static String requestId(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ConventionsFilter.REQUEST_ID));
    }
}
