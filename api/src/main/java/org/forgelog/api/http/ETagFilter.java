package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives every answer to a GET its {@link EntityTag}, and {@code Last-Modified} where that {@linkplain LastModified is
 * known}; answers 304 when the client has that body already. A date counts only without a tag, and only if it is the very one
 * that the answer has: no other was ever given for it.
 */
class ETagFilter extends OncePerRequestFilter {

    private static final String KNOWN = ETagFilter.class.getName();

    /** Whether the answer was left out because the client showed that it has it; anybody can say {@code *}. */
    static boolean isKnown(HttpServletRequest request) {
        return request.getAttribute(KNOWN) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean reads = List.of("GET", "HEAD").contains(request.getMethod());
        String path = request.getRequestURI();
        // A stream is passed on as it comes; pages of the console are kept by nobody.
        return !reads
                || path.startsWith("/actuator/")
                || path.endsWith("/events/stream")
                || path.startsWith("/console") && !path.startsWith("/console/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, cached);
        RequestCost cost = RequestCost.of(request);
        if (cost != null) {
            cost.addBytes(cached.getContentSize());
        }
        boolean known = cached.getStatus() == HttpServletResponse.SC_NOT_MODIFIED && EntityTag.of(request) != null;
        if (known || cached.getStatus() == HttpServletResponse.SC_OK) {
            String told = EntityTag.of(request);
            String tag = told == null ? EntityTag.of(request, cached.getContentAsByteArray()) : told;
            response.setHeader("ETag", tag);
            response.setHeader("Cache-Control", "private, max-age=0, must-revalidate");
            response.setHeader("Vary", "Accept, Authorization, User-Agent");
            Instant modified = LastModified.of(request);
            if (modified != null) {
                response.setDateHeader("Last-Modified", modified.toEpochMilli());
            }
            String candidates = request.getHeader("If-None-Match");
            if (known || (candidates == null ? isDated(request, modified) : EntityTag.matches(candidates, tag))) {
                if (candidates == null || !candidates.strip().equals("*")) {
                    request.setAttribute(KNOWN, true);
                }
                cached.resetBuffer();
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        cached.copyBodyToResponse();
    }

    private static boolean isDated(HttpServletRequest request, @Nullable Instant modified) {
        try {
            return modified != null && request.getDateHeader("If-Modified-Since") == modified.toEpochMilli();
        } catch (IllegalArgumentException e) {
            // What is no date does not count.
            return false;
        }
    }
}
