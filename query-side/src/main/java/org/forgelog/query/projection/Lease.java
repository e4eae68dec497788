package org.forgelog.query.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.forgelog.eventlog.LogSignals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to project into a table, held by one node at a time: an advisory lock of a PostgreSQL session, which ends
 * with the session. The session of a node that gave no sign of life for a while is ended by whoever wants the lease: the
 * node may be frozen, or gone with its machine while PostgreSQL still waits for it. A node that does not notice at once
 * that it lost its session does no harm to a table that serves: everything it writes there is conditional.
 */
final class Lease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lease.class);

    private final Connection connection;
    private final String table;
    private final String node;

    private Lease(Connection connection, String table, String node) {
        this.connection = connection;
        this.table = table;
        this.node = node;
    }

    /** The lease for {@code table}; {@code null} while another node has it. */
    static @Nullable Lease tryAcquire(DataSource dataSource, String table, String node) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean acquired = false;
        try {
            connection.setAutoCommit(true);
            acquired = lock(connection, "pg_try_advisory_lock", table);
            if (!acquired) {
                endFrozen(connection, table);
                return null;
            }
            note(connection, table, node);
            try (Statement statement = connection.createStatement()) {
                // What this session writes can be computed again; it need not wait for the disk.
                statement.execute("set synchronous_commit = off");
            }
            return new Lease(connection, table, node);
        } finally {
            if (!acquired) {
                connection.close();
            }
        }
    }

    private static boolean lock(Connection connection, String function, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
            statement.setString(1, key(table));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Before anything else, so that a node that freezes right away can be told by its silence. */
    private static void note(Connection connection, String table, String node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                insert into projection_status (name, position, leader, updated_at) values (?, 0, ?, now())
                on conflict (name) do update set leader = excluded.leader
                """)) {
            statement.setString(1, table);
            statement.setString(2, node);
            statement.executeUpdate();
        }
    }

    /** Ends the session that holds the lease when its node has been silent for too long, by PostgreSQL's clock. */
    private static void endFrozen(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select s.leader, pg_terminate_backend(l.pid)
                from projection_status s
                join projection_node n on n.name = s.leader
                join pg_locks l on l.locktype = 'advisory' and l.objsubid = 1 and l.granted
                  and l.database = (select oid from pg_database where datname = current_database())
                  and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(?, 0)
                where s.name = ? and n.seen_at <= now() - %s
                """
                        .formatted(TableControl.ALIVE))) {
            statement.setString(1, key(table));
            statement.setString(2, table);
            try (ResultSet ended = statement.executeQuery()) {
                while (ended.next()) {
                    log.warn("node {} is silent: it no longer projects into table {}", ended.getString(1), table);
                }
            }
        }
    }

    private static String key(String table) {
        return "forgelog projection " + table;
    }

    /** Tells everybody how far the table is. Fails when the session, and with it the lease, is gone. */
    void announce(long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                insert into projection_status (name, position, leader, updated_at) values (?, ?, ?, now())
                on conflict (name) do update
                  set position = excluded.position, leader = excluded.leader, updated_at = excluded.updated_at
                """)) {
            statement.setString(1, table);
            statement.setLong(2, position);
            statement.setString(3, node);
            statement.executeUpdate();
        }
        LogSignals.projected(connection, table, position);
    }

    /** Whether the session still answers. */
    boolean isHeld() {
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
            lock(connection, "pg_advisory_unlock", table);
        } catch (SQLException e) {
            log.debug("the lease's session ended by itself", e);
        }
    }
}
