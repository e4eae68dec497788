package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.Caller;

/** Who is calling, as the authentication filter found out. */
public final class Callers {

    static final String ATTRIBUTE = Caller.class.getName();

    private Callers() {}

    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
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
