package org.forgelog.eventlog;

/** How far each slot of a table is. Not for several threads at once. */
public final class SlotPositions {

    private final long[] positions = new long[Slots.COUNT];

    /** Says that these slots are at {@code position}, wherever they were. */
    public void set(Slots slots, long position) {
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            positions[slot] = slots.has(slot) ? position : positions[slot];
        }
    }

    /** Says that these slots are at {@code position}, unless they are further. */
    public void raise(Slots slots, long position) {
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            positions[slot] = slots.has(slot) ? Math.max(positions[slot], position) : positions[slot];
        }
    }

    /** Up to where all slots have everything. */
    public long least() {
        return least(Slots.ALL);
    }

    /** Up to where these slots, one at least, have everything. */
    public long least(Slots slots) {
        long least = Long.MAX_VALUE;
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            least = slots.has(slot) ? Math.min(least, positions[slot]) : least;
        }
        return least;
    }
}
