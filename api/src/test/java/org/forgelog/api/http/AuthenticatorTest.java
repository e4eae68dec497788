package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

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
        authenticator = new Authenticator(jdbc, null, clock::get);
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
                        .hasValueSatisfying(caller -> assertThat(caller.suspended()).isFalse()),
                () -> assertThat(authenticator.callerOf("fl_token"))
                        .map(Caller::suspended)
                        .hasValue(true));
    }

    @Test
    void aSlowAnswerIsNoYoungerForBeingSlow() {
        // Whoever looks at the clock once more, after the answer, sees that much time gone.
        AtomicLong looks = new AtomicLong();
        Authenticator one =
                new Authenticator(jdbc, null, () -> looks.getAndIncrement() == 0 ? 0 : Authenticator.CACHED.toNanos());
        assertThat(one.callerOf("fl_token")).isPresent();
        jdbc.sql("delete from token").update();
        assertThat(one.callerOf("fl_token")).isEmpty();
    }
}
