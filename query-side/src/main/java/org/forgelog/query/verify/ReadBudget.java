package org.forgelog.query.verify;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Read units that may be spent a second. Who reads pays afterwards, and waits while the budget is overdrawn; what
 * was not spent is saved for one second.
 */
final class ReadBudget {

    private static final long LONGEST_NAP_NANOS = 100_000_000;

    private final @Nullable Long rate;
    private double spent;
    private double left;
    private long filledNanos = System.nanoTime();

    /** @param rate units a second; {@code null} for no limit */
    ReadBudget(@Nullable Long rate) {
        if (rate != null && rate < 1) {
            throw new IllegalArgumentException("a rate is a number of read units a second, from 1 on");
        }
        this.rate = rate;
    }

    synchronized double spent() {
        return spent;
    }

    /** Pays for what was read, and waits until there was enough for all that was paid before. */
    void pay(double units) {
        for (long wait = charge(units); wait > 0; wait = charge(0)) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP_NANOS));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("the comparison was interrupted");
            }
        }
    }

    /** Answers for how long the budget is overdrawn, in nanoseconds. */
    private synchronized long charge(double units) {
        spent += units;
        if (rate == null) {
            return 0;
        }
        long now = System.nanoTime();
        left = Math.min(rate, left + (now - filledNanos) / 1e9 * rate) - units;
        filledNanos = now;
        return left >= 0 ? 0 : (long) (-left / rate * 1e9);
    }
}
