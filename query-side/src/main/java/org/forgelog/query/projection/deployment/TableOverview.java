package org.forgelog.query.projection.deployment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.control.NodeRegistry.Node;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.deployment.TableStatus.Phase;
import org.forgelog.query.projection.deployment.TableStatus.SegmentStatus;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.segment.TableMembers;
import org.jspecify.annotations.Nullable;

/** How all tables are: how far and how fast, built by which nodes, read by which, what is blocked in them. */
final class TableOverview {

    private final Projections projections;
    private final TableControl control;
    private final NodeRegistry nodes;
    private final TableMembers members;
    private final EventLogReader log;

    TableOverview(
            Projections projections,
            TableControl control,
            NodeRegistry nodes,
            TableMembers members,
            EventLogReader log) {
        this.projections = projections;
        this.control = control;
        this.nodes = nodes;
        this.members = members;
        this.log = log;
    }

    /** All of them, the oldest first. */
    List<TableStatus> tables() {
        List<Node> alive = nodes.nodes();
        return control.tables().stream().map(spec -> status(spec, alive)).toList();
    }

    private TableStatus status(TableSpec spec, List<Node> alive) {
        ProjectedTable table = projections.find(spec.name());
        List<String> readBy = alive.stream()
                .filter(node -> node.serves().equals(spec.name()))
                .map(Node::name)
                .toList();
        if (table == null) {
            Phase phase = spec.state() == State.DROPPING ? Phase.DROPPING : Phase.BUILDING;
            return new TableStatus(spec, phase, false, 0, 0, 0, 0, null, null, List.of(), readBy, List.of());
        }
        ProjectionStatus status = table.status();
        long position = status.position();
        long lag = log.countAfter(position);
        double rate = status.rate();
        Long left = lag == 0 ? Long.valueOf(0) : rate > 0 ? Long.valueOf((long) Math.ceil(lag / rate)) : null;
        return new TableStatus(
                spec,
                Phase.of(spec, status.isBuilt()),
                status.isBuilt(),
                position,
                lag,
                lag == 0 ? 0 : lagSeconds(position),
                rate,
                left,
                control.leaderOf(spec.name()),
                segments(spec.name(), status),
                readBy,
                status.deadLetters());
    }

    private List<SegmentStatus> segments(String table, ProjectionStatus status) {
        List<SegmentStatus> segments = new ArrayList<>();
        HashSlots left = HashSlots.ALL;
        for (TableMembers.Member member : members.of(table)) {
            HashSlots slots = new HashSlots(member.slots().bits() & left.bits());
            left = left.minus(slots);
            if (slots.size() > 0) {
                segments.add(segment(slots, status, member.node()));
            }
        }
        if (left.size() > 0) {
            segments.add(segment(left, status, null));
        }
        segments.sort(Comparator.comparingInt(SegmentStatus::segment));
        return segments;
    }

    private SegmentStatus segment(HashSlots slots, ProjectionStatus status, @Nullable String node) {
        long position = status.position(slots);
        int lowest = slots.stream().findFirst().orElseThrow();
        return new SegmentStatus(lowest, slots.size(), position, log.countAfter(position), node);
    }

    private long lagSeconds(long position) {
        return log.after(position, 1).stream()
                .mapToLong(e ->
                        Math.max(0, Duration.between(e.appendedAt(), log.now()).toSeconds()))
                .findFirst()
                .orElse(0);
    }
}
