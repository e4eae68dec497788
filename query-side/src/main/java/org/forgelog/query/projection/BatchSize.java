package org.forgelog.query.projection;

/** Grows while there is much to do: fewer, larger batches fold more events into one write. */
final class BatchSize {

    private static final int SMALLEST = 100;
    private static final int LARGEST = 1_000;
    /** About what an event costs. */
    private static final int UNITS_PER_EVENT = 8;

    private int size = SMALLEST;

    /**
     * How many events to read.
     *
     * @param rate write units that may be spent a second, 0 for any: a batch takes about a second then, so that whoever
     *     wants something else of the engine need not wait long for its end
     */
    int current(long rate) {
        return rate == 0 ? size : (int) Math.clamp(rate / UNITS_PER_EVENT, 1, size);
    }

    /** Says how many events there were. */
    void read(int events) {
        size = events >= size ? Math.min(LARGEST, size * 2) : Math.max(SMALLEST, size / 2);
    }
}
