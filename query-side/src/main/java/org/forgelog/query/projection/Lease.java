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
 * with the session. A node that does not notice at once that it lost its session does no harm to a table that serves:
 * everything it writes there is conditional.
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
                return null;
            }
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
            statement.setString(1, "forgelog projection " + table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
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
