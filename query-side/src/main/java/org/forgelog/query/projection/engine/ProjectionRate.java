package org.forgelog.query.projection.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a table gained positions of late. To be used under a lock. */
final class ProjectionRate {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private record Sample(long nanos, long position) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    void at(long position) {
        long now = System.nanoTime();
        samples.addLast(new Sample(now, position));
        while (samples.size() > 2 && now - samples.getFirst().nanos > WINDOW.toNanos()) {
            samples.removeFirst();
        }
    }

    void reset() {
        samples.clear();
    }

    /** Positions a second. */
    double perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        double seconds = (System.nanoTime() - samples.getFirst().nanos) / 1e9;
        return seconds <= 0 ? 0 : (samples.getLast().position - samples.getFirst().position) / seconds;
    }
}
