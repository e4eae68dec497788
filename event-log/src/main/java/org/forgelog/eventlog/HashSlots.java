package org.forgelog.eventlog;

import java.util.stream.IntStream;

/**
 * Some of the {@value #COUNT} hash slots that sequences fall into by their keys, as keys do in a Redis cluster. All events of a sequence are in one slot, so
 * whoever works on a slot by itself sees them in their order.
 *
 * @param bits one for each slot
 */
public record HashSlots(int bits) {

    public static final int COUNT = 16;

    public static final HashSlots NONE = new HashSlots(0);
    public static final HashSlots ALL = new HashSlots((1 << COUNT) - 1);

    /** Spreads neighbouring keys, of which only the last digits differ, over all slots. */
    private static final int SPREAD = 0x9E3779B9;

    public HashSlots {
        if (bits >>> COUNT != 0) {
            throw new IllegalArgumentException("not slots: " + bits);
        }
    }

    /** The slot of a sequence. What it is must never change: positions in tables depend on it. */
    public static int of(String sequenceKey) {
        return sequenceKey.hashCode() * SPREAD >>> Integer.SIZE - Integer.numberOfTrailingZeros(COUNT);
    }

    public boolean has(int slot) {
        return (bits >>> slot & 1) == 1;
    }

    /** Whether the events of a sequence are among these. */
    public boolean holds(String sequenceKey) {
        return has(of(sequenceKey));
    }

    public boolean isAll() {
        return bits == ALL.bits;
    }

    public int size() {
        return Integer.bitCount(bits);
    }

    public HashSlots plus(HashSlots other) {
        return new HashSlots(bits | other.bits);
    }

    public HashSlots minus(HashSlots other) {
        return new HashSlots(bits & ~other.bits);
    }

    /** One slot alone. */
    public static HashSlots one(int slot) {
        return new HashSlots(1 << slot);
    }

    /** The slots by number, the lowest first. */
    public IntStream stream() {
        return IntStream.range(0, COUNT).filter(this::has);
    }
}
