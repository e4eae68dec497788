package org.forgelog.query.projection.batch;

import java.util.concurrent.locks.LockSupport;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.WriteUnits;
import org.jspecify.annotations.Nullable;

/**
 * Write units that may be spent a second: whoever writes pays before, and waits while the budget is overdrawn. What was
 * not spent is saved for one second. By our own reckoning from item sizes; what DynamoDB takes for a deleted or unchanged
 * item may be less.
 */
public final class WriteBudget {

    private static final long LONGEST_NAP_NANOS = 100_000_000;

    private long rate;
    private double left;
    private long filledNanos = System.nanoTime();

    /** @param unitsPerSecond 0 for no limit */
    public synchronized void limit(long unitsPerSecond) {
        if (rate != unitsPerSecond) {
            rate = unitsPerSecond;
            left = 0;
            filledNanos = System.nanoTime();
        }
    }

    /** Write units a second; 0 for no limit. */
    public synchronized long limit() {
        return rate;
    }

    /** Pays for one write. */
    void pay(@Nullable Item before, Item after, boolean inTransaction) {
        if (limit() > 0) {
            pay(WriteUnits.of(before, after, inTransaction));
        }
    }

    /** Pays for one write, and waits until there was enough for all that was paid before. */
    void pay(long units) {
        long wait = charge(units);
        while (wait > 0) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP_NANOS));
            if (Thread.currentThread().isInterrupted()) {
                throw new EngineStopped();
            }
            wait = charge(0);
        }
    }

    /** Answers for how long the budget is overdrawn, in nanoseconds. */
    private synchronized long charge(long units) {
        if (rate == 0) {
            return 0;
        }
        long now = System.nanoTime();
        left = Math.min(rate, left + (now - filledNanos) / 1e9 * rate) - units;
        filledNanos = now;
        return left >= 0 ? 0 : (long) (-left / rate * 1e9);
    }
}
