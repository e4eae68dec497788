package org.forgelog.query.projection.batch;

import java.util.concurrent.ThreadLocalRandom;

/** Ever longer pauses, with jitter, between attempts. */
public final class Backoff {

    private static final long LONGEST_MILLIS = 5_000;

    private long next = 20;

    public void pause() {
        try {
            Thread.sleep(next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineStopped();
        }
        next = Math.min(LONGEST_MILLIS, next * 2);
    }

    public void reset() {
        next = 20;
    }
}
