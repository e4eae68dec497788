package org.forgelog.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.api.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: token X} or {@code bearer X}; without the header the caller is anonymous. */
class AuthenticationFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(AuthenticationFilter.class);
    private static final Pattern FORM = Pattern.compile("(?i:token|bearer)\\s+(\\S{1,8000})\\s*");

    private final Authenticator authenticator;
    private final FailedLogins failed;
    private final FailureWriter failures;

    AuthenticationFilter(Authenticator authenticator, FailedLogins failed, FailureWriter failures) {
        this.authenticator = authenticator;
        this.failed = failed;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller;
        try {
            caller = caller(request);
        } catch (HttpFailure tooMany) {
            failures.write(response, tooMany);
            return;
        } catch (DataAccessException e) {
            log.warn("a token could not be looked up: {}", e.getMessage());
            failures.write(response, HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1)));
            return;
        }
        if (caller.isEmpty()) {
            failures.write(response, HttpFailure.badCredentials());
            return;
        }
        if (!caller.get().isAnonymous()) {
            response.setHeader(AcceptedScopes.GRANTED, caller.get().scopes().toString());
        }
        if (caller.get().suspended()) {
            failures.write(response, HttpFailure.suspended());
            return;
        }
        request.setAttribute(Callers.ATTRIBUTE, caller.get());
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || header.isBlank()) {
            return Optional.of(Caller.ANONYMOUS);
        }
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String token = matcher.group(1);
        Callers.remember(request, () -> authenticator.callerOf(token));
        return failed.check(request, token, () -> authenticator.callerOf(token));
    }
}
