package org.forgelog.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every process how far log and table are, by PostgreSQL's LISTEN and NOTIFY. A signal is a hint that saves
 * waiting, never the only way to learn something: one may be lost while the connection is down, so whoever relies on
 * them looks for itself now and then.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY</a>
 */
public final class LogSignals implements AutoCloseable {

    /** The channel on which {@link #appended} speaks, for whoever appends and signals in one statement. */
    public static final String APPENDED = "forgelog_appended";

    private static final String PROJECTED = "forgelog_projected";
    private static final String TABLES = "forgelog_tables";
    /** Follows the name of the table that serves. */
    private static final String SERVING = "serving";
    /** How long one wait for signals lasts, and with it how long closing may take, in milliseconds. */
    private static final int POLL_MILLIS = 500;

    private static final Logger log = LoggerFactory.getLogger(LogSignals.class);

    private final DataSource dataSource;
    private final List<LongConsumer> appendedListeners = new CopyOnWriteArrayList<>();
    private final List<ProjectedListener> servingListeners = new CopyOnWriteArrayList<>();
    private final List<TableListener> tableListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> tablesListeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /** @param dataSource gives one connection, which is kept for as long as this lives */
    public LogSignals(DataSource dataSource) {
        this.dataSource = dataSource;
        this.thread = Thread.ofPlatform().daemon().name("log-signals").unstarted(this::run);
        this.thread.start();
    }

    /** Says, when the connection's transaction commits, that the log reaches to {@code position}. */
    public static void appended(Connection connection, long position) throws SQLException {
        send(connection, APPENDED, position);
    }

    /**
     * An expression that says, when the transaction commits, that a table holds everything of some slots up to a position.
     * Its parameters are position, table, table once more, and the slots' bits.
     */
    public static final String TELL_PROJECTED = "pg_notify('" + PROJECTED + "', concat_ws(' ', ?::bigint, ?, coalesce("
            + "(select state from projection_table where name = ? and state = 'serving'), 'beside'), ?::int))";

    /**
     * Says, when the connection's transaction commits, that {@code table} holds everything of {@code slots} up to
     * {@code position}.
     */
    public static void projected(Connection connection, String table, HashSlots slots, long position)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + TELL_PROJECTED)) {
            statement.setLong(1, position);
            statement.setString(2, table);
            statement.setString(3, table);
            statement.setInt(4, slots.bits());
            statement.execute();
        }
    }

    /** Says, when the connection's transaction commits, that operators want something else of the tables than before. */
    public static void tablesChanged(Connection connection) throws SQLException {
        send(connection, TABLES, 0);
    }

    private static void send(Connection connection, String channel, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, Long.toString(position));
            statement.execute();
        }
    }

    /** Hears that some slots of a table are at a position now. */
    @FunctionalInterface
    public interface ProjectedListener {
        void projected(HashSlots slots, long position);
    }

    private record TableListener(String table, ProjectedListener listener) {}

    /** Of one table and the same slots only the last signal counts. */
    private record Part(String table, HashSlots slots) {}

    /** Ends what a listener hears. */
    @FunctionalInterface
    public interface Subscription {
        void end();
    }

    /** Calls {@code listener} with the position whenever events were appended. It must be quick and not throw. */
    public Subscription onAppended(LongConsumer listener) {
        return listening(appendedListeners, listener);
    }

    /** Calls {@code listener} whenever the table that serves got further. It must be quick and not throw. */
    public Subscription onProjected(ProjectedListener listener) {
        return listening(servingListeners, listener);
    }

    /** Calls {@code listener} whenever {@code table} got further. It must be quick and not throw. */
    public Subscription onProjected(String table, ProjectedListener listener) {
        return listening(tableListeners, new TableListener(table, listener));
    }

    /** Calls {@code listener} whenever operators want something else of the tables. It must be quick and not throw. */
    public Subscription onTablesChanged(Runnable listener) {
        return listening(tablesListeners, listener);
    }

    private static <T> Subscription listening(List<T> listeners, T listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Whether it still listens, or tries to. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (!closed) {
            try (Connection opened = dataSource.getConnection()) {
                connection = opened;
                opened.setAutoCommit(true);
                try (Statement statement = opened.createStatement()) {
                    statement.execute("listen " + APPENDED);
                    statement.execute("listen " + PROJECTED);
                    statement.execute("listen " + TABLES);
                }
                PGConnection postgres = opened.unwrap(PGConnection.class);
                while (!closed) {
                    PGNotification[] notifications = postgres.getNotifications(POLL_MILLIS);
                    if (notifications != null) {
                        deliver(notifications);
                    }
                }
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    log.warn("signals are down, trying again: {}", e.getMessage());
                    pause();
                }
            } finally {
                connection = null;
            }
        }
    }

    private void deliver(PGNotification[] notifications) {
        long appended = -1;
        boolean tables = false;
        Map<Part, Long> projected = new LinkedHashMap<>();
        Set<String> serving = new HashSet<>();
        for (PGNotification notification : notifications) {
            String[] words = notification.getParameter().split(" ", -1);
            long position = Long.parseLong(words[0]);
            switch (notification.getName()) {
                case APPENDED -> appended = Math.max(appended, position);
                case TABLES -> tables = true;
                default -> {
                    projected.put(new Part(words[1], new HashSlots(Integer.parseInt(words[3]))), position);
                    if (words[2].equals(SERVING)) {
                        serving.add(words[1]);
                    }
                }
            }
        }
        if (appended >= 0) {
            for (LongConsumer listener : appendedListeners) {
                listener.accept(appended);
            }
        }
        projected.forEach((part, position) -> tell(part, position, serving.contains(part.table)));
        if (tables) {
            tablesListeners.forEach(Runnable::run);
        }
    }

    private void tell(Part part, long position, boolean serves) {
        if (serves) {
            servingListeners.forEach(listener -> listener.projected(part.slots, position));
        }
        for (TableListener told : tableListeners) {
            if (told.table().equals(part.table)) {
                told.listener().projected(part.slots, position);
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection open = connection;
        if (open != null) {
            try {
                open.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                log.debug("nothing to cancel", e);
            }
        }
        thread.interrupt();
    }
}
