package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogClockTest {

    private static final long SECOND = 1_000_000_000;
    /** Years away from any machine's. */
    private static final Instant START = Instant.parse("2001-02-03T04:05:06Z");

    private final AtomicReference<Instant> log = new AtomicReference<>(START);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicLong nanos = new AtomicLong(77);
    private final LogClock clock = new LogClock(this::say, nanos::get);

    private Instant say() {
        if (silent.get()) {
            throw new EventLogException(new SQLException("not now"));
        }
        return log.get();
    }

    @Test
    void countsOnFromWhatTheLogSaid() {
        assertThat(clock.instant()).isEqualTo(START);
        nanos.addAndGet(3 * SECOND);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void isPutRightByTheLogAndGoesOnWithoutIt() {
        nanos.addAndGet(10 * SECOND);
        log.set(START.plusSeconds(310));
        clock.ask();
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(310));
        silent.set(true);
        nanos.addAndGet(10 * SECOND);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(320));
    }
}
