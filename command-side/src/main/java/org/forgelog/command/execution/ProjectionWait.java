package org.forgelog.command.execution;

import java.time.Duration;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.SlotPositions;
import org.forgelog.eventlog.Waiters;
import org.forgelog.eventlog.Waiters.Waiter;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets a command wait until the table holds its events, so that most clients never notice that reads follow writes with
 * a delay. It gives up soon, and while the projection is known to be behind it does not wait at all.
 */
public final class ProjectionWait {

    /** This many events behind, and waiting is of no use. */
    private static final long FAR_BEHIND = 500;

    private final Duration limit;
    private final CommandMetrics metrics;
    private final SlotPositions slots = new SlotPositions();
    private final Waiters waiters = new Waiters();
    private long projected;
    /** The greatest position that was waited for in vain. */
    private long missed;

    /** @param limit longest wait; zero for none */
    public ProjectionWait(JdbcClient jdbc, LogSignals signals, Duration limit, CommandMetrics metrics) {
        this.limit = limit;
        this.metrics = metrics;
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
        metrics.committed(position);
        Waiter waiter;
        synchronized (this) {
            metrics.visible(projected);
            if (projected >= position || missed > projected || position - projected > FAR_BEHIND || limit.isZero()) {
                return;
            }
            waiter = waiters.add(position);
        }
        boolean interrupted = false;
        boolean reached = false;
        try {
            reached = waiter.await(limit);
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        }
        if (!reached) {
            gaveUp(waiter, interrupted ? 0 : position);
        }
    }

    /** @param vain what was waited for as long as one waits */
    private synchronized void gaveUp(Waiter waiter, long vain) {
        waiters.remove(waiter);
        missed = Math.max(missed, vain);
    }

    private synchronized void advance(HashSlots some, long position) {
        // May go back: a table that is built anew starts at the beginning.
        slots.set(some, position);
        projected = slots.least();
        metrics.visible(projected);
        waiters.reached(projected);
    }
}
