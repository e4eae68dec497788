package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.forgelog.api.Caller;
import org.forgelog.api.Scopes;
import org.forgelog.domain.account.AccountId;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitTest {

    private static final long WITH_TOKEN = 3;
    private static final long ANONYMOUS = 2;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final RateLimiter limiter = new RateLimiter(clock, WITH_TOKEN, ANONYMOUS);

    private MockHttpServletResponse call(RateLimiter limiter, Caller caller, String path, int status) {
        return call(limiter, caller, path, status, false);
    }

    private MockHttpServletResponse call(RateLimiter limiter, Caller caller, String path, int status, boolean known) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setAttribute(Callers.ATTRIBUTE, caller);
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            new RateLimitFilter(limiter, new FailureWriter(ApiJson.mapper()))
                    .doFilter(request, response, new MockFilterChain() {
                        @Override
                        public void doFilter(
                                jakarta.servlet.ServletRequest ignored, jakarta.servlet.ServletResponse answer) {
                            ((MockHttpServletResponse) answer).setStatus(status);
                            if (known) {
                                ignored.setAttribute(ETagFilter.class.getName(), true);
                            }
                        }
                    });
        } catch (java.io.IOException | jakarta.servlet.ServletException e) {
            throw new AssertionError(e);
        }
        return response;
    }

    private MockHttpServletResponse get(Caller caller) {
        return call(limiter, caller, "/user", 200);
    }

    private static Caller token(long id) {
        return Caller.user(new AccountId(1), "octocat", id, false, false, Scopes.NONE);
    }

    @Test
    void eachAnswerTellsWhereTheCallerStands() {
        MockHttpServletResponse first = get(token(7));
        assertThat(first.getHeader("x-ratelimit-limit")).isEqualTo("3");
        assertThat(first.getHeader("x-ratelimit-used")).isEqualTo("1");
        assertThat(first.getHeader("x-ratelimit-remaining")).isEqualTo("2");
        assertThat(first.getHeader("x-ratelimit-resource")).isEqualTo("core");
        assertThat(first.getHeader("x-ratelimit-reset"))
                .isEqualTo(Long.toString(now.plus(RateLimiter.WINDOW).getEpochSecond()));
        assertThat(get(token(7)).getHeader("x-ratelimit-remaining")).isEqualTo("1");
    }

    @Test
    void theRequestAfterTheLastIsRefusedUntilTheWindowEnds() {
        for (int i = 0; i < WITH_TOKEN; i++) {
            assertThat(get(token(7)).getStatus()).isEqualTo(200);
        }
        now = now.plus(Duration.ofMinutes(59));
        MockHttpServletResponse refused = get(token(7));
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("61");
        now = now.plus(Duration.ofMinutes(1));
        assertThat(get(token(7)).getStatus()).isEqualTo(200);
    }

    @Test
    void tokensAreCountedEachForItselfAndAddressesToo() {
        for (int i = 0; i <= WITH_TOKEN; i++) {
            get(token(7));
        }
        assertThat(get(token(8)).getHeader("x-ratelimit-used")).isEqualTo("1");
        assertThat(get(Caller.ANONYMOUS).getHeader("x-ratelimit-limit")).isEqualTo("2");
    }

    @Test
    void askingForTheLimitAndWhatTheClientHasAlreadyAreFree() {
        assertThat(call(limiter, token(7), "/rate_limit", 200).getHeader("x-ratelimit-used"))
                .isEqualTo("0");
        assertThat(call(limiter, token(7), "/user", 304, true).getHeader("x-ratelimit-used"))
                .isEqualTo("0");
        assertThat(get(token(7)).getHeader("x-ratelimit-used")).isEqualTo("1");
    }

    @Test
    void nothingIsFreeForThoseWhoOnlySayThatTheyHaveIt() {
        assertThat(call(limiter, token(7), "/user", 304).getHeader("x-ratelimit-used"))
                .isEqualTo("1");
    }

    @Test
    void whatIsFreeIsSoAsOftenAsOthersAreAllowed() {
        for (int i = 0; i < WITH_TOKEN; i++) {
            assertThat(call(limiter, token(7), "/user", 304, true).getHeader("x-ratelimit-used"))
                    .isEqualTo("0");
        }
        for (int i = 1; i <= WITH_TOKEN; i++) {
            assertThat(call(limiter, token(7), "/user", 304, true).getHeader("x-ratelimit-used"))
                    .isEqualTo(Integer.toString(i));
        }
        assertThat(call(limiter, token(7), "/user", 304, true).getStatus()).isEqualTo(429);
        now = now.plus(RateLimiter.WINDOW);
        assertThat(call(limiter, token(7), "/user", 304, true).getHeader("x-ratelimit-used"))
                .isEqualTo("0");
    }

    @Test
    void aLimitOfZeroIsNone() {
        RateLimiter open = new RateLimiter(clock, 0, 0);
        assertThat(call(open, token(7), "/user", 200).getHeaderNames()).isEmpty();
    }
}
