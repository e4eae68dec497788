package org.forgelog.query.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.projection.TableControl.Node;
import org.forgelog.query.projection.TableControl.State;
import org.forgelog.query.projection.TableControl.Wanted;
import org.forgelog.query.projection.TableWatch.StoppedSequence;
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
    /** How long a switch waits until all nodes read from the table. */
    private static final Duration FLIPPED = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Projections projections;
    private final TableControl control;
    private final EventLogReader log;

    public Replays(Projections projections, TableControl control, EventLogReader log) {
        this.projections = projections;
        this.control = control;
        this.log = log;
    }

    /** What is asked for is not possible as things are. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** What operators see of a table's way. */
    public enum Phase {
        BUILDING,
        PAUSED,
        /** Built beside the one that serves, and kept current. */
        READY,
        SERVING,
        RETIRED,
        DROPPING
    }

    /**
     * How a segment of a table is.
     *
     * @param slots how many it has of the {@value Slots#COUNT} that sequences fall into
     * @param lag events that come after its position, whosever they are
     * @param leader the node that projects it; {@code null} when none does
     */
    public record SegmentStatus(int segment, int slots, long position, long lag, @Nullable String leader) {}

    /**
     * How a table is.
     *
     * @param lag events that it does not have yet
     * @param lagSeconds how old the oldest of them is; 0 when there is none
     * @param rate positions gained a second of late
     * @param secondsLeft until the head of the log is reached at that rate; {@code null} when there is no telling
     * @param leader the node that projects its first segment; {@code null} when none does
     * @param readBy nodes that answer reads from it
     */
    public record TableStatus(
            Wanted wanted,
            Phase phase,
            boolean built,
            long position,
            long lag,
            long lagSeconds,
            double rate,
            @Nullable Long secondsLeft,
            @Nullable String leader,
            List<SegmentStatus> segments,
            List<String> readBy,
            List<StoppedSequence> stopped) {}

    /** How all tables are, the oldest first. */
    public List<TableStatus> tables() {
        List<Node> nodes = control.nodes();
        return control.tables().stream().map(wanted -> status(wanted, nodes)).toList();
    }

    private TableStatus status(Wanted wanted, List<Node> nodes) {
        ProjectedTable table = projections.find(wanted.name());
        List<String> readBy = nodes.stream()
                .filter(node -> node.serves().equals(wanted.name()))
                .map(Node::name)
                .toList();
        if (table == null) {
            Phase phase = wanted.state() == State.DROPPING ? Phase.DROPPING : Phase.BUILDING;
            return new TableStatus(wanted, phase, false, 0, 0, 0, 0, null, null, List.of(), readBy, List.of());
        }
        TableWatch watch = table.watch();
        long position = watch.position();
        long lag = log.countAfter(position);
        double rate = watch.rate();
        Long left = lag == 0 ? Long.valueOf(0) : rate > 0 ? Long.valueOf((long) Math.ceil(lag / rate)) : null;
        return new TableStatus(
                wanted,
                phase(wanted, watch.isBuilt()),
                watch.isBuilt(),
                position,
                lag,
                lag == 0 ? 0 : lagSeconds(position),
                rate,
                left,
                control.leaderOf(wanted.name()),
                segments(wanted.name(), watch),
                readBy,
                watch.stoppedSequences());
    }

    private List<SegmentStatus> segments(String table, TableWatch watch) {
        Map<Integer, String> leaders = new HashMap<>();
        for (Shares.Share share : control.shares(table)) {
            if (share.leader() != null) {
                leaders.put(share.segment(), share.leader());
            }
        }
        return watch.segments().stream()
                .map(segment -> new SegmentStatus(
                        segment.number(),
                        segment.slots().size(),
                        segment.position(),
                        log.countAfter(segment.position()),
                        leaders.get(segment.number())))
                .toList();
    }

    private long lagSeconds(long position) {
        return log.after(position, 1).stream()
                .mapToLong(e ->
                        Math.max(0, Duration.between(e.appendedAt(), log.now()).toSeconds()))
                .findFirst()
                .orElse(0);
    }

    private static Phase phase(Wanted wanted, boolean built) {
        return switch (wanted.state()) {
            case SERVING -> Phase.SERVING;
            case RETIRED -> Phase.RETIRED;
            case DROPPING -> Phase.DROPPING;
            case BESIDE -> wanted.paused() ? Phase.PAUSED : built ? Phase.READY : Phase.BUILDING;
        };
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
            throw new Refused("forgelog.table.create forbids to make a table");
        }
        if (name != null && !name.matches("[a-zA-Z0-9_.-]{3,255}")) {
            throw new Refused("'" + name + "' is no name for a table: 3 to 255 of letters, digits, _ . and -");
        }
        positive(rate);
        List<Wanted> all = control.tables();
        if (all.size() >= MOST_TABLES) {
            throw new Refused("there are " + all.size() + " tables already: drop one that served before");
        }
        String chosen = name != null ? name : free(all, projections.settings().firstTable());
        if (projections.schemaOf(chosen).exists()) {
            throw new Refused("a table " + chosen + " exists already");
        }
        if (!control.add(chosen, projections.version().number(), rate)) {
            throw new Refused("a table is being built already, or " + chosen + " is one of ours");
        }
        return chosen;
    }

    private String free(List<Wanted> all, String base) {
        Set<String> taken = all.stream().map(Wanted::name).collect(Collectors.toSet());
        int number = 2;
        while (taken.contains(base + "-" + number)
                || projections.schemaOf(base + "-" + number).exists()) {
            number++;
        }
        return base + "-" + number;
    }

    private static void positive(@Nullable Long rate) {
        if (rate != null && rate <= 0) {
            throw new Refused("a rate is a number of write units a second, from 1 on");
        }
    }

    /** Has nothing written into a table until it is resumed; the one that serves cannot be paused. */
    public void pause(@Nullable String name) {
        Wanted table = one(name, State.BESIDE, State.RETIRED);
        control.pause(table.name(), true);
    }

    /**
     * Goes on.
     *
     * @param rate another rate from now on; {@code null} to leave it as it is
     */
    public void resume(@Nullable String name, @Nullable Long rate) {
        positive(rate);
        Wanted table = one(name, State.BESIDE, State.RETIRED);
        if (rate != null) {
            control.rate(table.name(), rate);
        }
        control.pause(table.name(), false);
    }

    /** Removes a table that never served. */
    public void abort(@Nullable String name) {
        Wanted table = one(name, State.BESIDE);
        if (!control.drop(table.name(), State.BESIDE)) {
            throw new Refused(table.name() + " serves, or a node still reads from it");
        }
    }

    /** Removes a table that served before. */
    public void drop(@Nullable String name) {
        Wanted table = one(name, State.RETIRED);
        if (!control.drop(table.name(), State.RETIRED)) {
            throw new Refused("a node still reads from " + table.name() + "; in a moment it may not");
        }
    }

    /**
     * Has a table serve that was built beside.
     *
     * @param force although it is behind, was not verified, or has sequences stopped that the present one has not
     */
    public void serve(@Nullable String name, boolean force) {
        Wanted table = one(name, State.BESIDE);
        if (!force) {
            if (table.verifiedPosition() == null) {
                throw new Refused(table.name() + " was not verified");
            }
            stopsNoMore(seen(table));
        }
        serve(table, force);
    }

    /** Has the table serve again that served last. */
    public void rollback(@Nullable String name, boolean force) {
        Wanted table = name != null
                ? one(name, State.RETIRED)
                : control.tables().stream()
                        .filter(t -> t.state() == State.RETIRED)
                        .max(Comparator.comparing(t -> t.retiredAt() == null ? Instant.MIN : t.retiredAt()))
                        .orElseThrow(() -> new Refused("no table served before"));
        serve(table, force);
    }

    private void stopsNoMore(ProjectedTable table) {
        Set<String> more = new HashSet<>(stopped(table.watch()));
        more.removeAll(stopped(projections.serving().watch()));
        if (!more.isEmpty()) {
            throw new Refused(
                    "in " + table.name() + " sequences have stopped that go on in the one that serves: " + more);
        }
    }

    private static List<String> stopped(TableWatch watch) {
        return watch.stoppedSequences().stream().map(StoppedSequence::sequence).toList();
    }

    private void serve(Wanted table, boolean force) {
        TableWatch watch = seen(table).watch();
        if (!watch.isBuilt()) {
            throw new Refused(table.name() + " is not built yet");
        }
        long head = log.head();
        if (!force && !within(CATCH_UP, () -> watch.position() >= head)) {
            throw new Refused(table.name() + " is " + log.countAfter(watch.position()) + " events behind");
        }
        if (!control.serve(table.name())) {
            throw new Refused(table.name() + " is no longer there");
        }
        // Whoever asked is told when it is so everywhere; should a node take longer, it follows all the same.
        within(FLIPPED, () -> control.nodes().stream()
                .allMatch(node -> node.serves().equals(table.name())));
    }

    /** The table as it is now: whoever asks may have heard of it from a node that knew before this one. */
    private ProjectedTable seen(Wanted table) {
        within(CATCH_UP, () -> projections.find(table.name()) != null);
        ProjectedTable open = projections.find(table.name());
        if (open == null) {
            throw new Refused("this node has not seen " + table.name() + " yet");
        }
        try {
            if (!open.watch().refresh(CATCH_UP)) {
                throw new Refused("this node cannot look at " + table.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return open;
    }

    static boolean within(Duration limit, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** The table of that name, or the only one there is, in one of these states. */
    private Wanted one(@Nullable String name, State... states) {
        List<Wanted> found = new ArrayList<>();
        for (Wanted table : control.tables()) {
            if ((name == null || name.equals(table.name())) && List.of(states).contains(table.state())) {
                found.add(table);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        String wanted = List.of(states).contains(State.BESIDE) ? "built beside" : "that served before";
        throw new Refused(
                !found.isEmpty()
                        ? "there are several: name one"
                        : name == null ? "there is no table " + wanted : name + " is no table " + wanted);
    }
}
