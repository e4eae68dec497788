package org.forgelog.query.projection.deployment;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.deployment.TableVerifier.Progress;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons of tables with the log that operators ask for: one at a time on a node, and it remembers the last one. */
public final class Verifications implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Verifications.class);

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

    private final TableVerifier verifier;
    private final TableControl control;
    private volatile @Nullable Verification last;
    private volatile @Nullable Thread thread;

    public Verifications(TableVerifier verifier, TableControl control) {
        this.verifier = verifier;
        this.control = control;
    }

    /** The one that runs, or ran last, on this node; {@code null} when none did. */
    public @Nullable Verification last() {
        return last;
    }

    /**
     * Begins to compare a table.
     *
     * @param name {@code null} for the one that serves
     * @param rate read units a second; {@code null} for no limit
     * @throws OperationRefused when there is no such table, or this node compares one already
     */
    public synchronized Verification start(@Nullable String name, @Nullable Long rate) {
        if (rate != null && rate <= 0) {
            throw new OperationRefused("a rate is a number of read units a second, from 1 on");
        }
        Verification running = last;
        if (running != null && running.isRunning()) {
            throw new OperationRefused("table " + running.table() + " is being compared by this node");
        }
        String table = find(control.tables(), name);
        Verification begun = new Verification(UUID.randomUUID().toString(), table, new Progress(0, 1), null, null);
        last = begun;
        thread = Thread.ofPlatform().daemon().name("verification").start(() -> run(begun, rate));
        return begun;
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

    private void run(Verification begun, @Nullable Long rate) {
        String table = begun.table();
        try {
            Report report =
                    compared(table, rate, progress -> last = new Verification(begun.id(), table, progress, null, null));
            last = new Verification(begun.id(), table, done(), report, null);
        } catch (RuntimeException e) {
            log.warn("table {} could not be compared with the log", table, e);
            last = new Verification(begun.id(), table, done(), null, String.valueOf(e.getMessage()));
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

    private Progress done() {
        Verification now = last;
        return now == null ? new Progress(0, 1) : now.progress();
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
