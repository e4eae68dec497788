package org.forgelog.query.projection.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.forgelog.query.projection.batch.EngineStopped;

/** Wakes an engine that waits for something to do. */
final class WakeSignal {

    private final Semaphore permits = new Semaphore(0);

    void wake() {
        permits.release();
    }

    /** Waits for something to do; answers whether there may be something. */
    boolean await(long millis) {
        try {
            boolean woken = permits.tryAcquire(millis, TimeUnit.MILLISECONDS);
            permits.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            throw new EngineStopped();
        }
    }
}
