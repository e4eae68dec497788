package org.forgelog.query.projection;

/** Grows while there is much to do: fewer, larger batches fold more events into one write. */
final class BatchSize {

    private static final int SMALLEST = 100;
    private static final int LARGEST = 1_000;

    private int size = SMALLEST;

    int current() {
        return size;
    }

    /** Says how many events there were. */
    void read(int events) {
        size = events >= size ? Math.min(LARGEST, size * 2) : Math.max(SMALLEST, size / 2);
    }
}
