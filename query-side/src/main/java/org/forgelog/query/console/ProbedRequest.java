package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.forgelog.api.http.HttpFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/** A GET of another address within a request, with attributes of its own and no headers. */
final class ProbedRequest extends HttpServletRequestWrapper {

    private final String path;
    private final @Nullable String query;
    private final Map<String, String[]> parameters = new HashMap<>();
    private final Map<String, @Nullable Object> attributes = new HashMap<>();

    ProbedRequest(HttpServletRequest outer, String address) {
        super(outer);
        try {
            UriComponents uri = UriComponentsBuilder.fromUriString(address).build();
            // Where an error is told it has to be one.
            path = URI.create(String.valueOf(uri.getPath()).replace(" ", "%20")).getRawPath();
            query = uri.getQuery();
            MultiValueMap<String, String> sent = uri.getQueryParams();
            sent.forEach((name, values) -> parameters.put(
                    name,
                    values.stream()
                            .map(value -> value == null ? "" : decoded(value))
                            .toArray(String[]::new)));
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("This is no address");
        }
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(path);
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public @Nullable String getHeader(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.containsKey(name) || name.startsWith("org.springframework.web")
                ? attributes.get(name)
                : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.put(name, null);
    }
}
