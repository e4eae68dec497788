package org.forgelog.query.projection.batch;

/**
 * How many things are under way at once. One more after as many as that went well, half as many as soon as one did not
 * (additive increase, multiplicative decrease; Chiu and Jain, 1989): as many as the table takes, and never none.
 */
final class AdaptiveParallelism {

    /** What goes wrong together counts once. */
    private static final long TOGETHER_NANOS = 100_000_000;

    private final int most;
    private double limit;
    private int underWay;
    private long cutNanos;
    private boolean cut;

    AdaptiveParallelism(int most) {
        this.most = most;
        this.limit = most;
    }

    /** How many may be under way now. */
    synchronized int limit() {
        return (int) limit;
    }

    /** Waits for its turn. */
    synchronized void begin() {
        try {
            while (underWay >= (int) limit) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineStopped();
        }
        underWay++;
    }

    /** @param throttled whether DynamoDB asked for less haste meanwhile */
    synchronized void end(boolean throttled) {
        underWay--;
        if (!throttled) {
            limit = Math.min(most, limit + 1 / limit);
        } else if (!cut || System.nanoTime() - cutNanos > TOGETHER_NANOS) {
            limit = Math.max(1, limit / 2);
            cut = true;
            cutNanos = System.nanoTime();
        }
        notifyAll();
    }
}
