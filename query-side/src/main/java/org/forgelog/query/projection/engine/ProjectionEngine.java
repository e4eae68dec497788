package org.forgelog.query.projection.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Slots;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.Backoff;
import org.forgelog.query.projection.batch.BatchApplier;
import org.forgelog.query.projection.batch.BatchApplier.Prepared;
import org.forgelog.query.projection.batch.BatchSize;
import org.forgelog.query.projection.batch.BatchWriter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.EngineMetrics;
import org.forgelog.query.projection.batch.EngineStopped;
import org.forgelog.query.projection.batch.Throttling;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.projection.repair.RepairRequest;
import org.forgelog.query.projection.repair.RepositoryRebuild;
import org.forgelog.query.projection.repair.Sweeper;
import org.forgelog.query.projection.segment.SegmentAssignment;
import org.forgelog.query.projection.segment.SegmentLease;
import org.forgelog.query.projection.segment.SegmentProgress;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the log into the table. A table that is being built is one node's; once it follows the log, nodes share it out in
 * segments, each with some of the sequences (ADR 20). Whoever leads a segment reads the log in batches, folds what is its
 * own in memory, writes each touched item once, tells everybody, and notes its progress in the table; whatever fails on
 * the way is done again, and nothing is applied twice.
 */
public final class ProjectionEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProjectionEngine.class);
    private static final long TAKE_OVER_MILLIS = 500;
    private static final long POLL_MILLIS = 500;
    /** Between two words to the others about events that were none of this segment's. */
    private static final long SAY_NANOS = 10_000_000;
    /** How far behind the table's note of its progress may be: what is not noted is done again after a crash. */
    private static final long NOTE_NANOS = 100_000_000;
    /** The same where only events were passed by that are none of this segment's. */
    private static final long NOTE_PASSED_NANOS = 1_000_000_000;
    /** Between two looks whether other segments left something to sweep, or to forget. */
    private static final long SWEEP_NANOS = 5_000_000_000L;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final EventLogReader reader;
    private final Table table;
    private final TableSchema schema;
    private final ProjectionStatus watch;
    private final WorkerPool workers;
    private final BatchApplier applier;
    private final RepositoryRebuild rebuild;
    private final EngineMetrics metrics;
    private final SegmentProgress progress;
    private final SegmentAssignment shares;
    private final Sweeper sweeper;
    private final ProjectionDirectives orders;
    private final boolean sole;
    private final String node;
    private final LogSignals.Subscription appended;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final BatchSize batchSize = new BatchSize();
    private volatile boolean closed;
    private volatile boolean replayWanted;

    /** An engine for a table that no operator has any wishes about, and that no other node projects into. */
    public ProjectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            ProjectionStatus watch,
            int writers) {
        this(
                dataSource,
                codec,
                signals,
                table,
                schema,
                watch,
                new Settings(writers, true, "alone", new SimpleMeterRegistry()),
                ProjectionDirectives.NONE);
    }

    /**
     * How an engine works.
     *
     * @param writers how many writes are under way at once
     * @param sole whether no other engine can ever write into the table: it is not shared, and while it does not serve yet
     *     it is written without conditions
     * @param node what the engine's node is called
     * @param metrics where what the engine does is counted
     */
    public record Settings(int writers, boolean sole, String node, MeterRegistry metrics) {}

    public ProjectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            ProjectionStatus watch,
            Settings settings,
            ProjectionDirectives orders) {
        this.dataSource = dataSource;
        this.reader = new EventLogReader(dataSource);
        this.table = table;
        this.schema = schema;
        this.watch = watch;
        this.orders = orders;
        this.sole = settings.sole();
        this.node = settings.node();
        this.workers = new WorkerPool(settings.writers(), Throttling.of(table.client()));
        EngineItemCache loader = new EngineItemCache(table, workers);
        this.metrics = new EngineMetrics(settings.metrics(), table.name(), workers);
        this.progress = new SegmentProgress(table);
        this.shares = new SegmentAssignment(dataSource, table.name());
        this.sweeper = new Sweeper(table, loader, watch.quiet().multipliedBy(2));
        BatchWriter flusher = new BatchWriter(table, workers, orders.budget());
        this.applier = new BatchApplier(
                codec,
                loader,
                flusher,
                new DeadLetterItems(table, reader::now),
                sweeper::look,
                metrics,
                orders::discards);
        this.rebuild = new RepositoryRebuild(codec, table, loader, flusher, workers);
        this.thread = Thread.ofPlatform().daemon().name("projection").unstarted(this::run);
        this.appended = signals.onAppended(position -> wake.release());
    }

    public void start() {
        thread.start();
    }

    /** Has the engine look at its orders now. */
    public void wake() {
        wake.release();
    }

    /** Has {@code listener} told of every item as this node writes it. It must be quick and not throw. */
    public void onWritten(Consumer<Item> listener) {
        applier.onWritten(listener);
    }

    /**
     * Has the table emptied and built again, by whichever node leads.
     *
     * @return whether there is a table, and this program may remove it
     */
    public boolean requestReplay() {
        boolean asked = schema.mayCreate() && progress.askForReplay();
        if (asked && watch.isLeading()) {
            replayWanted = true;
            wake.release();
        } else if (asked) {
            watch.replayWasAsked();
        }
        return asked;
    }

    /** Whether a replay was asked for that has not begun. */
    public boolean isReplayDue() {
        return replayWanted || watch.isReplayAsked();
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!closed) {
            try {
                if (!orders.isWanted() || !led(backoff)) {
                    await(TAKE_OVER_MILLIS);
                }
            } catch (EngineStopped e) {
                return;
            } catch (SQLException | RuntimeException | Error e) {
                // Also an error, out of memory for instance, must not end the projection while the service goes on.
                watch.follow();
                if (!closed) {
                    metrics.failed();
                    log.warn("projecting failed, trying again: {}", e.toString());
                    log.debug("where it failed", e);
                    pause(backoff);
                }
            }
        }
    }

    /** Leads a segment for as long as that goes well; answers at once when there is none for this node. */
    private boolean led(Backoff backoff) throws SQLException {
        if (led(0, backoff)) {
            return true;
        }
        if (watch.isBuilt() && !watch.isReplayAsked()) {
            for (int segment : shares.free(node, others(0))) {
                if (led(segment, backoff)) {
                    return true;
                }
            }
            if (isShared()) {
                shares.wish(node, 0);
            }
        }
        return false;
    }

    private boolean led(int segment, Backoff backoff) throws SQLException {
        SegmentLease lease = SegmentLease.tryAcquire(dataSource, table.name(), segment, node);
        if (lease == null) {
            return false;
        }
        try (Leading leading = new Leading(lease)) {
            // Again under the lease: whoever removes a table has it.
            return orders.isWanted() && leading.lead(backoff);
        } finally {
            watch.follow();
        }
    }

    private boolean isShared() {
        return !sole && orders.isShared();
    }

    /** The segments that this node knows of, but for one. */
    private List<Integer> others(int segment) {
        return watch.segments().stream()
                .map(ProjectionStatus.Segment::number)
                .filter(number -> number != segment)
                .toList();
    }

    private void pause(Backoff backoff) {
        try {
            backoff.pause();
        } catch (EngineStopped e) {
            closed = true;
        }
    }

    /** A segment that this node leads, and what it knows while it does. */
    private final class Leading implements AutoCloseable {

        private final Prefetcher ahead = new Prefetcher(reader, applier);
        private SegmentLease lease;
        /** As the table has it. */
        private SegmentProgress.State state = new SegmentProgress.State(0, Slots.NONE, 0, false, false);
        /** How far this node is; the table may not know yet, nor the others. */
        private long position;

        private long target;
        private boolean unsaid;
        private long saidNanos;
        /** Since when the table has not known where this node is. */
        private long unnotedNanos;
        /** Whether any of what the table does not know is this segment's. */
        private boolean ownUnnoted;

        private long lookedNanos;
        private long sweptNanos;

        Leading(SegmentLease lease) {
            this.lease = lease;
        }

        /** Leads until the engine is closed; answers at once when the segment is no longer there. */
        boolean lead(Backoff backoff) throws SQLException {
            boolean first = lease.segment() == 0;
            if (first) {
                schema.ensure();
            }
            SegmentProgress.State found = progress.read(lease.segment());
            if (found == null) {
                if (!first) {
                    lease.forget();
                    return false;
                }
                orders.begun();
                found = progress.begin();
            }
            log.info("this node projects into table {}, segment {}", table.name(), found.segment());
            state = found;
            position = state.position();
            target = reader.head();
            replayWanted = first && state.replay();
            if (first && position > target) {
                log.warn(
                        "table {} has events up to {}, but the log ends at {}: it belongs to another log, or to a later"
                                + " state of this one, and is built anew",
                        table.name(),
                        position,
                        target);
                replayWanted = true;
            }
            lookedNanos = System.nanoTime();
            begin();
            retryStopped();
            try {
                boolean goesOn = true;
                while (!closed && goesOn) {
                    goesOn = once();
                    backoff.reset();
                }
            } finally {
                noteAtLast();
            }
            return true;
        }

        /** Whoever goes on from here should not begin before what readers were told of already. */
        private void noteAtLast() {
            if (unnotedNanos == 0) {
                return;
            }
            boolean interrupted = Thread.interrupted();
            try {
                if (lease.isHeld()) {
                    note(state.built());
                }
            } catch (RuntimeException e) {
                log.debug("the table does not learn how far it is", e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Starts anew with the slots that the segment has now. */
        private void begin() {
            applier.begin(state.slots());
            tell();
        }

        private void retryStopped() {
            applier.retryStopped(reader, position);
            tell();
        }

        /** Does what is next; answers whether this node goes on to lead. */
        private boolean once() throws SQLException {
            if (System.nanoTime() - lookedNanos > POLL_MILLIS * 1_000_000) {
                if (!lookAround()) {
                    return false;
                }
                lookedNanos = System.nanoTime();
            }
            if (replayWanted && state.slots().isAll()) {
                replay();
            }
            for (RepairRequest retry : orders.repairs()) {
                if (state.slots().holds(retry.sequence())) {
                    orders.repaired(
                            retry,
                            retry.rebuild()
                                    ? rebuild.attempt(
                                            reader,
                                            retry.sequence(),
                                            position,
                                            applier.skipped(),
                                            applier.stops().get(retry.sequence()))
                                    : applier.retryStopped(reader, position, retry.sequence()));
                    tell();
                }
            }
            if (orders.isHeld()) {
                rest();
                return true;
            }
            int limit = batchSize.current(orders.budget().limit());
            Prepared prepared = ahead.after(position, limit);
            batchSize.read(prepared.read());
            if (prepared.read() > 0) {
                if (!state.built() && prepared.read() == limit) {
                    ahead.begin(
                            prepared.through(),
                            batchSize.current(orders.budget().limit()));
                }
                long start = System.nanoTime();
                applier.apply(prepared, sole && !state.built());
                batchSize.took(prepared.read(), System.nanoTime() - start);
                metrics.projected(prepared.events());
                position = prepared.through();
                advanced(!prepared.events().isEmpty());
            } else if (!state.built()) {
                note(true);
                lease.announce(state.slots(), position);
                log.info("table {} is built up to {}", table.name(), position);
            } else if (state.isFirst() && sweeper.isPending()) {
                sayWhatIsUnsaid();
                sweeper.step(watch.position());
                await(sweeper.isPending() ? 1 : 0);
            } else {
                rest();
            }
            return true;
        }

        /** @param own whether there was anything of this segment's, so that the table is not what it was */
        private void advanced(boolean own) throws SQLException {
            boolean built = state.built() || position >= target;
            if (!built || !state.built()) {
                say();
                note(built);
                return;
            }
            if (unnotedNanos == 0) {
                unnotedNanos = System.nanoTime();
            }
            ownUnnoted |= own;
            // Readers need not wait for the note.
            if (own || System.nanoTime() - saidNanos > SAY_NANOS) {
                say();
            } else {
                unsaid = true;
            }
            if (untilNote() <= 0) {
                note(true);
            }
        }

        /** How long the note may still be put off, in nanoseconds. */
        private long untilNote() {
            return unnotedNanos + (ownUnnoted ? NOTE_NANOS : NOTE_PASSED_NANOS) - System.nanoTime();
        }

        /** Tells the others how far the segment is, and the readers of this node. */
        private void say() throws SQLException {
            tell();
            lease.announce(state.slots(), position);
            unsaid = false;
            saidNanos = System.nanoTime();
        }

        private void sayWhatIsUnsaid() throws SQLException {
            if (unsaid) {
                say();
            }
        }

        /** Notes in the table how far the segment is. */
        private void note(boolean built) {
            state = progress.move(state, position, built);
            noted();
            tell();
        }

        private void noted() {
            unnotedNanos = 0;
            ownUnnoted = false;
        }

        private void tell() {
            watch.lead(state.at(position), applier.stops());
        }

        private void rest() throws SQLException {
            sayWhatIsUnsaid();
            long millis = POLL_MILLIS;
            if (unnotedNanos != 0) {
                long left = untilNote();
                if (left <= 0) {
                    note(state.built());
                } else {
                    millis = Math.min(millis, left / 1_000_000 + 1);
                }
            }
            if (!await(millis) && !lease.isHeld()) {
                throw new SQLException("the session that holds the lease is gone");
            }
        }

        /**
         * Looks what others want, and what they left behind; answers whether this node goes on to lead. Nodes leave their
         * wish for a replay in the table. For that, all of it has to be one segment.
         */
        private boolean lookAround() throws SQLException {
            if (state.isFirst()) {
                SegmentProgress.State stored = progress.read();
                replayWanted |= stored != null && stored.replay();
            } else if (watch.isReplayAsked()) {
                return false;
            }
            if (!state.built() || orders.isHeld()) {
                return true;
            }
            if (state.isFirst() && System.nanoTime() - sweptNanos > SWEEP_NANOS) {
                shares.keep(watch.segments().stream()
                        .map(ProjectionStatus.Segment::number)
                        .toList());
                if (!state.slots().isAll()) {
                    sweeper.look();
                }
                sweptNanos = System.nanoTime();
            }
            if (!state.slots().isAll()) {
                List<Integer> free = shares.free(node, others(state.segment()));
                if (!free.isEmpty()) {
                    takeOver(free.getFirst());
                }
            }
            if (isShared() && !replayWanted) {
                share();
            }
            return true;
        }

        /** Gives to those who have less, or wishes for more. */
        private void share() throws SQLException {
            int mine = state.slots().size();
            int most = 0;
            boolean mostIsMine = true;
            for (ProjectionStatus.Segment segment : watch.segments()) {
                if (segment.number() != state.segment()) {
                    int size = segment.slots().size();
                    most = Math.max(most, size);
                    // Of several with as much, one gives.
                    mostIsMine &= size < mine || size == mine && state.segment() < segment.number();
                }
            }
            if (most - mine > 1 && 4 * mine <= 3 * most) {
                shares.wish(node, mine);
            }
            if (!mostIsMine) {
                return;
            }
            for (SegmentAssignment.Wish wish : shares.wishes()) {
                int given = (mine - wish.slots()) / 2;
                if (given > 0 && !wish.node().equals(node)) {
                    split(given, wish.node());
                    return;
                }
            }
        }

        private void split(int given, String heir) throws SQLException {
            List<SegmentProgress.State> all = progress.readAll();
            for (int number = 1; number < SegmentProgress.MOST; number++) {
                int free = number;
                if (all.stream().noneMatch(segment -> segment.segment() == free)) {
                    SegmentProgress.Split split =
                            progress.split(state, position, state.slots().highest(given), number);
                    state = split.kept();
                    noted();
                    shares.offer(split.given(), heir);
                    lease.announce(state.slots(), position);
                    begin();
                    log.info(
                            "table {}: {} of the {} slots of segment {} go to node {}",
                            table.name(),
                            given,
                            given + state.slots().size(),
                            state.segment(),
                            heir);
                    return;
                }
            }
        }

        /** Makes one segment of a segment that nobody leads and this one. */
        private void takeOver(int segment) throws SQLException {
            SegmentLease other = SegmentLease.tryAcquire(dataSource, table.name(), segment, node);
            if (other == null) {
                return;
            }
            try {
                SegmentProgress.State found = progress.read(segment);
                if (found == null) {
                    other.forget();
                    return;
                }
                SegmentProgress.State mine = state.at(position);
                long meeting = Math.max(position, found.position());
                catchUp(other, found, meeting);
                catchUp(lease, mine, meeting);
                state = progress.merge(state, found, meeting);
                position = meeting;
                noted();
                if (state.segment() == other.segment()) {
                    SegmentLease before = lease;
                    lease = other;
                    other = before;
                }
                other.forget();
                lease.announce(state.slots(), position);
            } finally {
                other.close();
            }
            log.info("table {}: segment {} is this node's now, too", table.name(), segment);
            begin();
            retryStopped();
        }

        /** Brings a segment from where it is to {@code meeting}. */
        private void catchUp(SegmentLease held, SegmentProgress.State segment, long meeting) throws SQLException {
            applier.begin(segment.slots());
            long reached = segment.position();
            while (reached < meeting) {
                if (closed) {
                    throw new EngineStopped();
                }
                List<StoredEvent> events =
                        reader.after(reached, batchSize.current(orders.budget().limit()));
                batchSize.read(events.size());
                Prepared prepared = applier.prepare(events.stream()
                        .filter(event -> event.position() <= meeting)
                        .toList());
                applier.apply(prepared, false);
                metrics.projected(prepared.events());
                reached = prepared.read() == 0 ? meeting : prepared.through();
                held.announce(segment.slots(), reached);
            }
        }

        /** Every node stops reading the table before it goes: that takes one look of theirs. */
        private void replay() throws SQLException {
            log.info("replay: table {} is emptied and built again", table.name());
            note(false);
            replayWanted = false;
            lease.announce(Slots.ALL, 0);
            try {
                Thread.sleep(ProjectionStatus.INTERVAL.plusMillis(200));
            } catch (InterruptedException e) {
                throw new EngineStopped();
            }
            schema.delete();
            schema.ensure();
            applier.begin(Slots.ALL);
            orders.begun();
            state = progress.begin();
            position = 0;
            target = reader.head();
            tell();
        }

        @Override
        public void close() {
            ahead.close();
            lease.close();
        }
    }

    /** Waits for something to do; answers whether there may be something. */
    private boolean await(long millis) {
        try {
            boolean woken = wake.tryAcquire(millis, TimeUnit.MILLISECONDS);
            wake.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            throw new EngineStopped();
        }
    }

    @Override
    public void close() {
        closed = true;
        appended.end();
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
    }
}
