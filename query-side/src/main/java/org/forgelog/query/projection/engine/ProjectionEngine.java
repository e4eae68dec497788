package org.forgelog.query.projection.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.projection.batch.Backoff;
import org.forgelog.query.projection.batch.BatchApplier;
import org.forgelog.query.projection.batch.BatchSize;
import org.forgelog.query.projection.batch.BatchWriter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.EngineMetrics;
import org.forgelog.query.projection.batch.EngineStopped;
import org.forgelog.query.projection.batch.ItemRepairs;
import org.forgelog.query.projection.batch.TableTracing;
import org.forgelog.query.projection.batch.Throttling;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.projection.repair.PersonErasure;
import org.forgelog.query.projection.repair.RepositoryRebuild;
import org.forgelog.query.projection.repair.Sweeper;
import org.forgelog.query.projection.segment.TableLease;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's thread that projects the event log into one table. It gets a lease for the table and works as long as that goes
 * well; whatever fails on the way is done again, and nothing is applied twice.
 */
public final class ProjectionEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProjectionEngine.class);
    /** Between two tries to get a lease. */
    private static final long RETRY_MILLIS = 500;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /**
     * How an engine works.
     *
     * @param writers how many writes are under way at once
     * @param singleNode whether no other engine can ever write into the table: it is not shared, and while it does not
     *     serve yet it is written without conditions
     * @param inProcess whether the table lies in this process: no write of this engine arrives late, so that a single
     *     node needs no conditions for what it knows either
     * @param node what the engine's node is called
     * @param metrics where what the engine does is counted
     */
    public record Settings(int writers, boolean singleNode, boolean inProcess, String node, MeterRegistry metrics) {

        /**
         * Whether nobody else can write, and nothing of before is on its way: then many items go into one request.
         *
         * @param building whether the table does not serve yet
         * @param fresh whether nothing that is written now can have been written before
         * @param events how many are written of; of a single one, conditions ask for less beforehand
         */
        boolean isUnconditional(boolean building, boolean fresh, int events) {
            return singleNode && (building || inProcess && fresh && events > 1);
        }
    }

    private final DataSource dataSource;
    private final Table table;
    private final ProjectionStatus status;
    private final ProjectionDirectives directives;
    private final WorkerPool workers;
    private final BatchApplier applier;
    private final EngineMetrics metrics;
    private final TableWorker.Parts parts;
    private final Settings settings;
    private final LogSignals.Subscription appended;
    private final WakeSignal wake = new WakeSignal();
    private final Thread thread;
    private volatile boolean closed;

    /** An engine for a table that no operator has any wishes about, and that no other node projects into. */
    public ProjectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            ProjectionStatus status,
            int writers) {
        this(
                dataSource,
                codec,
                signals,
                table,
                schema,
                status,
                new Settings(writers, true, false, "alone", new SimpleMeterRegistry()),
                ProjectionDirectives.NONE);
    }

    public ProjectionEngine(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            Table table,
            TableSchema schema,
            ProjectionStatus status,
            Settings settings,
            ProjectionDirectives directives) {
        this.dataSource = dataSource;
        this.table = table;
        this.status = status;
        this.settings = settings;
        this.directives = directives;
        this.workers =
                new WorkerPool(settings.writers(), Throttling.of(table.client()), TableTracing.of(table.client()));
        EventLogReader reader = new EventLogReader(dataSource);
        EngineItemCache items = new EngineItemCache(table, workers);
        Sweeper sweeper = new Sweeper(table, items, status.settleDelay().multipliedBy(2));
        BatchWriter writer = new BatchWriter(table, workers, directives.budget());
        ItemRepairs repairs = new ItemRepairs(table, workers, directives.budget());
        this.metrics = new EngineMetrics(settings.metrics(), table.name(), workers, TableTracing.of(table.client()));
        this.applier = new BatchApplier(
                reader,
                codec,
                items,
                writer,
                repairs,
                new DeadLetterItems(table, reader::now),
                sweeper::look,
                metrics,
                directives::skippedEvents);
        this.parts = new TableWorker.Parts(
                reader,
                applier,
                new BatchSize(),
                metrics,
                new TableProgress(table),
                schema,
                sweeper,
                new SequenceRepair(
                        reader,
                        applier,
                        new RepositoryRebuild(codec, table, items, repairs, workers),
                        new PersonErasure(codec, table, items)),
                status,
                directives,
                settings);
        this.thread = Thread.ofPlatform().daemon().name("projection").unstarted(this::run);
        this.appended = signals.onAppended(position -> wake.wake());
    }

    public void start() {
        thread.start();
    }

    /** Has the engine look at its directives now. */
    public void wake() {
        wake.wake();
    }

    /** Has {@code listener} told of every item as this node writes it. It must be quick and not throw. */
    public void onWritten(Consumer<Item> listener) {
        applier.onWritten(listener);
    }

    /**
     * Has the table emptied and built again, by whichever node can.
     *
     * @return whether there is a table, and this program may remove it
     */
    public boolean requestReplay() {
        boolean asked = parts.schema().mayCreate() && parts.progress().askForReplay();
        if (asked) {
            status.replayWasAsked();
            wake.wake();
        }
        return asked;
    }

    /** Whether a replay was asked for that has not begun. */
    public boolean isReplayDue() {
        return status.isReplayAsked();
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!closed) {
            try {
                if (!directives.isDesired() || !worked(backoff)) {
                    wake.await(RETRY_MILLIS);
                }
            } catch (EngineStopped e) {
                return;
            } catch (SQLException | RuntimeException | Error e) {
                // Also an error, out of memory for instance, must not end the projection while the service goes on.
                parts.batchSize().failed();
                if (!closed) {
                    metrics.failed();
                    log.warn("projecting failed, trying again: {}", e.toString());
                    log.debug("where it failed", e);
                    pause(backoff);
                }
            }
        }
    }

    /** Works for as long as that goes well; answers at once when there is nothing for this node to do. */
    private boolean worked(Backoff backoff) throws SQLException {
        TableLease lease = TableLease.tryAcquire(dataSource, table.name(), settings.node());
        if (lease == null) {
            return false;
        }
        try (lease;
                TableWorker worker = new TableWorker(parts, table.name(), settings.node(), lease, wake)) {
            // Again under the lease: whoever removes a table has it.
            return directives.isDesired() && worker.work(backoff, () -> closed);
        } finally {
            status.follow();
        }
    }

    private void pause(Backoff backoff) {
        try {
            backoff.pause();
        } catch (EngineStopped e) {
            closed = true;
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
