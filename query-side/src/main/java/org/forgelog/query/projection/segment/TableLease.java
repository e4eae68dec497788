package org.forgelog.query.projection.segment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.projection.control.NodeRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's right to project into a table: advisory locks of one PostgreSQL session, which end with the session. The lock on
 * the table is shared by all who follow the log with it; whoever builds, replays or removes it holds it alone. Beside it
 * there is a lock for each slot. The session of a node that was silent for too long is ended by whoever wants its locks: the
 * node may be frozen, or gone with its machine while PostgreSQL still waits for it. A node that does not notice at once that
 * it lost its session does no harm to a table that serves: everything it writes there is conditional.
 */
public final class TableLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableLease.class);

    /** That a lock is the one whose key, as text, follows as a parameter. */
    private static final String IS_LOCK =
            """
            l.locktype = 'advisory' and l.objsubid = 1 and l.granted
              and l.database = (select oid from pg_database where datname = current_database())
              and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(?, 0)
            """;

    /** Together, since it is done for each batch. */
    private static final String ANNOUNCE =
            """
            with moved as (
                update projection_member set slots = ?, position = ?, updated_at = now()
                where table_name = ? and node = ?)
            select """
                    + " " + LogSignals.TELL_PROJECTED;

    private final Connection connection;
    private final String table;
    private final String node;
    private boolean exclusive;
    private HashSlots slots = HashSlots.NONE;

    private TableLease(Connection connection, String table, String node) {
        this.connection = connection;
        this.table = table;
        this.node = node;
    }

    /** A lease for {@code table}, exclusive where nobody else has one; {@code null} while another node's is exclusive. */
    public static @Nullable TableLease tryAcquire(DataSource dataSource, String table, String node)
            throws SQLException {
        Connection connection = dataSource.getConnection();
        TableLease lease = new TableLease(connection, table, node);
        boolean acquired = false;
        try {
            connection.setAutoCommit(true);
            lease.register();
            acquired = lease.tryExclusive() || lease.lock("pg_try_advisory_lock_shared", lease.tableKey());
            if (!acquired) {
                return null;
            }
            try (Statement statement = connection.createStatement()) {
                // What this session writes can be computed again; it need not wait for the disk.
                statement.execute("set synchronous_commit = off");
            }
            return lease;
        } finally {
            if (!acquired) {
                connection.close();
            }
        }
    }

    private boolean tryExclusive() throws SQLException {
        exclusive = lock("pg_try_advisory_lock", tableKey()) || endSilent() && lock("pg_try_advisory_lock", tableKey());
        return exclusive;
    }

    /** Whether no other node has a lease for the table. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** Lets other nodes have a lease, too. */
    public void share() throws SQLException {
        lock("pg_try_advisory_lock_shared", tableKey());
        lock("pg_advisory_unlock", tableKey());
        exclusive = false;
    }

    /** The slots that this node has. */
    public HashSlots slots() {
        return slots;
    }

    /** Gets as many of {@code wanted} as are free; answers those that this node has not had before. */
    public HashSlots take(HashSlots wanted) throws SQLException {
        HashSlots before = slots;
        boolean ended = false;
        for (int slot : wanted.minus(slots).stream().toArray()) {
            boolean taken = lock("pg_try_advisory_lock", slotKey(slot));
            if (!taken && !ended) {
                ended = true;
                taken = endSilent() && lock("pg_try_advisory_lock", slotKey(slot));
            }
            slots = taken ? slots.plus(HashSlots.one(slot)) : slots;
        }
        HashSlots taken = slots.minus(before);
        if (taken.size() > 0) {
            update(
                    "update projection_member set slots = slots & ~? where table_name = ? and node <> ?",
                    taken.bits(),
                    table,
                    node);
        }
        return taken;
    }

    /** Gives slots back. */
    public void release(HashSlots given) throws SQLException {
        slots = slots.minus(given);
        update("update projection_member set slots = ? where table_name = ? and node = ?", slots.bits(), table, node);
        for (int slot : given.stream().toArray()) {
            lock("pg_advisory_unlock", slotKey(slot));
        }
    }

    /** The nodes that have a lease for the table and give signs of life, this one among them. */
    public List<String> nodes() throws SQLException {
        List<String> nodes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select distinct m.node from projection_member m
                join pg_locks l on l.pid = m.pid and %s
                left join projection_node n on n.name = m.node
                where m.table_name = ? and (m.node = ? or n.seen_at > now() - %s)
                """
                        .formatted(IS_LOCK, NodeRegistry.ALIVE))) {
            statement.setString(1, tableKey());
            statement.setString(2, table);
            statement.setString(3, node);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    nodes.add(rows.getString(1));
                }
            }
        }
        return nodes;
    }

    private String tableKey() {
        return "forgelog projection " + table;
    }

    /** DynamoDB takes no space in a table's name. */
    private String slotKey(int slot) {
        return tableKey() + " slot " + slot;
    }

    private boolean lock(String function, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(hashtextextended(?, 0))::text")) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return "true".equals(row.getString(1));
            }
        }
    }

    /** Before any lock, so that a node that freezes right away can be told by its silence. */
    private void register() throws SQLException {
        update(
                """
                insert into projection_member (table_name, node, pid, slots, updated_at)
                values (?, ?, pg_backend_pid(), 0, now())
                on conflict (table_name, node) do update
                  set pid = excluded.pid, slots = 0, position = null, updated_at = excluded.updated_at
                """,
                table,
                node);
    }

    /** Ends the sessions of nodes that were silent for too long, by PostgreSQL's clock; answers whether there were any. */
    private boolean endSilent() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select m.node, pg_terminate_backend(l.pid, 1000)
                from projection_member m
                join projection_node n on n.name = m.node and n.seen_at <= now() - %s
                join pg_locks l on l.pid = m.pid and %s
                where m.table_name = ? and m.pid <> pg_backend_pid()
                """
                        .formatted(NodeRegistry.ALIVE, IS_LOCK))) {
            statement.setString(1, tableKey());
            statement.setString(2, table);
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

    /** Tells everybody how far this node's slots are. Fails when the session, and with it the lease, is gone. */
    public void announce(HashSlots which, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANNOUNCE)) {
            bind(statement, which.bits(), position, table, node, position, table, table, which.bits());
            statement.execute();
        }
    }

    private void update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
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
            update("delete from projection_member where table_name = ? and node = ?", table, node);
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            log.debug("the lease's session ended by itself", e);
        }
    }
}
