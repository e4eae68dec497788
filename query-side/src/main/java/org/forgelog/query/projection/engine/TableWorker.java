package org.forgelog.query.projection.engine;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.batch.Backoff;
import org.forgelog.query.projection.batch.BatchApplier;
import org.forgelog.query.projection.batch.BatchApplier.Prepared;
import org.forgelog.query.projection.batch.BatchSize;
import org.forgelog.query.projection.batch.EngineMetrics;
import org.forgelog.query.projection.batch.EngineStopped;
import org.forgelog.query.projection.repair.RepairRequest;
import org.forgelog.query.projection.repair.Sweeper;
import org.forgelog.query.projection.segment.SlotAssignment;
import org.forgelog.query.projection.segment.TableLease;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.TableSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch loop of one node for one table, while it has a lease: reads the log, applies what falls into its slots, and says
 * how far it is. A table is built by one worker that has all slots; once it is built, workers of several nodes share it.
 */
final class TableWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableWorker.class);
    private static final long POLL_MILLIS = 500;
    /** Between two looks whether other workers left something to sweep. */
    private static final long SWEEP_NANOS = 5_000_000_000L;

    /** What the workers of an engine work with, one after the other. */
    record Parts(
            EventLogReader reader,
            BatchApplier applier,
            BatchSize batchSize,
            EngineMetrics metrics,
            TableProgress progress,
            TableSchema schema,
            Sweeper sweeper,
            SequenceRepair repair,
            ProjectionStatus status,
            ProjectionDirectives directives,
            ProjectionEngine.Settings settings) {}

    private final Parts parts;
    private final EventLogReader reader;
    private final BatchApplier applier;
    private final ProjectionDirectives directives;
    private final String table;
    private final String node;
    private final TableLease lease;
    private final WakeSignal wake;
    private final WorkerProgress progress;
    private final Prefetcher prefetcher;
    /** Where the log ended when the build began; the table is built when it gets there. */
    private long target;

    private boolean replayWanted;
    private long lookedNanos;
    private long sweptNanos;

    TableWorker(Parts parts, String table, String node, TableLease lease, WakeSignal wake) {
        this.parts = parts;
        this.reader = parts.reader();
        this.applier = parts.applier();
        this.directives = parts.directives();
        this.table = table;
        this.node = node;
        this.lease = lease;
        this.wake = wake;
        this.progress =
                new WorkerProgress(parts.progress(), lease, parts.status(), applier::deadLetters, TableProgress.EMPTY);
        this.prefetcher = new Prefetcher(reader, applier);
    }

    /** Works until it is closed; answers at once when there is nothing for this node to do. */
    boolean work(Backoff backoff, BooleanSupplier closed) throws SQLException {
        if (!begin()) {
            return false;
        }
        log.info("this node projects into table {}", table);
        lookedNanos = System.nanoTime();
        try {
            boolean goesOn = true;
            while (!closed.getAsBoolean() && goesOn) {
                goesOn = once();
                backoff.reset();
            }
        } finally {
            progress.noteAtLast();
        }
        return true;
    }

    /** Takes all slots of a table that nobody else has a lease for; none of one that is shared, until it is assigned some. */
    private boolean begin() throws SQLException {
        if (lease.isExclusive()) {
            parts.schema().ensure();
        }
        TableProgress.State found = parts.progress().read();
        target = reader.head();
        if (!lease.isExclusive()) {
            // Whoever builds or replays does that alone.
            if (found == null || !found.built() || found.replay()) {
                return false;
            }
            workOn(HashSlots.NONE, found);
            return true;
        }
        if (found == null) {
            directives.begun();
            found = parts.progress().begin();
        } else {
            parts.progress().adopt();
        }
        replayWanted = found.replay();
        if (found.most(HashSlots.ALL) > target) {
            log.warn(
                    "table {} has events up to {}, but the log ends at {}: it belongs to another log, or to a later"
                            + " state of this one, and is built anew",
                    table,
                    found.most(HashSlots.ALL),
                    target);
            replayWanted = true;
        }
        lease.take(HashSlots.ALL);
        workOn(lease.slots(), found);
        return true;
    }

    private void workOn(HashSlots slots, TableProgress.State found) throws SQLException {
        applier.begin(slots);
        progress.begin(slots, found);
        if (slots.size() > 0) {
            applier.retryBlocked(reader, progress.position());
            progress.signal();
        }
    }

    /** Does what is next; answers whether this worker goes on. */
    private boolean once() throws SQLException {
        if (System.nanoTime() - lookedNanos > POLL_MILLIS * 1_000_000) {
            if (!lookAround()) {
                return false;
            }
            lookedNanos = System.nanoTime();
        }
        if (replayWanted) {
            replay();
        }
        repair();
        if (directives.isHeld() || progress.slots().size() == 0 || !(projected() || swept())) {
            rest();
        }
        return true;
    }

    /** Projects what there is; answers whether there was anything. */
    private boolean projected() throws SQLException {
        BatchSize batchSize = parts.batchSize();
        int limit = batchSize.current(directives.budget().limit());
        Prepared prepared = prefetcher.after(progress.position(), limit);
        batchSize.read(prepared.read());
        if (prepared.read() > 0) {
            boolean building = !progress.isBuilt();
            if (building && prepared.read() == limit) {
                prefetcher.begin(
                        prepared.through(),
                        batchSize.current(directives.budget().limit()));
            }
            long start = System.nanoTime();
            // After a start, only events that are new since then are none of an earlier worker's.
            boolean fresh = progress.position() >= target;
            boolean unconditional = parts.settings().isUnconditional(building, fresh, prepared.read());
            parts.metrics().observe(prepared.events(), () -> applier.apply(prepared, unconditional));
            batchSize.took(prepared.read(), System.nanoTime() - start);
            parts.metrics().projected(prepared.events());
            progress.advance(prepared.through(), !prepared.events().isEmpty(), prepared.through() >= target);
        } else if (!progress.isBuilt()) {
            progress.note(true);
            progress.signal();
            log.info("table {} is built up to {}", table, progress.position());
        } else {
            return false;
        }
        return true;
    }

    /** Sweeps a little, on the one node that sweeps; answers whether there was anything. */
    private boolean swept() throws SQLException {
        if (!progress.slots().has(0) || !parts.sweeper().isPending()) {
            return false;
        }
        progress.signalIfDue();
        parts.sweeper().step(parts.status().position());
        wake.await(parts.sweeper().isPending() ? 1 : 0);
        return true;
    }

    private void repair() {
        for (RepairRequest request : directives.repairs()) {
            String outcome = progress.slots().holds(request.sequence())
                    ? parts.repair()
                            .attempt(
                                    request, progress.position(), parts.status().position())
                    : null;
            if (outcome != null) {
                // First what came of it: whoever waits for the outcome looks at once.
                progress.tell();
                directives.repaired(request, outcome);
            }
        }
    }

    private void rest() throws SQLException {
        if (!wake.await(progress.rest(POLL_MILLIS)) && !lease.isHeld()) {
            throw new SQLException("the session that holds the lease is gone");
        }
    }

    /** Looks for directives and for other nodes; answers whether this worker goes on. */
    private boolean lookAround() throws SQLException {
        TableProgress.State stored = parts.progress().read();
        if (stored == null) {
            return false;
        }
        replayWanted |= stored.replay();
        if (replayWanted && !lease.isExclusive()) {
            return false;
        }
        if (!progress.isBuilt() || directives.isHeld()) {
            return true;
        }
        if (!progress.slots().isAll() && System.nanoTime() - sweptNanos > SWEEP_NANOS) {
            parts.sweeper().look();
            sweptNanos = System.nanoTime();
        }
        // One that is shared goes on to be, also when another table serves.
        if (!lease.isExclusive() || !parts.settings().singleNode() && directives.isShared()) {
            share();
        }
        return true;
    }

    /** Gives up slots that are another node's now, and takes those that are this node's. */
    private void share() throws SQLException {
        if (lease.isExclusive()) {
            lease.share();
        }
        HashSlots assigned = SlotAssignment.of(table, node, lease.nodes());
        HashSlots given = lease.slots().minus(assigned);
        if (given.size() > 0) {
            progress.note(true);
            HashSlots kept = lease.slots().minus(given);
            workOn(kept, parts.progress().readNow());
            lease.release(given);
            log.info("table {}: {} slots are given to other nodes, {} are kept", table, given.size(), kept.size());
        }
        if (assigned.minus(lease.slots()).size() > 0 && lease.take(assigned).size() > 0) {
            progress.note(true);
            workOn(lease.slots(), parts.progress().readNow());
            log.info(
                    "table {}: {} slots are this node's now",
                    table,
                    lease.slots().size());
        }
    }

    /** Every node stops reading the table before it goes: that takes one look of theirs. */
    private void replay() throws SQLException {
        log.info("replay: table {} is emptied and built again", table);
        progress.note(false);
        replayWanted = false;
        lease.announce(HashSlots.ALL, 0);
        try {
            Thread.sleep(ProjectionStatus.INTERVAL.plusMillis(200));
        } catch (InterruptedException e) {
            throw new EngineStopped();
        }
        parts.schema().delete();
        parts.schema().ensure();
        directives.begun();
        target = reader.head();
        workOn(HashSlots.ALL, parts.progress().begin());
    }

    @Override
    public void close() {
        prefetcher.close();
    }
}
