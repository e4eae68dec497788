package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.api.representation.Links;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Takes every request also under {@code /api/v3}, where GitHub Enterprise Server has its API and clients of a host of
 * one's own look for it, and has the links of the answer begin as the request did. What belongs to operators is not
 * there. Slashes in names of labels need not be encoded.
 */
class ApiAddress extends OncePerRequestFilter {

    static final String PREFIX = "/api/v3";

    /** A label's name is the last part of a path, with slashes that not every client encodes. */
    private static final Pattern SLASHED_LABEL = Pattern.compile(
            "(/(?:repos/[^/]+/[^/]+|repositories/[^/]+)(?:/(?:issues|pulls)/[^/]+)?/labels/)([^/].*/.*)");

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
        HttpServletRequest served = prefixed ? new OtherPath(request, cut(path), true) : request;
        Matcher label = SLASHED_LABEL.matcher(served.getRequestURI());
        chain.doFilter(
                label.matches()
                        ? new OtherPath(served, label.group(1) + label.group(2).replace("/", "%2F"), false)
                        : served,
                response);
    }

    private static String cut(String path) {
        return path.length() == PREFIX.length() ? "/" : path.substring(PREFIX.length());
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

    private static final class OtherPath extends HttpServletRequestWrapper {

        private final String path;
        private final boolean withoutPrefix;

        OtherPath(HttpServletRequest request, String path, boolean withoutPrefix) {
            super(request);
            this.path = path;
            this.withoutPrefix = withoutPrefix;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            String servletPath = super.getServletPath();
            return withoutPrefix && servletPath.startsWith(PREFIX) ? cut(servletPath) : servletPath;
        }
    }
}
