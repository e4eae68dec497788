package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** What every answer carries: a request id (also in each log line) and the media type; refuses unknown API versions. */
class ConventionsFilter extends OncePerRequestFilter {

    static final String REQUEST_ID = "x-github-request-id";

    private static final Set<String> VERSIONS = Set.of("2022-11-28");

    private final FailureWriter failures;

    ConventionsFilter(FailureWriter failures) {
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String requestId = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        request.setAttribute(REQUEST_ID, requestId);
        response.setHeader(REQUEST_ID, requestId);
        response.setHeader(
                "x-github-media-type",
                MediaTypes.wantsStarDates(request) ? "github.v3.star; format=json" : "github.v3; format=json");
        MDC.put("request", requestId);
        try {
            String version = request.getHeader("x-github-api-version");
            if (version != null && !VERSIONS.contains(version)) {
                failures.write(
                        response,
                        HttpFailure.badRequest("Unsupported API version: use "
                                + VERSIONS.iterator().next()));
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            MDC.remove("request");
        }
    }
}
