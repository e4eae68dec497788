package org.forgelog.query.projection.engine;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.segment.TableLease;
import org.forgelog.query.projection.segment.TableProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a worker is, who knows of it, and when the others are told: readers of this node at once, other nodes by a signal,
 * the table itself by a note that is put off a little. What is not noted is done again after a crash, to no effect.
 */
final class WorkerProgress {

    private static final Logger log = LoggerFactory.getLogger(WorkerProgress.class);
    /** Between two signals to other nodes about events that were none of this worker's. */
    private static final long SIGNAL_NANOS = 10_000_000;
    /** How far behind the table's note may be. */
    private static final long NOTE_NANOS = 100_000_000;
    /** The same where only events were passed by that are none of this worker's. */
    private static final long NOTE_PASSED_NANOS = 1_000_000_000;

    private final TableProgress table;
    private final TableLease lease;
    private final ProjectionStatus status;
    private final Supplier<Map<String, DeadLetter>> blocked;
    /** As the table has it. */
    private TableProgress.State noted;

    private HashSlots slots = HashSlots.NONE;
    private long position;
    /** How far any of the slots is known to be: behind it there is nothing to tell. */
    private long told;

    private boolean signalDue;
    private long signalledNanos;
    /** Since when the table has not known where this worker is; 0 when it does. */
    private long unnotedNanos;
    /** Whether any of what the table does not know is this worker's. */
    private boolean ownUnnoted;

    WorkerProgress(
            TableProgress table,
            TableLease lease,
            ProjectionStatus status,
            Supplier<Map<String, DeadLetter>> blocked,
            TableProgress.State noted) {
        this.table = table;
        this.lease = lease;
        this.status = status;
        this.blocked = blocked;
        this.noted = noted;
    }

    long position() {
        return position;
    }

    HashSlots slots() {
        return slots;
    }

    boolean isBuilt() {
        return noted.built();
    }

    /**
     * Works on these slots from now on, from where the one is that is furthest behind: what the others have done already
     * changes nothing when it is done again.
     */
    void begin(HashSlots own, TableProgress.State found) {
        slots = own;
        noted = found;
        position = own.size() == 0 ? 0 : found.least(own);
        told = found.most(own);
        unnotedNanos = 0;
        ownUnnoted = false;
        signalDue = false;
        tell();
    }

    /** Tells readers of this node. */
    void tell() {
        status.projecting(slots, position, noted, blocked.get());
    }

    /**
     * Goes on to {@code reached}.
     *
     * @param own whether there was anything of this worker's, so that the table is not what it was
     * @param built whether the table is built now
     */
    void advance(long reached, boolean own, boolean built) throws SQLException {
        position = reached;
        if (!noted.built()) {
            signal();
            note(built);
            return;
        }
        if (position < told) {
            return;
        }
        if (unnotedNanos == 0) {
            unnotedNanos = System.nanoTime();
        }
        ownUnnoted |= own;
        // Readers need not wait for the note.
        if (own || System.nanoTime() - signalledNanos > SIGNAL_NANOS) {
            signal();
        } else {
            signalDue = true;
        }
        if (untilNote() <= 0) {
            note(true);
        }
    }

    /** How long the note may still be put off, in nanoseconds. */
    private long untilNote() {
        return unnotedNanos + (ownUnnoted ? NOTE_NANOS : NOTE_PASSED_NANOS) - System.nanoTime();
    }

    void signal() throws SQLException {
        tell();
        lease.announce(slots, position);
        signalDue = false;
        signalledNanos = System.nanoTime();
    }

    void signalIfDue() throws SQLException {
        if (signalDue) {
            signal();
        }
    }

    /** Notes in the table how far the slots are. */
    void note(boolean built) {
        if (position >= told && slots.size() > 0) {
            noted = table.move(noted, slots, position, built);
            told = position;
        }
        unnotedNanos = 0;
        ownUnnoted = false;
        tell();
    }

    /** Does what is due while there is nothing else to do; answers when to look again, at most {@code millis} later. */
    long rest(long millis) throws SQLException {
        signalIfDue();
        if (unnotedNanos == 0) {
            return millis;
        }
        long left = untilNote();
        if (left <= 0) {
            note(noted.built());
            return millis;
        }
        return Math.min(millis, left / 1_000_000 + 1);
    }

    /** Whoever goes on from here should not begin before what readers were told of already. */
    void noteAtLast() {
        if (unnotedNanos == 0) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (lease.isHeld()) {
                note(noted.built());
            }
        } catch (RuntimeException e) {
            log.debug("the table does not learn how far it is", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
