package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.forgelog.api.http.LimitedStream.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies of more than a megabyte, whether or not they say how long they are, and those that take too long to
 * arrive. What a handler left of a body is taken off the connection after the answer, for a moment: many clients look
 * for an answer only once they have sent everything.
 */
class BodyFilter extends OncePerRequestFilter {

    /** Largest request body, in bytes. */
    static final long LIMIT = 1 << 20;

    /** How much of a body that nobody wants is still read, in bytes, and for how long. */
    private static final Limits LEFTOVERS = new Limits(32 << 20, Duration.ofSeconds(5));

    private static final Set<String> UNLIMITED = Set.of("/admin/log/restore", "/admin/imports");
    private static final int PIECE = 8192;

    private final FailureWriter failures;
    private final Limits limits;

    BodyFilter(FailureWriter failures, Duration longest) {
        this.failures = failures;
        this.limits = new Limits(LIMIT, longest);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        // What is restored or imported is as long as it is; whoever takes it asks first who sends it.
        boolean unlimited = UNLIMITED.contains(request.getRequestURI());
        GuardedRequest guarded = new GuardedRequest(request, unlimited ? null : limits);
        if (!unlimited && request.getContentLengthLong() > LIMIT) {
            failures.write(response, HttpFailure.tooLarge());
        } else {
            chain.doFilter(guarded, response);
        }
        takeLeftovers(guarded, response);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static void takeLeftovers(GuardedRequest request, HttpServletResponse response) throws IOException {
        // Who asked whether to send it was not told to.
        boolean waits = request.getHeader("Expect") != null && !request.isTouched();
        if (waits || request.isFinished()) {
            return;
        }
        if (!response.isCommitted()) {
            response.flushBuffer();
        }
        try {
            ServletInputStream rest = new LimitedStream(request.getRequest().getInputStream(), LEFTOVERS);
            byte[] piece = new byte[PIECE];
            while (rest.read(piece, 0, PIECE) >= 0) {
                // Thrown away.
            }
        } catch (IOException | HttpFailure e) {
            // Tomcat closes the connection, since something is left.
        }
    }

    private static final class GuardedRequest extends HttpServletRequestWrapper {

        private final @Nullable Limits limits;
        private @Nullable ServletInputStream in;

        GuardedRequest(HttpServletRequest request, @Nullable Limits limits) {
            super(request);
            this.limits = limits;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (in == null) {
                ServletInputStream plain = super.getInputStream();
                in = limits == null ? plain : new LimitedStream(plain, limits);
            }
            return in;
        }

        boolean isTouched() {
            return in != null;
        }

        boolean isFinished() throws IOException {
            return getRequest().getInputStream().isFinished();
        }
    }
}
