package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Has an answer take as long as others of its kind. Whether something is hidden or is not there at all is one look at the
 * database, or at the table, more or less; so "not found" is said at full steps of a time in which either can be found out.
 */
public final class EvenTime {

    static final Duration STEP = Duration.ofMillis(20);

    private static final String START = EvenTime.class.getName();

    private EvenTime() {}

    /** Notes when a request came. */
    static void begin(HttpServletRequest request) {
        request.setAttribute(START, System.nanoTime());
    }

    /** Waits for the next step, counted from when the request came. Holds nothing: requests run on virtual threads. */
    public static void await(HttpServletRequest request) {
        if (request.getAttribute(START) instanceof Long start) {
            long end = System.nanoTime();
            end += untilStep(end - start);
            for (long left = end - System.nanoTime();
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    static long untilStep(long nanos) {
        return STEP.toNanos() - nanos % STEP.toNanos();
    }
}
