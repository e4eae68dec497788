package org.forgelog.query.projection.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.control.NodeRegistry.Node;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.control.Waiting;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.segment.TableMembers;
import org.jspecify.annotations.Nullable;

/**
 * Replays side by side: a table is built beside the one that serves, serves in its place, and the one before stays
 * current until it is dropped. May be asked on any node; all of them follow.
 */
public final class Replays {

    /** Tables beyond this are refused: each is as large as the first, and every event is written into each. */
    private static final int MOST_TABLES = 4;
    /** How long a switch waits for the table to have all that the log had when it was asked for, and to see it at all. */
    private static final Duration CATCH_UP = Duration.ofSeconds(5);
    /** So many events behind, a table is not waited for that is forced to serve. */
    private static final long FAR_BEHIND = 100;
    /** How long a switch waits until all nodes read from the table. */
    private static final Duration FLIPPED = Duration.ofSeconds(10);

    private final Projections projections;
    private final TableControl control;
    private final NodeRegistry nodes;
    private final EventLogReader log;
    private final TableOverview overview;

    public Replays(
            Projections projections,
            TableControl control,
            NodeRegistry nodes,
            TableMembers members,
            EventLogReader log) {
        this.projections = projections;
        this.control = control;
        this.nodes = nodes;
        this.overview = new TableOverview(projections, control, nodes, members, log);
        this.log = log;
    }

    /** The nodes that are alive. */
    public List<Node> nodes() {
        return nodes.nodes();
    }

    /** How all tables are, the oldest first. */
    public List<TableStatus> tables() {
        return overview.tables();
    }

    /**
     * Begins to build a table beside the one that serves.
     *
     * @param name of the new table; {@code null} for the next that is free
     * @param rate write units a second; {@code null} for no limit
     * @return the name
     */
    public String start(@Nullable String name, @Nullable Long rate) {
        if (!projections.settings().mayCreate()) {
            throw new OperationRefused("forgelog.table.create forbids to make a table");
        }
        if (name != null && !name.matches("[a-zA-Z0-9_.-]{3,255}")) {
            throw new OperationRefused("'" + name + "' is no name for a table: 3 to 255 of letters, digits, _ . and -");
        }
        positive(rate);
        List<TableSpec> all = control.tables();
        if (all.size() >= MOST_TABLES) {
            throw new OperationRefused("there are " + all.size() + " tables already: drop one that served before");
        }
        String chosen = name != null ? name : free(all, projections.settings().firstTable());
        if (projections.schemaOf(chosen).exists()) {
            throw new OperationRefused("a table " + chosen + " exists already");
        }
        if (!control.add(chosen, projections.version().number(), rate)) {
            throw new OperationRefused("a table is being built already, or " + chosen + " is one of ours");
        }
        return chosen;
    }

    private String free(List<TableSpec> all, String base) {
        Set<String> taken = all.stream().map(TableSpec::name).collect(Collectors.toSet());
        int number = 2;
        while (taken.contains(base + "-" + number)
                || projections.schemaOf(base + "-" + number).exists()) {
            number++;
        }
        return base + "-" + number;
    }

    private static void positive(@Nullable Long rate) {
        if (rate != null && rate <= 0) {
            throw new OperationRefused("a rate is a number of write units a second, from 1 on");
        }
    }

    /** Has nothing written into a table until it is resumed; the one that serves cannot be paused. */
    public void pause(@Nullable String name) {
        TableSpec table = one(name, State.CANDIDATE, State.RETIRED);
        control.pause(table.name(), true);
    }

    /**
     * Goes on.
     *
     * @param rate another rate from now on; {@code null} to leave it as it is
     */
    public void resume(@Nullable String name, @Nullable Long rate) {
        positive(rate);
        TableSpec table = one(name, State.CANDIDATE, State.RETIRED);
        if (rate != null) {
            control.rate(table.name(), rate);
        }
        control.pause(table.name(), false);
    }

    /** Removes a table that never served. */
    public void abort(@Nullable String name) {
        TableSpec table = one(name, State.CANDIDATE);
        if (!control.drop(table.name(), State.CANDIDATE)) {
            throw new OperationRefused(table.name() + " serves, or a node still reads from it");
        }
    }

    /** Removes a table that served before. */
    public void drop(@Nullable String name) {
        TableSpec table = one(name, State.RETIRED);
        if (!control.drop(table.name(), State.RETIRED)) {
            throw new OperationRefused("a node still reads from " + table.name() + "; in a moment it may not");
        }
    }

    /**
     * Has a table serve that was built beside.
     *
     * @param force although it is behind, was not verified, or has blocked sequences that the present one has not
     * @return what operators should know although it was done; {@code null} when all nodes read from the table now
     */
    public @Nullable String serve(@Nullable String name, boolean force) {
        TableSpec table = one(name, State.CANDIDATE);
        if (!force) {
            if (table.verifiedPosition() == null) {
                throw new OperationRefused(table.name() + " was not verified");
            }
            requireNoMoreBlocked(seen(table));
        }
        return serve(table, force);
    }

    /**
     * Has the table serve again that served last.
     *
     * @return what operators should know although it was done; {@code null} when all nodes read from the table now
     */
    public @Nullable String rollback(@Nullable String name, boolean force) {
        TableSpec table = name != null
                ? one(name, State.RETIRED)
                : control.tables().stream()
                        .filter(t -> t.state() == State.RETIRED)
                        .max(Comparator.comparing(t -> t.retiredAt() == null ? Instant.MIN : t.retiredAt()))
                        .orElseThrow(() -> new OperationRefused("no table served before"));
        return serve(table, force);
    }

    private void requireNoMoreBlocked(ProjectedTable table) {
        Set<String> more = new HashSet<>(blocked(table.status()));
        more.removeAll(blocked(projections.serving().status()));
        if (!more.isEmpty()) {
            throw new OperationRefused(
                    "in " + table.name() + " sequences are blocked that are not in the one that serves: " + more);
        }
    }

    private static List<String> blocked(ProjectionStatus status) {
        return status.deadLetters().stream().map(DeadLetter::sequence).toList();
    }

    private @Nullable String serve(TableSpec table, boolean force) {
        ProjectionStatus status = seen(table).status();
        if (!status.isBuilt()) {
            throw new OperationRefused(table.name() + " is not built yet");
        }
        long head = log.head();
        if (!force && !Waiting.within(CATCH_UP, () -> status.position() >= head)) {
            throw new OperationRefused(table.name() + " is " + log.countAfter(status.position()) + " events behind");
        }
        if (!control.serve(table.name())) {
            throw new OperationRefused(table.name() + " is no longer there");
        }
        // A node does not read from a table that has less than it has shown already, so there is nothing to wait for.
        long behind = force ? log.countAfter(status.position()) : 0;
        if (behind > FAR_BEHIND) {
            return table.name() + " is " + behind
                    + " events behind: each node goes on reading from the table before until it has caught up";
        }
        // Whoever asked is told when it is so everywhere; should a node take longer, it follows all the same.
        boolean everywhere = Waiting.within(FLIPPED, () -> nodes.nodes().stream()
                .allMatch(node -> node.serves().equals(table.name())));
        return everywhere ? null : "some nodes do not read from " + table.name() + " yet; they will once they can";
    }

    /** The table as it is now: whoever asks may have heard of it from a node that knew before this one. */
    private ProjectedTable seen(TableSpec table) {
        Waiting.within(CATCH_UP, () -> projections.find(table.name()) != null);
        ProjectedTable open = projections.find(table.name());
        if (open == null) {
            throw new OperationRefused("this node has not seen " + table.name() + " yet");
        }
        if (!open.status().refresh()) {
            throw new OperationRefused("this node cannot look at " + table.name());
        }
        return open;
    }

    /** The table of that name, or the only one there is, in one of these states. */
    private TableSpec one(@Nullable String name, State... states) {
        List<TableSpec> found = new ArrayList<>();
        for (TableSpec table : control.tables()) {
            if ((name == null || name.equals(table.name())) && List.of(states).contains(table.state())) {
                found.add(table);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        String kind = List.of(states).contains(State.CANDIDATE) ? "that is a candidate" : "that served before";
        throw new OperationRefused(
                !found.isEmpty()
                        ? "there are several: name one"
                        : name == null ? "there is no table " + kind : name + " is no table " + kind);
    }
}
