package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.representation.Links;

/** Links that lead back to where the request came in. */
public final class RequestLinks {

    private static final String ATTRIBUTE = RequestLinks.class.getName();

    private RequestLinks() {}

    static void set(HttpServletRequest request, Links links) {
        request.setAttribute(ATTRIBUTE, links);
    }

    public static Links of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Links links) {
            return links;
        }
        throw new IllegalStateException("a request that did not come through the filters");
    }
}
