package org.forgelog.query.projection.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Up to which moment, by the log's clock, everything has been in the table for a while. To be used under a lock. */
final class SettledClock {

    /** Beyond it the projection has got stuck, and nothing is said of what it did before. */
    private static final Duration RECENT = Duration.ofHours(1);

    /** How far the log was at a moment, by its own clock: this node's may differ from that of whoever appends. */
    private record Head(Instant at, long position) {}

    /** That the table had everything which was appended before a moment; {@code nanos} is when that was seen. */
    private record CaughtUp(long nanos, Instant through) {}

    private final Duration delay;
    private final Deque<CaughtUp> caughtUps = new ArrayDeque<>();
    private @Nullable Head awaited;

    /** @param delay how long the table must have had something */
    SettledClock(Duration delay) {
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }

    /** Says how far the log was at a moment. */
    void logged(Instant at, long head) {
        if (awaited == null) {
            awaited = new Head(at, head);
        }
    }

    /** Says how far the table is. */
    void projected(long position) {
        if (awaited == null || position < awaited.position) {
            return;
        }
        long now = System.nanoTime();
        caughtUps.addLast(new CaughtUp(now, awaited.at));
        awaited = null;
        Iterator<CaughtUp> later = caughtUps.iterator();
        later.next();
        while (later.hasNext() && now - later.next().nanos >= delay.toNanos()) {
            caughtUps.removeFirst();
            later = caughtUps.iterator();
            later.next();
        }
    }

    /** Says that the table is not what it was. */
    void reset() {
        caughtUps.clear();
        awaited = null;
    }

    /** The moment; {@code null} when that cannot be said of any recent one. */
    @Nullable
    Instant settled() {
        long now = System.nanoTime();
        Instant through = null;
        for (CaughtUp caught : caughtUps) {
            long since = now - caught.nanos;
            if (since >= delay.toNanos()) {
                through = since <= RECENT.toNanos() ? caught.through : null;
            }
        }
        return through;
    }
}
