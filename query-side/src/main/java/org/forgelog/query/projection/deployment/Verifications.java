package org.forgelog.query.projection.deployment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.deployment.TableVerifier.Progress;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Comparisons of tables with the log that operators ask for, one at a time for each table. How far they are and what they
 * found stands in PostgreSQL, so that any node tells.
 */
public final class Verifications implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Verifications.class);
    private static final Duration BETWEEN_MARKS = Duration.ofMillis(500);
    /** After so long without a mark the node that compares is gone, by PostgreSQL's clock. */
    private static final String GONE = "seen_at < now() - interval '15 seconds'";

    private static final String RUNNING = "report is null and error is null";
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A comparison.
     *
     * @param report {@code null} while it runs, and when it failed
     * @param error why it failed; {@code null} when it did not
     */
    public record Verification(
            String id, String table, Progress progress, @Nullable Report report, @Nullable String error) {

        public boolean isRunning() {
            return report == null && error == null;
        }
    }

    /** How far a comparison of this node is. */
    private static final class Mark {

        private volatile Progress progress = new Progress(0, 1);
    }

    private final TableVerifier verifier;
    private final TableControl control;
    private final ControlDatabase sql;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService marking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("verification-marks").factory());

    public Verifications(TableVerifier verifier, TableControl control, DataSource dataSource) {
        this.verifier = verifier;
        this.control = control;
        this.sql = new ControlDatabase(dataSource);
    }

    /**
     * The comparison of a table that runs, or ran last, on any node; {@code null} when none did.
     *
     * @param table {@code null} for the latest of any table
     */
    public @Nullable Verification last(@Nullable String table) {
        List<Verification> found = sql.query(
                "select id, table_name, done, total, report, case when " + RUNNING + " and " + GONE
                        + " then 'the node that compared the table is gone' else error end from table_verification"
                        + " where ?::text is null or table_name = ?::text order by started_at desc limit 1",
                Verifications::read,
                table,
                table);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Verification read(ResultSet row) throws SQLException {
        String report = row.getString(5);
        return new Verification(
                row.getString(1),
                row.getString(2),
                new Progress(row.getLong(3), row.getLong(4)),
                report == null ? null : JSON.readValue(report, Report.class),
                row.getString(6));
    }

    /** Begins to compare a table, see {@link #start(String, Long, Consumer)}. */
    Verification start(@Nullable String name, @Nullable Long rate) {
        return start(name, rate, ended -> {});
    }

    /**
     * Begins to compare a table.
     *
     * @param name {@code null} for the one that serves
     * @param rate read units a second; {@code null} for no limit
     * @param whenEnded told what came of it, on this node
     * @throws OperationRefused when there is no such table, or it is being compared already
     */
    public Verification start(@Nullable String name, @Nullable Long rate, Consumer<Verification> whenEnded) {
        if (rate != null && rate <= 0) {
            throw new OperationRefused("a rate is a number of read units a second, from 1 on");
        }
        String table = find(control.tables(), name);
        UUID id = UUID.randomUUID();
        boolean claimed = !sql.query(
                        "insert into table_verification as v (table_name, id) values (?, ?)"
                                + " on conflict (table_name) do update set id = excluded.id, done = 0, total = 1,"
                                + " report = null, error = null, started_at = now(), seen_at = now()"
                                + " where not (v.report is null and v.error is null) or v." + GONE + " returning 1",
                        row -> 1,
                        table,
                        id)
                .isEmpty();
        if (!claimed) {
            throw new OperationRefused("table " + table + " is being compared already");
        }
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("verification")
                .unstarted(() -> whenEnded.accept(run(id, table, rate)));
        running.add(thread);
        thread.start();
        return new Verification(id.toString(), table, new Progress(0, 1), null, null);
    }

    private static String find(List<TableSpec> tables, @Nullable String name) {
        return tables.stream()
                .filter(table -> name == null
                        ? table.state() == State.SERVING
                        : table.name().equals(name))
                .filter(table -> table.state() != State.DROPPING)
                .findFirst()
                .orElseThrow(() -> new OperationRefused(name == null ? "no table serves" : "there is no table " + name))
                .name();
    }

    private Verification run(UUID id, String table, @Nullable Long rate) {
        Mark mark = new Mark();
        ScheduledFuture<?> marks = marking.scheduleWithFixedDelay(
                () -> note(id, mark.progress, null, null),
                BETWEEN_MARKS.toMillis(),
                BETWEEN_MARKS.toMillis(),
                TimeUnit.MILLISECONDS);
        Report report = null;
        String error = null;
        try {
            report = compared(table, rate, progress -> mark.progress = progress);
        } catch (RuntimeException e) {
            log.warn("table {} could not be compared with the log", table, e);
            error = String.valueOf(e.getMessage());
        } finally {
            marks.cancel(false);
            running.remove(Thread.currentThread());
        }
        note(id, mark.progress, report == null ? null : JSON.writeValueAsString(report), error);
        return new Verification(id.toString(), table, mark.progress, report, error);
    }

    /** Notes how far a comparison is, unless it has ended already. */
    private void note(UUID id, Progress progress, @Nullable String report, @Nullable String error) {
        try {
            sql.quietly(
                    "update table_verification set done = ?, total = ?, report = ?::jsonb, error = ?::text,"
                            + " seen_at = now() where id = ? and " + RUNNING,
                    progress.done(),
                    progress.total(),
                    report,
                    error,
                    id);
        } catch (EventLogException e) {
            log.warn("how far a comparison is could not be noted: {}", e.getMessage());
        }
    }

    /** Compares a table now, notes that it is right or says that it is not. */
    Report compared(String table, @Nullable Long rate, Consumer<Progress> progress) {
        Report report = verifier.verify(table, rate, progress);
        if (report.ok()) {
            control.verified(table, report.position());
        } else {
            log.error("table {} differs from the log in {} items: {}", table, report.differences(), report.examples());
        }
        return report;
    }

    @Override
    public void close() {
        running.forEach(Thread::interrupt);
        marking.shutdownNow();
    }
}
