package org.forgelog.eventlog;

/** How far each slot of a table is. Not for several threads at once. */
public final class SlotPositions {

    private final long[] positions = new long[HashSlots.COUNT];

    /** Says that these slots are at {@code position}, wherever they were. */
    public void set(HashSlots slots, long position) {
        for (int slot = 0; slot < HashSlots.COUNT; slot++) {
            positions[slot] = slots.has(slot) ? position : positions[slot];
        }
    }

    /** Says that these slots are at {@code position}, unless they are further. */
    public void raise(HashSlots slots, long position) {
        for (int slot = 0; slot < HashSlots.COUNT; slot++) {
            positions[slot] = slots.has(slot) ? Math.max(positions[slot], position) : positions[slot];
        }
    }

    /** Up to where all slots have everything. */
    public long least() {
        return least(HashSlots.ALL);
    }

    /** Up to where these slots, one at least, have everything. */
    public long least(HashSlots slots) {
        long least = Long.MAX_VALUE;
        for (int slot = 0; slot < HashSlots.COUNT; slot++) {
            least = slots.has(slot) ? Math.min(least, positions[slot]) : least;
        }
        return least;
    }
}
