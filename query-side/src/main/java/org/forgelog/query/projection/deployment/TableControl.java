package org.forgelog.query.projection.deployment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.NodeRegistry;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.segment.TableMembers;
import org.jspecify.annotations.Nullable;

/**
 * What operators want of the tables, in PostgreSQL, where all nodes see it. How far a table is stands in the table
 * itself; so whatever dies, wishes and work are where they were.
 */
public final class TableControl {

    private final DataSource dataSource;
    private final ControlDatabase sql;

    public TableControl(DataSource dataSource) {
        this.dataSource = dataSource;
        this.sql = new ControlDatabase(dataSource);
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
    public List<TableSpec> tables() {
        return sql.query(
                "select name, state, version, paused, rate, created_at, retired_at, verified_position, verified_at"
                        + " from projection_table order by created_at, name",
                row -> new TableSpec(
                        row.getString(1),
                        State.of(row.getString(2)),
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
            ControlDatabase.update(connection, "lock table projection_table in exclusive mode");
            ControlDatabase.update(
                    connection,
                    """
                    update projection_table set state = 'retired', retired_at = now() where state = 'serving'
                      and exists (select from projection_table where name = ? and state in ('beside', 'retired'))
                    """,
                    name);
            return ControlDatabase.update(
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
                                + NodeRegistry.ALIVE + ")",
                        name,
                        state.stored(),
                        name)
                == 1;
    }

    /** Forgets a table that is gone. */
    void remove(String name) {
        sql.inTransaction(connection -> {
            TableMembers.forget(connection, name);
            ControlDatabase.update(connection, "delete from table_verification where table_name = ?", name);
            return ControlDatabase.update(
                    connection, "delete from projection_table where name = ? and state = 'dropping'", name);
        });
    }

    /** Whether a program of {@code version} is to project into the table: not into one that a newer program built. */
    boolean isDesired(String name, int version) {
        return !sql.query(
                        "select 1 from projection_table where name = ? and state <> 'dropping' and version <= ?",
                        row -> 1,
                        name,
                        version)
                .isEmpty();
    }

    /** The node that projects the first segment of a table, as it was last told; {@code null} when it is not alive. */
    public @Nullable String leaderOf(String name) {
        List<String> leaders = sql.query(
                "select s.leader from projection_status s join projection_node n on n.name = s.leader"
                        + " where s.name = ? and n.seen_at > now() - " + NodeRegistry.ALIVE,
                row -> row.getString(1),
                name);
        return leaders.isEmpty() ? null : leaders.getFirst();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
