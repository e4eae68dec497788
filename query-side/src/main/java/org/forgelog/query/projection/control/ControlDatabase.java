package org.forgelog.query.projection.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.LogSignals;
import org.jspecify.annotations.Nullable;

/** Statements about what operators want, each in a transaction of its own. */
public final class ControlDatabase {

    private final DataSource dataSource;

    public ControlDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @FunctionalInterface
    public interface Row<T> {
        public T read(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    public interface Work<T> {
        public T in(Connection connection) throws SQLException;
    }

    public <T> List<T> query(String sql, Row<T> read, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection()) {
            return query(connection, sql, read, arguments);
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    public static <T> List<T> query(Connection connection, String sql, Row<T> read, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(read.read(rows));
                }
            }
            return all;
        }
    }

    /** Changes what is wanted, and tells all nodes. */
    public int change(String sql, @Nullable Object... arguments) {
        return inTransaction(connection -> update(connection, sql, arguments));
    }

    /** Changes what is of no interest to anybody at once. */
    public void quietly(String sql, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection()) {
            update(connection, sql, arguments);
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                LogSignals.tablesChanged(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    public static int update(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
