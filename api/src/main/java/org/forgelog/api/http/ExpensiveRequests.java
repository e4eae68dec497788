package org.forgelog.api.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests with large answers are worked on at once: each takes a processor's time and tens of megabytes until its
 * answer is sent. Others wait a moment, and the caller who already has half of the places waits, too.
 */
public final class ExpensiveRequests {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> places = new HashMap<>();
    private final int most;
    private final int mostOfOne;
    private int taken;

    /** @param most at once; half as many of one caller */
    public ExpensiveRequests(int most) {
        this.most = most;
        this.mostOfOne = Math.max(1, most / 2);
    }

    /** As many as there are processors, and as the heap has room for, but two. */
    static int usual() {
        Runtime runtime = Runtime.getRuntime();
        long room = runtime.maxMemory() / (96L << 20);
        return (int) Math.max(2, Math.min(room, runtime.availableProcessors()));
    }

    /**
     * Takes a place for {@code caller}.
     *
     * @throws HttpFailure 503 where none becomes free within a second
     */
    void enter(String caller) {
        lock.lock();
        try {
            long left = WAIT.toNanos();
            while (taken >= most || places.getOrDefault(caller, 0) >= mostOfOne) {
                if (left <= 0) {
                    throw busy();
                }
                left = freed.awaitNanos(left);
            }
            taken++;
            places.merge(caller, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            lock.unlock();
        }
    }

    void leave(String caller) {
        lock.lock();
        try {
            taken--;
            places.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static HttpFailure busy() {
        return HttpFailure.unavailable("Too many requests for large answers at once", WAIT);
    }
}
