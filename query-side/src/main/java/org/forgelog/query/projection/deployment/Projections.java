package org.forgelog.query.projection.deployment;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Poller;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.control.Heartbeat;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.engine.ProjectionDirectives;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.projection.repair.RepairRequest;
import org.forgelog.query.projection.repair.RepairRequests;
import org.forgelog.query.projection.segment.TableLease;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * All tables that the log is projected into, on this node: an engine and a status for each of them, and which one reads
 * are answered from. Reconciles with {@link TableControl}.
 */
public final class Projections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Projections.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** Between two looks whether a table is far enough to be read from instead of the other. */
    private static final Duration FLIP = Duration.ofMillis(10);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /**
     * How this node takes part.
     *
     * @param node what it is called; no two nodes are called the same
     * @param firstTable the table that serves where there is none yet; also the beginning of new tables' names
     * @param mayCreate whether tables may be made and removed
     * @param enabled whether this node projects
     * @param writers how many writes to a table are under way at once
     * @param singleNode whether no other node projects into these tables: new ones are then written without conditions
     * @param inProcess whether the tables lie in this process
     * @param settleDelay how long a table must have had something for it to be {@linkplain ProjectionStatus#settled settled}
     */
    public record Settings(
            String node,
            String firstTable,
            boolean mayCreate,
            boolean enabled,
            int writers,
            boolean singleNode,
            boolean inProcess,
            Duration settleDelay) {}

    private final DataSource dataSource;
    private final EventCodec codec;
    private final LogSignals signals;
    private final DynamoDbClient client;
    private final MeterRegistry metrics;
    private final Settings settings;
    private final ProjectionVersion version;
    private final TableControl control;
    private final Heartbeat heartbeat;
    private final RepairRequests deadLetters;
    private final Map<String, ProjectedTable> tables = new ConcurrentHashMap<>();
    private final Poller supervisor = new Poller("projections", this::supervise);
    private final LogSignals.Subscription changes;
    private volatile Consumer<Item> listener = item -> {};
    private final ServingTable serving = new ServingTable();

    public Projections(
            DataSource dataSource,
            EventCodec codec,
            LogSignals signals,
            DynamoDbClient client,
            TableControl control,
            ProjectionVersion version,
            MeterRegistry metrics,
            Settings settings) {
        this.dataSource = dataSource;
        this.codec = codec;
        this.signals = signals;
        this.client = client;
        this.control = control;
        this.heartbeat = new Heartbeat(new NodeRegistry(dataSource), settings.node());
        this.deadLetters = new RepairRequests(dataSource);
        this.version = version;
        this.metrics = metrics;
        this.settings = settings;
        this.changes = signals.onTablesChanged(supervisor::wake);
    }

    /** Begins with the table that serves, or with the first one there ever was; from then on follows what is wanted. */
    public void start() {
        control.begin(settings.firstTable(), version.number());
        reconcile();
        supervisor.start();
    }

    /** Has {@code told} know of every item of the table that serves, as this node writes it. It must be quick and not throw. */
    public void onWritten(Consumer<Item> told) {
        listener = told;
    }

    /** The table that this node answers reads from; a request reads all of its answer from one of them. */
    public ProjectedTable serving() {
        return serving.get();
    }

    /** The same for a new request, which waits while another table is about to serve. */
    public ProjectedTable servingNext() {
        return serving.next();
    }

    /** A table as this node sees it; {@code null} when it has not seen it yet. */
    public @Nullable ProjectedTable find(String name) {
        return tables.get(name);
    }

    /** The dead letters of each table, as this node knows them. */
    public Map<String, List<DeadLetter>> deadLetters() {
        Map<String, List<DeadLetter>> letters = new LinkedHashMap<>();
        for (TableSpec spec : control.tables()) {
            ProjectedTable table = tables.get(spec.name());
            if (table != null && spec.state() != State.DROPPING) {
                letters.put(spec.name(), table.status().deadLetters());
            }
        }
        return letters;
    }

    public Settings settings() {
        return settings;
    }

    ProjectionVersion version() {
        return version;
    }

    TableSchema schemaOf(String name) {
        return new TableSchema(client, name, settings.mayCreate());
    }

    private Duration supervise() {
        try {
            return reconcile() ? INTERVAL : FLIP;
        } catch (RuntimeException e) {
            log.warn("projection supervisor failed; retrying in {} ms: {}", INTERVAL.toMillis(), e.toString());
            log.debug("where it failed", e);
            return INTERVAL;
        }
    }

    /** Brings this node nearer to what the specs say; answers whether this node reads from the table that serves. */
    private boolean reconcile() {
        List<TableSpec> all = control.tables();
        List<RepairRequest> retries = deadLetters.due();
        Map<String, TableSpec> present = new HashMap<>();
        for (TableSpec each : all) {
            if (each.state() != State.DROPPING) {
                present.put(each.name(), each);
                tables.computeIfAbsent(each.name(), name -> open(each)).accept(each, retries);
            }
        }
        boolean settled = all.stream()
                .filter(each -> each.state() == State.SERVING)
                .allMatch(each -> readFrom(tables.get(each.name())));
        heartbeat.beat(serving().name());
        for (ProjectedTable table : new ArrayList<>(tables.values())) {
            if (!present.containsKey(table.name()) && !serving.is(table)) {
                tables.remove(table.name());
                table.close();
            }
        }
        all.stream().filter(each -> each.state() == State.DROPPING).forEach(each -> drop(each.name()));
        return settled;
    }

    private ProjectedTable open(TableSpec spec) {
        Table table = new Table(client, spec.name());
        ProjectionStatus status =
                new ProjectionStatus(table, new EventLogReader(dataSource), signals, settings.settleDelay());
        ProjectedTable opened = new ProjectedTable(
                spec,
                table,
                schemaOf(spec.name()),
                status,
                this::engine,
                control,
                deadLetters,
                version,
                serving::isBuilt);
        status.start();
        if (settings.enabled()) {
            opened.engine().start();
        }
        return opened;
    }

    private ProjectionEngine engine(
            Table table, TableSchema schema, ProjectionStatus status, ProjectionDirectives directives) {
        ProjectionEngine engine = new ProjectionEngine(
                dataSource,
                codec,
                signals,
                table,
                schema,
                status,
                new ProjectionEngine.Settings(
                        settings.writers(), settings.singleNode(), settings.inProcess(), settings.node(), metrics),
                directives);
        engine.onWritten(item -> {
            // What an older table learns of late is no news to readers.
            if (serving.is(tables.get(table.name()))) {
                listener.accept(item);
            }
        });
        return engine;
    }

    /** Answers whether this node reads from the table now. */
    private boolean readFrom(@Nullable ProjectedTable next) {
        if (next == null || serving.is(next)) {
            return next != null;
        }
        if (!serving.become(next)) {
            return false;
        }
        log.info("reads are answered from table {}", next.name());
        return true;
    }

    /** Removes a table that nobody reads from or writes into; what cannot be done now is done later, or by another node. */
    private void drop(String name) {
        if (!settings.enabled() || tables.containsKey(name)) {
            return;
        }
        try (TableLease lease = TableLease.tryAcquire(dataSource, name, settings.node())) {
            // Who gets a lease from now on sees that the table is to go.
            if (lease != null && lease.isExclusive()) {
                schemaOf(name).delete();
                control.remove(name);
            }
        } catch (SQLException e) {
            log.warn("table {} cannot be removed, trying again: {}", name, e.getMessage());
        }
    }

    @Override
    public void close() {
        changes.end();
        supervisor.close();
        supervisor.join(STOP_LIMIT);
        tables.values().forEach(ProjectedTable::close);
        heartbeat.farewell();
    }
}
