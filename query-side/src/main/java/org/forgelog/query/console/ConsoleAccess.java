package org.forgelog.query.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.forgelog.domain.Rejection;
import org.forgelog.query.operator.Operators;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets operators in by a cookie that holds their token, which scripts cannot read and other sites cannot have sent; takes
 * nothing that another page than ours sends; and has the browser fetch nothing from anywhere else.
 */
final class ConsoleAccess implements HandlerInterceptor {

    static final String ROOT = "/console";
    static final String SIGN_IN = ROOT + "/sign-in";

    private static final String COOKIE = "forgelog-console";
    private static final String OPERATOR = ConsoleAccess.class.getName();
    private static final String ONLY_FROM_HERE =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Operators operators;

    ConsoleAccess(Operators operators) {
        this.operators = operators;
    }

    /** Who is signed in. */
    static String operator(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(OPERATOR));
    }

    /** The cookie that signs somebody in until the browser is closed; signs them out where {@code token} is empty. */
    static ResponseCookie cookie(HttpServletRequest request, String token) {
        ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(COOKIE, encoded(token))
                .path(ROOT)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict");
        return token.isEmpty() ? cookie.maxAge(0).build() : cookie.build();
    }

    private static String encoded(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", ONLY_FROM_HERE);
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        String path = request.getRequestURI();
        if (path.startsWith(ConsoleHttp.ASSETS)) {
            return true;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads && !isFromHere(request)) {
            throw Rejection.forbidden("Another site's page sent this");
        }
        if (path.equals(SIGN_IN)) {
            return true;
        }
        String token = token(request);
        Optional<String> operator = token == null ? Optional.empty() : operators.holder(request, token);
        if (operator.isEmpty()) {
            redirect(request, response, reads ? path : ROOT);
            return false;
        }
        request.setAttribute(OPERATOR, operator.get());
        return true;
    }

    /** What is fetched into a page has to take the whole page along. */
    private static void redirect(HttpServletRequest request, HttpServletResponse response, String back) {
        String to = SIGN_IN + (back.equals(ROOT) ? "" : "?back=" + back);
        if (request.getHeader("HX-Request") != null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", SIGN_IN);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, to);
        }
    }

    private static @Nullable String token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(COOKIE)) {
                try {
                    return new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /**
     * Whether a request that changes something comes from a page of ours, or from no browser: every browser says where it
     * comes from, by {@code Sec-Fetch-Site} or, on plain HTTP elsewhere than on this machine, by {@code Origin}.
     */
    private static boolean isFromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        try {
            return String.valueOf(URI.create(origin).getAuthority()).equals(request.getHeader(HttpHeaders.HOST));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
