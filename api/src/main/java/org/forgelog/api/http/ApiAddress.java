package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.forgelog.api.representation.Links;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Takes every request also under {@code /api/v3}, where GitHub Enterprise Server has its API and clients of a host of
 * one's own look for it, and has the links of the answer begin as the request did. What belongs to operators is not
 * there.
 */
class ApiAddress extends OncePerRequestFilter {

    static final String PREFIX = "/api/v3";

    private static final Set<String> OPERATORS = Set.of("actuator", "operator");

    private final String web;
    private final String api;

    /**
     * @param web the address of the pages for people; empty for that of the API
     * @param api the address of the API; empty for the one that each request names, which is whatever its client says
     */
    ApiAddress(String web, String api) {
        this.web = web.replaceFirst("/+$", "");
        this.api = api.replaceFirst("/+$", "");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        boolean prefixed = isPrefixed(path);
        String host = api.isEmpty()
                ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
                : api;
        RequestLinks.set(request, new Links(prefixed ? host + PREFIX : host, web.isEmpty() ? host : web));
        chain.doFilter(prefixed ? new WithoutPrefix(request) : request, response);
    }

    private static boolean isPrefixed(String path) {
        if (!path.equals(PREFIX) && !path.startsWith(PREFIX + "/")) {
            return false;
        }
        String[] parts = path.substring(PREFIX.length()).split("/", 3);
        try {
            return parts.length < 2 || !OPERATORS.contains(UriUtils.decode(parts[1], StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // What cannot be decoded is refused further on.
            return true;
        }
    }

    private static final class WithoutPrefix extends HttpServletRequestWrapper {

        WithoutPrefix(HttpServletRequest request) {
            super(request);
        }

        private static String cut(String path) {
            return path.length() == PREFIX.length() ? "/" : path.substring(PREFIX.length());
        }

        @Override
        public String getRequestURI() {
            return cut(super.getRequestURI());
        }

        @Override
        public String getServletPath() {
            return super.getServletPath().startsWith(PREFIX) ? cut(super.getServletPath()) : super.getServletPath();
        }
    }
}
