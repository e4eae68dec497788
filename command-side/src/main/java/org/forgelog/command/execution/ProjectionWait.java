package org.forgelog.command.execution;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.SlotPositions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets a command wait until the table holds its events, so that most clients never notice that reads follow writes with
 * a delay. It gives up soon, and while the projection is known to be behind it does not wait at all.
 */
public final class ProjectionWait {

    /** This many events behind, and waiting is of no use. */
    private static final long FAR_BEHIND = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Duration limit;
    private final SlotPositions slots = new SlotPositions();
    private long projected;
    /** The greatest position that was waited for in vain. */
    private long missed;

    /** @param limit longest wait; zero for none */
    public ProjectionWait(JdbcClient jdbc, LogSignals signals, Duration limit) {
        this.limit = limit;
        signals.onProjected(this::advance);
        jdbc.sql(
                        """
                        select slots, coalesce(position, 0) as position from projection_member
                        where table_name in (select name from projection_table where state = 'serving')
                        """)
                .query(row -> {
                    advance(new HashSlots(row.getInt("slots")), row.getLong("position"));
                });
    }

    /** Waits until the table holds everything up to {@code position}, or not any longer. */
    public void await(long position) {
        lock.lock();
        try {
            long left = missed > projected || position - projected > FAR_BEHIND ? 0 : limit.toNanos();
            while (projected < position && left > 0) {
                left = progress.awaitNanos(left);
                if (left <= 0) {
                    missed = Math.max(missed, position);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void advance(HashSlots some, long position) {
        lock.lock();
        try {
            // May go back: a table that is built anew starts at the beginning.
            slots.set(some, position);
            projected = slots.least();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
