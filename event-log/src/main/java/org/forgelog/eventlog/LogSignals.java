package org.forgelog.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
    /** How long one wait for signals lasts, and with it how long closing may take, in milliseconds. */
    private static final int POLL_MILLIS = 500;

    private static final Logger log = LoggerFactory.getLogger(LogSignals.class);

    private final DataSource dataSource;
    private final List<LongConsumer> appendedListeners = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> projectedListeners = new CopyOnWriteArrayList<>();
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

    /** Says, when the connection's transaction commits, that the table holds everything up to {@code position}. */
    public static void projected(Connection connection, long position) throws SQLException {
        send(connection, PROJECTED, position);
    }

    private static void send(Connection connection, String channel, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, channel);
            statement.setString(2, Long.toString(position));
            statement.execute();
        }
    }

    /** Calls {@code listener} with the position whenever events were appended. It must be quick and not throw. */
    public void onAppended(LongConsumer listener) {
        appendedListeners.add(listener);
    }

    /** Calls {@code listener} with the position whenever the table got further. It must be quick and not throw. */
    public void onProjected(LongConsumer listener) {
        projectedListeners.add(listener);
    }

    private void run() {
        while (!closed) {
            try (Connection opened = dataSource.getConnection()) {
                connection = opened;
                opened.setAutoCommit(true);
                try (Statement statement = opened.createStatement()) {
                    statement.execute("listen " + APPENDED);
                    statement.execute("listen " + PROJECTED);
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
        long projected = -1;
        for (PGNotification notification : notifications) {
            long position = Long.parseLong(notification.getParameter());
            if (notification.getName().equals(APPENDED)) {
                appended = Math.max(appended, position);
            } else {
                projected = position;
            }
        }
        tell(appendedListeners, appended);
        tell(projectedListeners, projected);
    }

    private static void tell(List<LongConsumer> listeners, long position) {
        if (position >= 0) {
            listeners.forEach(listener -> listener.accept(position));
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
