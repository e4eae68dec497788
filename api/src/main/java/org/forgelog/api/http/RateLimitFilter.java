package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.forgelog.api.http.RateLimiter.Quota;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a caller asks beyond its limit, and tells it with every answer where it stands. As on GitHub, asking for
 * the limit is free, and so is an answer of 304 to somebody who has the answer, as often as plain ones are allowed.
 */
class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimiter limiter;
    private final FailureWriter failures;

    RateLimitFilter(RateLimiter limiter, FailureWriter failures) {
        this.limiter = limiter;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean free = request.getRequestURI().equals("/rate_limit")
                || request.getRequestURI().startsWith("/operator/");
        Quota quota = free ? limiter.look(request) : limiter.count(request);
        if (quota == null) {
            chain.doFilter(request, response);
            return;
        }
        tell(response, quota);
        if (quota.exceeded()) {
            failures.write(response, HttpFailure.tooManyRequests(limiter.untilReset(quota)));
            return;
        }
        chain.doFilter(request, response);
        if (!free && ETagFilter.isKnown(request)) {
            Quota back = limiter.takeBack(request);
            if (back != null && !response.isCommitted()) {
                tell(response, back);
            }
        }
    }

    private static void tell(HttpServletResponse response, Quota quota) {
        response.setHeader("x-ratelimit-limit", Long.toString(quota.limit()));
        response.setHeader("x-ratelimit-remaining", Long.toString(quota.remaining()));
        response.setHeader("x-ratelimit-used", Long.toString(quota.used()));
        response.setHeader("x-ratelimit-reset", Long.toString(quota.reset().getEpochSecond()));
        response.setHeader("x-ratelimit-resource", "core");
    }
}
