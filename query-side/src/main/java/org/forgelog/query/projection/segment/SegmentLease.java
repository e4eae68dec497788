package org.forgelog.query.projection.segment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.projection.control.NodeRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to project a segment of a table, held by one node at a time: an advisory lock of a PostgreSQL session, which
 * ends with the session. The session of a node that gave no sign of life for a while is ended by whoever wants the lease:
 * the node may be frozen, or gone with its machine while PostgreSQL still waits for it. A node that does not notice at once
 * that it lost its session does no harm to a table that serves: everything it writes there is conditional.
 */
public final class SegmentLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SegmentLease.class);

    private final Connection connection;
    private final String table;
    private final int segment;
    private final String node;

    private SegmentLease(Connection connection, String table, int segment, String node) {
        this.connection = connection;
        this.table = table;
        this.segment = segment;
        this.node = node;
    }

    /** The lease for a segment of {@code table}; {@code null} while another node has it. */
    public static @Nullable SegmentLease tryAcquire(DataSource dataSource, String table, int segment, String node)
            throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean acquired = false;
        try {
            connection.setAutoCommit(true);
            acquired = lock(connection, "pg_try_advisory_lock", table, segment)
                    || endFrozen(connection, table, segment)
                            && lock(connection, "pg_try_advisory_lock", table, segment);
            if (!acquired) {
                return null;
            }
            note(connection, table, segment, node);
            try (Statement statement = connection.createStatement()) {
                // What this session writes can be computed again; it need not wait for the disk.
                statement.execute("set synchronous_commit = off");
            }
            return new SegmentLease(connection, table, segment, node);
        } finally {
            if (!acquired) {
                connection.close();
            }
        }
    }

    public int segment() {
        return segment;
    }

    private static boolean lock(Connection connection, String function, String table, int segment) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
            statement.setString(1, key(table, segment));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Before anything else, so that a node that freezes right away can be told by its silence. What it wished for it has
     * got, at the same moment as the offer ends, or it would be given more.
     */
    private static void note(Connection connection, String table, int segment, String node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                with fulfilled as (delete from projection_wish where table_name = ? and node = ?)
                insert into projection_segment (table_name, segment, slots, leader, updated_at) values (?, ?, ?, ?, now())
                on conflict (table_name, segment) do update set leader = excluded.leader, offered_until = null
                """)) {
            statement.setString(1, table);
            statement.setString(2, node);
            statement.setString(3, table);
            statement.setInt(4, segment);
            statement.setInt(5, segment == 0 ? Slots.ALL.bits() : 0);
            statement.setString(6, node);
            statement.executeUpdate();
        }
    }

    /**
     * Ends the session that holds the lease when its node has been silent for too long, by PostgreSQL's clock; answers
     * whether it did.
     */
    private static boolean endFrozen(Connection connection, String table, int segment) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select s.leader, pg_terminate_backend(l.pid, 1000)
                from projection_segment s
                join projection_node n on n.name = s.leader
                join pg_locks l on l.locktype = 'advisory' and l.objsubid = 1 and l.granted
                  and l.database = (select oid from pg_database where datname = current_database())
                  and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(?, 0)
                where s.table_name = ? and s.segment = ? and n.seen_at <= now() - %s
                """
                        .formatted(NodeRegistry.ALIVE))) {
            statement.setString(1, key(table, segment));
            statement.setString(2, table);
            statement.setInt(3, segment);
            boolean any = false;
            try (ResultSet ended = statement.executeQuery()) {
                while (ended.next()) {
                    any = true;
                    log.warn("node {} is silent: it no longer projects into table {}", ended.getString(1), table);
                }
            }
            return any;
        }
    }

    /** What the advisory lock on a segment is the hash of. */
    static String key(String table, int segment) {
        return "forgelog projection " + table + (segment == 0 ? "" : " " + segment);
    }

    /** Tells everybody how far the segment is. Fails when the session, and with it the lease, is gone. */
    public void announce(Slots slots, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                insert into projection_segment (table_name, segment, slots, position, leader, updated_at)
                values (?, ?, ?, ?, ?, now())
                on conflict (table_name, segment) do update
                  set slots = excluded.slots, position = excluded.position, leader = excluded.leader,
                    offered_until = null, updated_at = excluded.updated_at
                """)) {
            statement.setString(1, table);
            statement.setInt(2, segment);
            statement.setInt(3, slots.bits());
            statement.setLong(4, position);
            statement.setString(5, node);
            statement.executeUpdate();
        }
        LogSignals.projected(connection, table, slots, position);
    }

    /** Says that the segment is no longer there. */
    public void forget() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from projection_segment where table_name = ? and segment = ?")) {
            statement.setString(1, table);
            statement.setInt(2, segment);
            statement.executeUpdate();
        }
    }

    /** Whether the session still answers. */
    public boolean isHeld() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("reset synchronous_commit");
            lock(connection, "pg_advisory_unlock", table, segment);
        } catch (SQLException e) {
            log.debug("the lease's session ended by itself", e);
        }
    }
}
