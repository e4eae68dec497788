package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.api.Caller;
import org.forgelog.domain.Digests;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AuthenticatorTest {

    private final AtomicLong clock = new AtomicLong();
    private JdbcClient jdbc;
    private Authenticator authenticator;

    @BeforeEach
    void octocatHasAToken() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(SharedEngines.freshDatabase());
        EventLogSchema.migrate(dataSource, true);
        jdbc = JdbcClient.create(dataSource);
        authenticator = new Authenticator(jdbc, null, null, clock::get);
        jdbc.sql("insert into account values (1, 'octocat', 'octocat', 'USER', false, false)")
                .update();
        jdbc.sql("insert into token values (2, 1, ?, '12345678', '{}', null, now())")
                .param(Digests.sha256("fl_token"))
                .update();
        assertThat(authenticator.callerOf("fl_token")).isPresent();
    }

    private void justBeforeAndAt(Runnable before, Runnable at) {
        clock.set(Authenticator.CACHED.toNanos() - 1);
        before.run();
        clock.set(Authenticator.CACHED.toNanos());
        at.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from token", "update account set deleted = true"})
    void aTokenThatIsGoodForNothingAnyMoreIsTakenForFiveSecondsAtMost(String end) {
        jdbc.sql(end).update();
        justBeforeAndAt(
                () -> assertThat(authenticator.callerOf("fl_token")).isPresent(),
                () -> assertThat(authenticator.callerOf("fl_token")).isEmpty());
    }

    @Test
    void aSuspensionIsKnownAfterFiveSecondsAtMost() {
        jdbc.sql("update account set suspended = true").update();
        justBeforeAndAt(
                () -> assertThat(authenticator.callerOf("fl_token"))
                        .hasValueSatisfying(
                                caller -> assertThat(caller.suspended()).isFalse()),
                () -> assertThat(authenticator.callerOf("fl_token"))
                        .map(Caller::suspended)
                        .hasValue(true));
    }

    @Test
    void aSlowAnswerIsNoYoungerForBeingSlow() {
        // Whoever looks at the clock once more, after the answer, sees that much time gone.
        AtomicLong looks = new AtomicLong();
        Authenticator one = new Authenticator(
                jdbc, null, null, () -> looks.getAndIncrement() == 0 ? 0 : Authenticator.CACHED.toNanos());
        assertThat(one.callerOf("fl_token")).isPresent();
        jdbc.sql("delete from token").update();
        assertThat(one.callerOf("fl_token")).isEmpty();
    }

    private final AtomicLong seconds = new AtomicLong();
    private final InstantSource time = () -> Instant.ofEpochSecond(seconds.get());

    private int status(AuthenticationFilter filter, String address, String token) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/user");
        request.setRemoteAddr(address);
        request.addHeader("Authorization", "token " + token);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void anAddressWithManyBadTokensIsGoodForTokensAloneThatWereGoodOfLate() throws Exception {
        FailedLogins failed = new FailedLogins(time.withZone(ZoneOffset.UTC), 3);
        AuthenticationFilter filter =
                new AuthenticationFilter(authenticator, failed, new FailureWriter(ApiJson.mapper()));
        jdbc.sql("insert into token values (3, 1, ?, '12345678', '{}', null, now())")
                .param(Digests.sha256("fl_other"))
                .update();
        assertThat(status(filter, "1.1.1.1", "fl_token")).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(status(filter, "1.1.1.1", "bad" + i)).isEqualTo(401);
        }
        assertThat(status(filter, "1.1.1.1", "bad")).isEqualTo(429);
        assertThat(status(filter, "1.1.1.1", "fl_other")).isEqualTo(429);
        clock.set(Authenticator.CACHED.toNanos());
        assertThat(status(filter, "1.1.1.1", "fl_token")).isEqualTo(200);
        assertThat(status(filter, "2.2.2.2", "bad")).isEqualTo(401);
        assertThat(status(filter, "2.2.2.2", "fl_other")).isEqualTo(200);
        seconds.set(FailedLogins.WINDOW.toSeconds());
        assertThat(status(filter, "1.1.1.1", "bad")).isEqualTo(401);
    }

    @Test
    void aBadTokenIsAskedForOnce() {
        assertThat(authenticator.callerOf("fl_later")).isEmpty();
        jdbc.sql("insert into token values (3, 1, ?, '12345678', '{}', null, now())")
                .param(Digests.sha256("fl_later"))
                .update();
        assertThat(authenticator.callerOf("fl_later")).isEmpty();
    }
}
