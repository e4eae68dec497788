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

/**
 * What every answer carries: a request id (also in each log line), the media type, accepted scopes, and what lets web pages
 * of any origin read it, as on GitHub; answers their browsers' questions. Refuses unknown API versions and parameters within
 * the path, by which rules about paths are got around.
 */
class ConventionsFilter extends OncePerRequestFilter {

    static final String REQUEST_ID = "x-github-request-id";
    static final String MEDIA_TYPE = "x-github-media-type";
    static final String JSON = "github.v3; format=json";

    private static final Set<String> VERSIONS = Set.of("2022-11-28");

    private static final String EXPOSED = "ETag, Link, Location, Retry-After, X-GitHub-Request-Id, X-GitHub-Media-Type,"
            + " X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset,"
            + " X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Forgelog-Position, X-Forgelog-Cost";
    private static final String SENT = "Authorization, Content-Type, If-Modified-Since, If-None-Match, Idempotency-Key,"
            + " Prefer, X-GitHub-Api-Version, X-Forgelog-Position";

    private final FailureWriter failures;

    ConventionsFilter(FailureWriter failures) {
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String requestId = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        request.setAttribute(REQUEST_ID, requestId);
        EvenTime.begin(request);
        response.setHeader(REQUEST_ID, requestId);
        response.setHeader(
                MEDIA_TYPE, MediaTypes.wantsStarDates(request) ? "github.v3; param=star; format=json" : JSON);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!request.getRequestURI().startsWith("/console")) {
            // Routes say theirs; what is refused before one is found asks for none.
            AcceptedScopes.NONE.tell(response);
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        }
        MDC.put("request", requestId);
        try {
            String version = request.getHeader("x-github-api-version");
            if (request.getRequestURI().indexOf(';') >= 0) {
                failures.write(response, HttpFailure.badRequest("Paths have no parameters"));
            } else if (isPreflight(request)) {
                response.setHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE");
                response.setHeader("Access-Control-Allow-Headers", SENT);
                response.setHeader("Access-Control-Max-Age", "86400");
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else if (version != null && !VERSIONS.contains(version)) {
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

    /** What a browser asks before it sends the request of a page. */
    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
