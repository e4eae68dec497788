package org.forgelog.query.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators want of the tables, in PostgreSQL, where all nodes see it. How far a table is stands in the table
 * itself; so whatever dies, wishes and work are where they were.
 */
public final class TableControl {

    /** What a table is for. */
    public enum State {
        /** Built, or kept current, beside the one that serves. */
        BESIDE,
        /** Reads are answered from it. */
        SERVING,
        /** Served before; kept current, so that it can serve again. */
        RETIRED,
        /** To be removed. */
        DROPPING
    }

    /**
     * A table, as operators want it.
     *
     * @param version of the projection that built it
     * @param rate write units a second while it is built; {@code null} for no limit
     * @param retiredAt when it served last
     * @param verifiedPosition up to where it was compared with the log, and found to be right
     */
    public record Wanted(
            String name,
            State state,
            int version,
            boolean paused,
            @Nullable Long rate,
            Instant createdAt,
            @Nullable Instant retiredAt,
            @Nullable Long verifiedPosition,
            @Nullable Instant verifiedAt) {}

    /**
     * A node that answers reads.
     *
     * @param serves the table that it reads from
     */
    public record Node(String name, String serves, Instant seenAt) {}

    /** How long a node that was not heard of counts as alive. */
    static final String ALIVE = "interval '10 seconds'";

    private final DataSource dataSource;
    private final Sql sql;

    public TableControl(DataSource dataSource) {
        this.dataSource = dataSource;
        this.sql = new Sql(dataSource);
    }

    /** Has {@code name} serve where no table does yet. */
    void begin(String name, int version) {
        sql.change(
                """
                insert into projection_table (name, state, version)
                select ?::text, 'serving', ?::int where not exists (select from projection_table where state = 'serving')
                on conflict do nothing
                """,
                name,
                version);
    }

    /** All tables, the oldest first. */
    public List<Wanted> tables() {
        return sql.query(
                "select name, state, version, paused, rate, created_at, retired_at, verified_position, verified_at"
                        + " from projection_table order by created_at, name",
                row -> new Wanted(
                        row.getString(1),
                        State.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getInt(3),
                        row.getBoolean(4),
                        row.getObject(5, Long.class),
                        row.getObject(6, OffsetDateTime.class).toInstant(),
                        instant(row, 7),
                        row.getObject(8, Long.class),
                        instant(row, 9)));
    }

    /** Adds a table to be built; answers whether there was none of that name, and none being built. */
    boolean add(String name, int version, @Nullable Long rate) {
        return sql.change(
                        """
                        insert into projection_table (name, state, version, rate)
                        select ?::text, 'beside', ?::int, ?::bigint where not exists (select from projection_table where state = 'beside')
                        on conflict do nothing
                        """,
                        name,
                        version,
                        rate)
                == 1;
    }

    void pause(String name, boolean paused) {
        sql.change("update projection_table set paused = ? where name = ?", paused, name);
    }

    void rate(String name, @Nullable Long rate) {
        sql.change("update projection_table set rate = ?::bigint where name = ?", rate, name);
    }

    /** Notes that a program of {@code version} builds the table from the start. */
    void begun(String name, int version) {
        sql.change(
                "update projection_table set version = ?, verified_position = null, verified_at = null where name = ?",
                version,
                name);
    }

    /** Notes that the table was compared with the log up to {@code position}, and is what it should be. */
    public void verified(String name, long position) {
        sql.change(
                "update projection_table set verified_position = ?, verified_at = now() where name = ?",
                position,
                name);
    }

    /** Has {@code name} serve, and the one that did so retire; answers whether that was possible. */
    boolean serve(String name) {
        return sql.inTransaction(connection -> {
            Sql.update(connection, "lock table projection_table in exclusive mode");
            Sql.update(
                    connection,
                    """
                    update projection_table set state = 'retired', retired_at = now() where state = 'serving'
                      and exists (select from projection_table where name = ? and state in ('beside', 'retired'))
                    """,
                    name);
            return Sql.update(
                            connection,
                            """
                            update projection_table set state = 'serving', retired_at = null, paused = false
                            where name = ? and state in ('beside', 'retired')
                            """,
                            name)
                    == 1;
        });
    }

    /** Has a table removed that is in {@code state} and that no node that is alive reads from; answers whether it was so. */
    boolean drop(String name, State state) {
        return sql.change(
                        "update projection_table set state = 'dropping' where name = ? and state = ?"
                                + " and not exists (select from projection_node where serves = ? and seen_at > now() - "
                                + ALIVE + ")",
                        name,
                        state.name().toLowerCase(Locale.ROOT),
                        name)
                == 1;
    }

    /** Forgets a table that is gone. */
    void remove(String name) {
        sql.inTransaction(connection -> {
            Shares.forget(connection, name);
            return Sql.update(connection, "delete from projection_table where name = ? and state = 'dropping'", name);
        });
    }

    /** Whether a program of {@code version} is to project into the table: not into one that a newer program built. */
    boolean isWanted(String name, int version) {
        return !sql.query(
                        "select 1 from projection_table where name = ? and state <> 'dropping' and version <= ?",
                        row -> 1,
                        name,
                        version)
                .isEmpty();
    }

    /** Says what a node reads from; nodes that were not heard of for long are forgotten. */
    void alive(String node, String serves) {
        sql.quietly(
                """
                insert into projection_node (name, serves, seen_at, segments) values (?, ?, now(), true)
                on conflict (name) do update
                  set serves = excluded.serves, seen_at = excluded.seen_at, segments = excluded.segments
                """,
                node,
                serves);
        sql.quietly("delete from projection_node where seen_at < now() - interval '1 hour'");
    }

    void gone(String node) {
        sql.quietly("delete from projection_node where name = ?", node);
    }

    /** The nodes that are alive. */
    public List<Node> nodes() {
        return sql.query(
                "select name, serves, seen_at from projection_node where seen_at > now() - " + ALIVE + " order by name",
                row -> new Node(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()));
    }

    /** The node that projects the first segment of a table, as it was last told; {@code null} when it is not alive. */
    public @Nullable String leaderOf(String name) {
        List<String> leaders = sql.query(
                "select s.leader from projection_status s join projection_node n on n.name = s.leader"
                        + " where s.name = ? and n.seen_at > now() - " + ALIVE,
                row -> row.getString(1),
                name);
        return leaders.isEmpty() ? null : leaders.getFirst();
    }

    /** The segments of a table, as they were told of last. */
    List<Shares.Share> shares(String name) {
        return new Shares(dataSource, name).all();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
