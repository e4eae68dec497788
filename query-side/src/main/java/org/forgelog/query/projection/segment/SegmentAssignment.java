package org.forgelog.query.projection.segment;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.NodeRegistry;
import org.jspecify.annotations.Nullable;

/**
 * How nodes share out the segments of a table, in PostgreSQL, where all of them see it. Which segments there are, and how
 * far each is, the table says; this is what was told of them last, and may be late or lost without harm.
 */
public final class SegmentAssignment {

    /** How long a segment that was split off for a node waits for it before anybody takes it. */
    private static final String OFFER = "interval '5 seconds'";
    /** How long a wish holds that is not repeated. */
    private static final String WISH = "interval '3 seconds'";

    /** Segments and the keys of their locks, given both as lists. */
    private static final String SEGMENTS =
            "unnest(string_to_array(?, ',')::int[], string_to_array(?, ',')) as i(segment, key)";

    private static final String LOCKED =
            """
            select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
              and l.database = (select oid from pg_database where datname = current_database())
              and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(i.key, 0)
            """;

    /**
     * A node that would like to project more than it does.
     *
     * @param slots how many it has
     */
    public record Wish(String node, int slots) {}

    /**
     * A segment, as it was told of last.
     *
     * @param leader the node that projects it; {@code null} when it is not alive
     */
    public record Share(int segment, Slots slots, long position, @Nullable String leader) {}

    private final ControlDatabase sql;
    private final String table;

    public SegmentAssignment(DataSource dataSource, String table) {
        this.sql = new ControlDatabase(dataSource);
        this.table = table;
    }

    /** Says that {@code node} has {@code slots} slots and would like more. */
    public void wish(String node, int slots) {
        sql.quietly(
                """
                insert into projection_wish (table_name, node, slots, asked_at) values (?, ?, ?, now())
                on conflict (table_name, node) do update set slots = excluded.slots, asked_at = excluded.asked_at
                """,
                table,
                node,
                slots);
    }

    /**
     * Who would like more, the one with the least first, but for those who are about to get something; nobody while a node
     * is alive that knows of no segments.
     */
    public List<Wish> wishes() {
        return sql.query(
                """
                select w.node, w.slots from projection_wish w
                join projection_node n on n.name = w.node and n.seen_at > now() - %1$s
                where w.table_name = ? and w.asked_at > now() - %2$s
                  and not exists (select from projection_segment s
                    where s.table_name = w.table_name and s.leader = w.node and s.offered_until > now())
                  and not exists (select from projection_node where seen_at > now() - %1$s and not segments)
                order by w.slots, w.node
                """
                        .formatted(NodeRegistry.ALIVE, WISH),
                row -> new Wish(row.getString(1), row.getInt(2)),
                table);
    }

    /** Leaves a new segment to the node that wished for it, and tells everybody. */
    public void offer(SegmentProgress.State given, String node) {
        sql.inTransaction(connection -> {
            LogSignals.projected(connection, table, given.slots(), given.position());
            return ControlDatabase.update(
                    connection,
                    """
                    insert into projection_segment (table_name, segment, slots, position, leader, offered_until, updated_at)
                    values (?, ?, ?, ?, ?, now() + %s, now())
                    on conflict (table_name, segment) do update
                      set slots = excluded.slots, position = excluded.position, leader = excluded.leader,
                        offered_until = excluded.offered_until, updated_at = excluded.updated_at
                    """
                            .formatted(OFFER),
                    table,
                    given.segment(),
                    given.slots().bits(),
                    given.position(),
                    node);
        });
    }

    /** Those of {@code segments} that {@code node} may try to get: nobody has them, or somebody who is silent. */
    public List<Integer> free(String node, List<Integer> segments) {
        if (segments.isEmpty()) {
            return List.of();
        }
        return sql.query(
                """
                select i.segment from %s
                left join projection_segment s on s.table_name = ? and s.segment = i.segment
                where not (s.offered_until > now() and s.leader <> ?) is true
                  and (not exists (%s)
                    or exists (select from projection_node n where n.name = s.leader and n.seen_at <= now() - %s))
                order by i.segment
                """
                        .formatted(SEGMENTS, LOCKED, NodeRegistry.ALIVE),
                row -> row.getInt(1),
                listed(segments.stream()),
                keys(segments.stream()),
                table,
                node);
    }

    /** Whether a node projects into a part of the table. */
    public boolean isAnyLed() {
        return !sql.query(
                        "select i.segment from " + SEGMENTS + " where exists (" + LOCKED + ")",
                        row -> row.getInt(1),
                        listed(IntStream.range(1, SegmentProgress.MOST).boxed()),
                        keys(IntStream.range(1, SegmentProgress.MOST).boxed()))
                .isEmpty();
    }

    private static String listed(Stream<Integer> segments) {
        return segments.map(String::valueOf).collect(Collectors.joining(","));
    }

    /** DynamoDB takes no comma in a table's name. */
    private String keys(Stream<Integer> segments) {
        return segments.map(segment -> SegmentLease.key(table, segment)).collect(Collectors.joining(","));
    }

    /** Forgets what was told of other segments than these, which are no longer there, but for what was told just now. */
    public void keep(List<Integer> segments) {
        sql.quietly(
                """
                delete from projection_segment where table_name = ? and updated_at < now() - interval '10 seconds'
                  and segment <> all (string_to_array(?, ',')::int[])
                """,
                table,
                listed(segments.stream()));
    }

    /** All segments. */
    public List<Share> all() {
        return sql.query(
                """
                select s.segment, s.slots, coalesce(s.position, 0), n.name from projection_segment s
                left join projection_node n on n.name = s.leader and n.seen_at > now() - %s
                where s.table_name = ? order by s.segment
                """
                        .formatted(NodeRegistry.ALIVE),
                row -> new Share(row.getInt(1), new Slots(row.getInt(2)), row.getLong(3), row.getString(4)),
                table);
    }

    /** Forgets everything of a table that is gone. */
    public static void forget(Connection connection, String table) throws SQLException {
        ControlDatabase.update(connection, "delete from projection_segment where table_name = ?", table);
        ControlDatabase.update(connection, "delete from projection_wish where table_name = ?", table);
    }
}
