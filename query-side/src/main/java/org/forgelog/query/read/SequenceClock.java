package org.forgelog.query.read;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.forgelog.query.table.KeySequences;
import org.jspecify.annotations.Nullable;

/**
 * When each sequence changed last, as far as this node knows: the position of its last event, and the moment at which the
 * node heard of it. Sequences share cells, so what is known of one may be too late, never too early.
 */
public class SequenceClock {

    private static final int CELLS = 1 << 16;

    private final AtomicLongArray positions = new AtomicLongArray(CELLS);
    private final AtomicLongArray heard = new AtomicLongArray(CELLS);
    private final AtomicLong changes = new AtomicLong();
    private volatile long generation;
    private volatile BitSet stopped = new BitSet();
    private Set<String> stoppedSequences = Set.of();

    private static int cell(String sequence) {
        int hash = sequence.hashCode() * 0x9E3779B9;
        return hash >>> (Integer.SIZE - 16);
    }

    private static int[] cells(Set<String> sequences) {
        return sequences.stream().mapToInt(SequenceClock::cell).toArray();
    }

    /** Begins anew: of what was before, nothing is known but that it is not after {@code position}. */
    void reset(long position) {
        long now = System.nanoTime();
        for (int cell = 0; cell < CELLS; cell++) {
            positions.set(cell, position);
            heard.set(cell, now);
        }
        forgetAll();
    }

    /** Makes everything useless that was remembered until now: something changed without an event. */
    public synchronized void forgetAll() {
        generation++;
    }

    /** Notes an event. */
    protected void changed(String sequence, long position) {
        int cell = cell(sequence);
        heard.set(cell, System.nanoTime());
        positions.accumulateAndGet(cell, position, Math::max);
        changes.incrementAndGet();
    }

    /** Notes which sequences stopped: what they say changes without an event when they stop and when they go on. */
    synchronized void stopped(Set<String> sequences) {
        if (!sequences.equals(stoppedSequences)) {
            stoppedSequences = Set.copyOf(sequences);
            BitSet cells = new BitSet();
            Arrays.stream(cells(sequences)).forEach(cells::set);
            if (!sequences.isEmpty()) {
                cells.set(cell(KeySequences.STRUCTURE));
            }
            stopped = cells;
            generation++;
        }
    }

    /** How many events were noted. */
    double changes() {
        return changes.get();
    }

    long generation() {
        return generation;
    }

    /**
     * What something that was read is good for.
     *
     * @param cells of the sequences that it is made from; {@code null} when it is good for nothing but guesses
     * @param position up to which it surely has all events of them
     * @param generation see {@link #forgetAll}
     */
    record Stamp(int @Nullable [] cells, long position, long generation) {

        static final Stamp NONE = new Stamp(null, 0, 0);
    }

    /** A stamp for what is made from these sequences; good for nothing where they are not known. */
    static Stamp stamp(Set<String> sequences, long position, long generation) {
        return sequences.isEmpty() ? Stamp.NONE : new Stamp(cells(sequences), position, generation);
    }

    /** Whether nothing happened that something with this stamp does not know of. */
    boolean isGood(Stamp stamp) {
        if (stamp.cells == null || stamp.generation != generation) {
            return false;
        }
        BitSet stop = stopped;
        for (int cell : stamp.cells) {
            if (stop.get(cell) || positions.get(cell) > stamp.position) {
                return false;
            }
        }
        return true;
    }

    /** Whether no sequence of these had an event for some time before {@code nanos}. */
    boolean isQuiet(Set<String> sequences, Duration time, long nanos) {
        for (int cell : cells(sequences)) {
            if (nanos - heard.get(cell) < time.toNanos()) {
                return false;
            }
        }
        return true;
    }
}
