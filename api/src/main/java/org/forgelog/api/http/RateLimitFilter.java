package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.forgelog.api.http.RateLimiter.Quota;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a caller asks beyond its limits, and tells it with every answer where it stands with its requests. As on GitHub, asking for
 * the limit is free, and so is an answer of 304 to somebody who has the answer, as often as plain ones are allowed.
 */
class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimiter limiter;
    private final ExpensiveRequests expensive;
    private final FailureWriter failures;

    RateLimitFilter(RateLimiter limiter, ExpensiveRequests expensive, FailureWriter failures) {
        this.limiter = limiter;
        this.expensive = expensive;
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
                || request.getRequestURI().startsWith("/operator/")
                || request.getRequestURI().startsWith("/console");
        Quota quota = free ? limiter.look(request) : limiter.count(request);
        if (quota != null) {
            tell(response, quota);
            if (quota.exceeded()) {
                failures.write(response, HttpFailure.tooManyRequests(limiter.untilReset(quota)));
                return;
            }
        }
        Duration wait = free ? Duration.ZERO : limiter.untilAffordable(request);
        if (wait.isPositive()) {
            failures.write(response, HttpFailure.tooCostly(wait));
            return;
        }
        RequestCost cost = new RequestCost(expensive, RateLimiter.key(Callers.of(request), request));
        cost.attach(request);
        try {
            chain.doFilter(request, response);
        } finally {
            cost.end();
            if (!free) {
                limiter.spend(request, cost.points());
            }
        }
        if (quota != null && !free && ETagFilter.isKnown(request)) {
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
