package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.representation.Links;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Links that lead back to where the request came in. */
public final class RequestLinks {

    private RequestLinks() {}

    public static Links of(HttpServletRequest request) {
        return new Links(
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString());
    }
}
