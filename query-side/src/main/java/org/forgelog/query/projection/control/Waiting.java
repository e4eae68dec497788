package org.forgelog.query.projection.control;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other nodes do, which they tell through the control tables. */
public final class Waiting {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Waiting() {}

    /** Waits for {@code condition}; answers whether it came true within {@code limit}. */
    public static boolean within(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
