package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and nodes do. A busy machine may take its time: a wait fails when progress ends. */
public final class Eventually {

    /** What a wait is limited by that has no other end: a limit for what hangs, not for what is slow. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration STANDSTILL = Duration.ofMinutes(4);
    private static final long PAUSE_MILLIS = 10;

    private Eventually() {}

    /** Waits for something that takes well under a second where there is nothing else to do. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        until(condition, () -> "");
    }

    /**
     * Waits for something that takes as long as it takes.
     *
     * @param progress something that changes as long as it goes on
     */
    public static void until(BooleanSupplier condition, Supplier<?> progress) throws InterruptedException {
        long started = System.nanoTime();
        Object seen = progress.get();
        long moved = started;
        while (!condition.getAsBoolean()) {
            Object now = progress.get();
            if (!now.equals(seen)) {
                seen = now;
                moved = System.nanoTime();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - moved))
                    .as("without progress, at %s", seen)
                    .isLessThan(STANDSTILL);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
