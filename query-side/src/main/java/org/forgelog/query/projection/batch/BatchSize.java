package org.forgelog.query.projection.batch;

/**
 * Grows while there is much to do: fewer, larger batches fold more events into one write. Shrinks while the table takes
 * long for one: between two batches the engine looks at what else is wanted of it.
 */
public final class BatchSize {

    private static final int SMALLEST = 100;
    static final int LARGEST = 1_000;
    private static final long LONG_NANOS = 2_000_000_000;
    /** About what an event costs. */
    private static final int UNITS_PER_EVENT = 8;

    private int size = SMALLEST;
    /** What the table takes in no longer than a batch should take. */
    private int taken = LARGEST;

    /**
     * How many events to read.
     *
     * @param rate write units that may be spent a second, 0 for any: a batch takes about a second then, so that whoever
     *     wants something else of the engine need not wait long for its end
     */
    public int current(long rate) {
        int most = Math.min(size, taken);
        return rate == 0 ? most : (int) Math.clamp(rate / UNITS_PER_EVENT, 1, most);
    }

    /** Says how many events there were. */
    public void read(int events) {
        size = events >= Math.min(size, taken) ? Math.min(LARGEST, size * 2) : Math.max(SMALLEST, size / 2);
    }

    /** Says that a batch failed: less of it may go well, and what did need not be done again. */
    public void failed() {
        taken = Math.max(1, Math.min(taken, size) / 2);
    }

    /** Says how long the table took for a batch of that size. */
    public void took(int events, long nanos) {
        if (nanos > LONG_NANOS) {
            taken = Math.max(1, Math.min(taken, events) / 2);
        } else if (events >= taken && nanos < LONG_NANOS / 2) {
            taken = Math.min(LARGEST, taken * 2);
        }
    }
}
