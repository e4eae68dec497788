package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives every answer to a GET a weak {@code ETag} made from its body, the caller and the media type, and answers 304
 * when the client has that body already.
 */
class ETagFilter extends OncePerRequestFilter {

    private static final int TAG_BYTES = 16;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean reads = List.of("GET", "HEAD").contains(request.getMethod());
        return !reads || request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, cached);
        if (cached.getStatus() == HttpServletResponse.SC_OK) {
            String tag = tag(request, cached.getContentAsByteArray());
            response.setHeader("ETag", tag);
            response.setHeader("Cache-Control", "private, max-age=0, must-revalidate");
            response.setHeader("Vary", "Accept, Authorization");
            if (matches(request.getHeader("If-None-Match"), tag)) {
                cached.resetBuffer();
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        cached.copyBodyToResponse();
    }

    private static String tag(HttpServletRequest request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Callers.of(request).key().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) (MediaTypes.wantsStarDates(request) ? 1 : 0));
            return "W/\"" + HexFormat.of().formatHex(digest.digest(body), 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Weak comparison: the mark for weakness does not count. */
    private static boolean matches(@Nullable String candidates, String tag) {
        if (candidates == null) {
            return false;
        }
        String opaque = tag.substring(2);
        for (String candidate : candidates.split(",")) {
            String stripped = candidate.strip();
            if (stripped.equals("*") || stripped.equals(opaque) || stripped.equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
