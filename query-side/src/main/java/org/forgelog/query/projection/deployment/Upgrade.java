package org.forgelog.query.projection.deployment;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.forgelog.eventlog.Poller;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the table which serves is what this program's projectors make: where it was built by an older version, a new
 * one is built beside it, compared with the log, and switched to. The table before is kept.
 */
public final class Upgrade implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upgrade.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Who has new tables built. */
    public enum Mode {
        AUTOMATIC,
        OPERATOR
    }

    private final Projections projections;
    private final TableControl control;
    private final Replays replays;
    private final Mode mode;
    private final Verifications verifications;
    private final Poller poller = new Poller("projection-upgrade", this::attempt);
    private final Set<String> said = new HashSet<>();

    public Upgrade(
            Projections projections, TableControl control, Replays replays, Mode mode, Verifications verifications) {
        this.projections = projections;
        this.control = control;
        this.replays = replays;
        this.mode = mode;
        this.verifications = verifications;
    }

    public void start() {
        if (projections.settings().enabled()) {
            poller.start();
        }
    }

    private Duration attempt() {
        try {
            look();
        } catch (RuntimeException e) {
            say("the projection cannot be upgraded, trying again: " + e.getMessage());
        }
        return INTERVAL;
    }

    /** Does what can be done now. */
    void look() {
        int current = projections.version().number();
        // Before the versions are read: a table that this program builds anew is noted as of its version first.
        if (!projections.serving().status().isBuilt()) {
            return;
        }
        List<TableSpec> tables = control.tables();
        boolean outdated = tables.stream().anyMatch(t -> t.state() == State.SERVING && t.version() < current);
        if (!outdated) {
            return;
        }
        if (mode == Mode.OPERATOR) {
            say("the table was built by an older version: ./forgelog replay start");
            return;
        }
        TableSpec next = tables.stream()
                .filter(table -> table.state() == State.CANDIDATE)
                .findFirst()
                .orElse(null);
        if (next == null) {
            begin(current);
        } else if (next.version() >= current) {
            goOn(next);
        }
    }

    private void begin(int current) {
        try {
            log.info("table {} is built for version {} of the projection", replays.start(null, null), current);
        } catch (OperationRefused e) {
            say("no table can be built for version " + current + " of the projection: " + e.getMessage());
        }
    }

    /** By the node that builds the table, so that it is done once. */
    private void goOn(TableSpec next) {
        ProjectedTable table = projections.find(next.name());
        if (table == null || !table.status().isLeading() || !table.status().isBuilt() || next.paused()) {
            return;
        }
        if (next.verifiedPosition() == null && !verified(next.name())) {
            return;
        }
        try {
            replays.serve(next.name(), false);
        } catch (OperationRefused e) {
            say("no switch to table " + next.name() + " yet: " + e.getMessage());
        }
    }

    private boolean verified(String table) {
        if (said.contains(table)) {
            return false;
        }
        boolean right = verifications.compared(table, null, progress -> {}).ok();
        if (!right) {
            said.add(table);
        }
        return right;
    }

    private void say(String sentence) {
        if (said.add(sentence)) {
            log.warn(sentence);
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
