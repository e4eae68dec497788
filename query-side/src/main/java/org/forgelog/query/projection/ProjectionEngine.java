package org.forgelog.query.projection;

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
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.BatchApplier.Prepared;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the log into the table, on one node at a time. The leading node reads the log in batches, folds each batch in
 * memory, writes each touched item once, tells everybody, and notes its progress in the table; whatever fails on the
 * way is done again, and nothing is applied twice.
 */
public final class ProjectionEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProjectionEngine.class);
    private static final long TAKE_OVER_MILLIS = 500;
    private static final long POLL_MILLIS = 500;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final EventLogReader reader;
    private final Table table;
    private final TableSchema schema;
    private final TableWatch watch;
    private final Workers workers;
    private final BatchApplier applier;
    private final EngineMetrics metrics;
    private final Progress progress;
    private final Sweeper sweeper;
    private final Orders orders;
    private final boolean bulk;
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
            TableWatch watch,
            int writers) {
        this(
                dataSource,
                codec,
                signals,
                table,
                schema,
                watch,
                new Settings(writers, true, "alone", new SimpleMeterRegistry()),
                Orders.NONE);
    }

    /**
     * How an engine works.
     *
     * @param writers how many writes are under way at once
     * @param bulk whether a table that does not serve yet is written without conditions: only where no other engine
     *     can ever write into it
     * @param node what the engine's node is called
     * @param metrics where what the engine does is counted
     */
    record Settings(int writers, boolean bulk, String node, MeterRegistry metrics) {}

    ProjectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            TableWatch watch,
            Settings settings,
            Orders orders) {
        this.dataSource = dataSource;
        this.reader = new EventLogReader(dataSource);
        this.table = table;
        this.schema = schema;
        this.watch = watch;
        this.orders = orders;
        this.bulk = settings.bulk();
        this.node = settings.node();
        this.workers = new Workers(settings.writers());
        Loader loader = new Loader(table, workers);
        this.metrics = new EngineMetrics(settings.metrics(), table.name());
        this.progress = new Progress(table);
        this.sweeper = new Sweeper(table, loader);
        Flusher flusher = new Flusher(table, workers, orders.budget());
        this.applier = new BatchApplier(
                codec,
                loader,
                flusher,
                new Stops(table),
                sweeper,
                new Rebuilder(codec, table, loader, flusher, workers),
                metrics,
                orders);
        this.thread = Thread.ofPlatform().daemon().name("projection").unstarted(this::run);
        this.appended = signals.onAppended(position -> wake.release());
    }

    public void start() {
        thread.start();
    }

    /** Has the engine look at its orders now. */
    void wake() {
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
            } catch (SQLException | RuntimeException e) {
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

    /** Leads for as long as that goes well; answers at once when this node may not. */
    private boolean led(Backoff backoff) throws SQLException {
        try (Lease lease = Lease.tryAcquire(dataSource, table.name(), node)) {
            // Again under the lease: whoever removes a table has it.
            if (lease == null || !orders.isWanted()) {
                return false;
            }
            lead(lease, backoff);
            return true;
        }
    }

    private void pause(Backoff backoff) {
        try {
            backoff.pause();
        } catch (EngineStopped e) {
            closed = true;
        }
    }

    private void lead(Lease lease, Backoff backoff) throws SQLException {
        log.info("this node projects into table {}", table.name());
        try {
            schema.ensure();
            applier.begin();
            Progress.State state = progress.read();
            if (state == null) {
                orders.begun();
                state = progress.begin();
            }
            replayWanted = state.replay();
            applier.retryStopped(reader, state.position());
            try (Ahead ahead = new Ahead(reader, applier)) {
                Leading leading = new Leading(lease, ahead, state, reader.head());
                leading.tell();
                while (!closed) {
                    leading.once();
                    backoff.reset();
                }
            }
        } finally {
            watch.follow();
        }
    }

    /** What the leading node knows while it leads. */
    private final class Leading {

        private final Lease lease;
        private final Ahead ahead;
        private Progress.State state;
        private long target;
        private long lookedNanos = System.nanoTime();

        Leading(Lease lease, Ahead ahead, Progress.State state, long target) {
            this.lease = lease;
            this.ahead = ahead;
            this.state = state;
            this.target = target;
        }

        void once() throws SQLException {
            lookForReplay();
            if (replayWanted) {
                replay();
            }
            for (Orders.Retry retry : orders.retries()) {
                orders.retried(
                        retry,
                        retry.rebuild()
                                ? applier.rebuild(reader, state.position(), retry.sequence())
                                : applier.retryStopped(reader, state.position(), retry.sequence()));
                tell();
            }
            if (orders.isHeld()) {
                rest();
                return;
            }
            int limit = batchSize.current(orders.budget().limit());
            Prepared prepared = ahead.after(state.position(), limit);
            List<StoredEvent> events = prepared.events();
            batchSize.read(events.size());
            if (!events.isEmpty()) {
                if (!state.built() && events.size() == limit) {
                    ahead.begin(
                            events.getLast().position(),
                            batchSize.current(orders.budget().limit()));
                }
                applier.apply(prepared, bulk && !state.built());
                metrics.projected(events);
                long position = events.getLast().position();
                lease.announce(position);
                // Readers need not wait for the note: without it the batch is done again, to no effect.
                watch.lead(new Progress.State(position, state.built(), false), applier.stops());
                state = progress.move(state, position, state.built() || position >= target);
                tell();
            } else if (!state.built()) {
                state = progress.move(state, state.position(), true);
                lease.announce(state.position());
                tell();
                log.info("table {} is built up to {}", table.name(), state.position());
            } else if (sweeper.isPending()) {
                sweeper.step();
                await(sweeper.isPending() ? 1 : 0);
            } else {
                rest();
            }
        }

        private void rest() throws SQLException {
            if (!await(POLL_MILLIS) && !lease.isHeld()) {
                throw new SQLException("the session that holds the lease is gone");
            }
        }

        /** Another node leaves its wish for a replay in the table. */
        private void lookForReplay() {
            if (System.nanoTime() - lookedNanos > POLL_MILLIS * 1_000_000) {
                Progress.State stored = progress.read();
                replayWanted |= stored != null && stored.replay();
                lookedNanos = System.nanoTime();
            }
        }

        void tell() {
            watch.lead(state, applier.stops());
        }

        /** Every node stops reading the table before it goes: that takes one look of theirs. */
        private void replay() throws SQLException {
            log.info("replay: table {} is emptied and built again", table.name());
            state = progress.move(state, state.position(), false);
            tell();
            replayWanted = false;
            lease.announce(0);
            try {
                Thread.sleep(TableWatch.INTERVAL.plusMillis(200));
            } catch (InterruptedException e) {
                throw new EngineStopped();
            }
            schema.delete();
            schema.ensure();
            applier.begin();
            orders.begun();
            state = progress.begin();
            target = reader.head();
            tell();
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
            thread.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
    }
}
