package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.forgelog.api.Caller;
import org.forgelog.api.Scopes;
import org.forgelog.api.http.RateLimiter.Limits;
import org.forgelog.domain.account.AccountId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitTest {

    private static final long WITH_TOKEN = 3;
    private static final long ANONYMOUS = 2;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final RateLimiter limiter = new RateLimiter(clock, new Limits(WITH_TOKEN, ANONYMOUS), new Limits(0, 0));

    private MockHttpServletResponse call(RateLimiter limiter, Caller caller, String path, int status) {
        return call(limiter, caller, path, status, false);
    }

    private MockHttpServletResponse call(RateLimiter limiter, Caller caller, String path, int status, boolean known) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setAttribute(Callers.ATTRIBUTE, caller);
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            new RateLimitFilter(limiter, new ExpensiveRequests(2), new FailureWriter(ApiJson.mapper()))
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
    void whoseRequestsCostTooMuchIsRefusedForTheRestOfAMinute() {
        RateLimiter costs = new RateLimiter(clock, new Limits(0, 0), new Limits(100, 0));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/events");
        request.setAttribute(Callers.ATTRIBUTE, token(7));
        costs.spend(request, 99);
        assertThat(call(costs, token(7), "/events", 200).getStatus()).isEqualTo(200);
        costs.spend(request, 1);
        now = now.plusSeconds(20);
        MockHttpServletResponse refused = call(costs, token(7), "/events", 200);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("41");
        assertThat(refused.getHeader("x-ratelimit-remaining")).isNull();
        assertThat(new String(refused.getContentAsByteArray(), StandardCharsets.UTF_8))
                .contains("You have exceeded a secondary rate limit");
        assertThat(call(costs, token(8), "/events", 200).getStatus()).isEqualTo(200);
        assertThat(call(costs, Caller.ANONYMOUS, "/events", 200).getStatus()).isEqualTo(200);
        now = now.plusSeconds(40);
        assertThat(call(costs, token(7), "/events", 200).getStatus()).isEqualTo(200);
    }

    @Test
    void whatIsReadAndWhatIsSentIsCharged() {
        RateLimiter costs = new RateLimiter(clock, new Limits(0, 0), new Limits(0, 20));
        for (int i = 0; i < 2; i++) {
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/events");
            request.setRemoteAddr("5.5.5." + i);
            int units = i;
            serve(costs, request, () -> {
                RequestCost cost = RequestCost.of(request);
                cost.addReadUnits(units * 16);
                cost.addBytes(4 * 65_536);
            });
            assertThat(costs.untilAffordable(request).isPositive()).isEqualTo(i == 1);
        }
    }

    private static void serve(RateLimiter limiter, MockHttpServletRequest request, Runnable handler) {
        try {
            new RateLimitFilter(limiter, new ExpensiveRequests(2), new FailureWriter(ApiJson.mapper()))
                    .doFilter(request, new MockHttpServletResponse(), new MockFilterChain() {
                        @Override
                        public void doFilter(
                                jakarta.servlet.ServletRequest ignored, jakarta.servlet.ServletResponse answer) {
                            handler.run();
                        }
                    });
        } catch (java.io.IOException | jakarta.servlet.ServletException e) {
            throw new AssertionError(e);
        }
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

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "::1, 127.0.0.1, false"
    })
    void whoeverHasOneAddressHasAllOfItsNetwork(String one, String other, boolean same) {
        MockHttpServletRequest first = new MockHttpServletRequest();
        first.setRemoteAddr(one);
        MockHttpServletRequest second = new MockHttpServletRequest();
        second.setRemoteAddr(other);
        assertThat(RateLimiter.key(Caller.ANONYMOUS, first).equals(RateLimiter.key(Caller.ANONYMOUS, second)))
                .isEqualTo(same);
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
        RateLimiter open = new RateLimiter(clock, new Limits(0, 0), new Limits(0, 0));
        assertThat(call(open, token(7), "/user", 200).getHeaderNames()).isEmpty();
    }
}
