package org.forgelog.query.projection.deployment;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.forgelog.eventlog.Position;
import org.jspecify.annotations.Nullable;

/** The table that this node answers reads from, and how another one takes its place. */
final class ServingTable {

    /** How long requests wait for another table to be as far as the one before; twice as long after each time in vain. */
    private static final Duration HOLD = Duration.ofMillis(250);
    /** How long they do at most. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(2);
    /** How long they do not after they did in vain. */
    private static final Duration HOLD_AGAIN = Duration.ofSeconds(1);

    private volatile @Nullable ProjectedTable serving;
    /** What new requests wait for. */
    private volatile @Nullable CountDownLatch handover;

    /** For which table, how often they did so in vain, and when they last did. */
    private @Nullable ProjectedTable heldFor;

    private int heldInVain;

    private long heldNanos;

    /** The table that this node answers reads from; a request reads all of its answer from one of them. */
    ProjectedTable get() {
        ProjectedTable now = serving;
        if (now == null) {
            throw new IllegalStateException("no table serves yet");
        }
        return now;
    }

    /** The same for a new request, which waits while another table is about to serve. */
    ProjectedTable next() {
        CountDownLatch over = handover;
        if (over != null) {
            try {
                over.await(LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return get();
    }

    /** Whether it is this one. */
    boolean is(@Nullable ProjectedTable table) {
        return table != null && table == serving;
    }

    /** Whether it was built completely once; not when there is none. */
    boolean isBuilt() {
        ProjectedTable now = serving;
        return now != null && now.status().isBuilt();
    }

    /**
     * Reads from another table once that is as far as the one before: nobody sees less than this node has shown already.
     * Requests under way go on with the table that they began with.
     */
    boolean become(ProjectedTable next) {
        ProjectedTable now = serving;
        if (now == null) {
            serving = next;
            return true;
        }
        return next.status().isBuilt() && handOver(now, next);
    }

    /**
     * While events come all the time the next table is hardly ever as far as the present one at the moment of looking. So
     * new requests wait until it is, where it follows so closely that they need not wait long.
     */
    private boolean handOver(ProjectedTable now, ProjectedTable next) {
        if (heldFor != next) {
            heldFor = next;
            heldInVain = 0;
        }
        long behind = shown(now) - next.status().position();
        boolean close = behind <= next.status().rate() * LONGEST_HOLD.toSeconds();
        boolean justNow = heldInVain > 0 && System.nanoTime() - heldNanos < HOLD_AGAIN.toNanos();
        if (behind > 0 && (justNow || !close)) {
            return false;
        }
        Duration hold = Collections.min(List.of(LONGEST_HOLD, HOLD.multipliedBy(1L << Math.min(heldInVain, 10))));
        CountDownLatch over = new CountDownLatch(1);
        handover = over;
        try {
            if (!next.status().await(new Position(shown(now), Set.of()), hold)) {
                heldNanos = System.nanoTime();
                heldInVain++;
                return false;
            }
            heldInVain = 0;
            serving = next;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            handover = null;
            over.countDown();
        }
    }

    private static long shown(ProjectedTable table) {
        return table.status().isBuilt() ? table.status().position() : 0;
    }
}
