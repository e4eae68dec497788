package org.forgelog.query.projection.segment;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.control.ControlDatabase;
import org.forgelog.query.projection.control.NodeRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Which node has which slots of a table, and how far it is, as nodes last told. For people to see; what holds is told by
 * the locks ({@link TableLease}) and by the table itself ({@link TableProgress}).
 */
public final class TableMembers {

    /**
     * A node that projects a part of a table.
     *
     * @param position {@code null} when it has not told yet
     */
    public record Member(String node, HashSlots slots, @Nullable Long position) {}

    private final ControlDatabase sql;

    public TableMembers(DataSource dataSource) {
        this.sql = new ControlDatabase(dataSource);
    }

    /** Those of a table that are alive and have slots, by name. */
    public List<Member> of(String table) {
        return sql.query(
                """
                select m.node, m.slots, m.position from projection_member m
                join projection_node n on n.name = m.node and n.seen_at > now() - %s
                where m.table_name = ? and m.slots <> 0 order by m.node
                """
                        .formatted(NodeRegistry.ALIVE),
                row -> new Member(row.getString(1), new HashSlots(row.getInt(2)), row.getObject(3, Long.class)),
                table);
    }

    /** Forgets everything of a table that is gone. */
    public static void forget(Connection connection, String table) throws SQLException {
        ControlDatabase.update(connection, "delete from projection_member where table_name = ?", table);
    }
}
