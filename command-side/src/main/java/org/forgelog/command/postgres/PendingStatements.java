package org.forgelog.command.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/**
 * Statements of a unit of work whose effect nobody needs yet. They wait for the next one that has to go to the server
 * anyway, and go before it, in one round trip: those of a command's directory with the append of its events.
 */
public final class PendingStatements {

    private static final String RESOURCE = PendingStatements.class.getName();
    /** More go by themselves: a text of its own for each long sequence would be prepared again and again. */
    private static final int MOST = 8;

    private record Pending(String sql, List<@Nullable Object> parameters) {}

    private final List<Pending> statements = new ArrayList<>();
    private @Nullable StatementBatches batches;

    /** Those of the unit of work; those of none where there is none, for nobody else to see. */
    public static PendingStatements current() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get()
                        .root()
                        .<PendingStatements>getOrComputeResource(RESOURCE, key -> new PendingStatements())
                : new PendingStatements();
    }

    /**
     * Has what comes from now on wait for as long as it can, and go in batches by text. For units of work that write much, and
     * neither delete something and make it again, nor give a name away and use it again.
     *
     * @param first how the insertions begin that others refer to, in their order
     */
    public void gather(List<String> first) {
        batches = new StatementBatches(first);
    }

    /** Has an update wait. */
    public void add(JdbcOperations jdbc, String sql, List<@Nullable Object> parameters) {
        if (batches != null) {
            batches.add(sql, parameters);
            return;
        }
        statements.add(new Pending(sql, parameters));
        if (statements.size() == MOST || !CurrentUnitOfWork.isStarted()) {
            flush(jdbc);
        }
    }

    /** Sends those that wait. */
    public void flush(JdbcOperations jdbc) {
        if (batches != null && !batches.isEmpty()) {
            jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                sendBatches(connection);
                return true;
            });
        }
        if (!statements.isEmpty()) {
            String sql = before("");
            jdbc.execute(sql, (PreparedStatementCallback<Boolean>) statement -> {
                bind(statement);
                return statement.execute();
            });
        }
    }

    /** Sends those that wait to go in batches. */
    public void sendBatches(Connection connection) throws SQLException {
        if (batches != null) {
            batches.send(connection);
        }
    }

    /** The text of those that wait, and after them {@code sql}. */
    public String before(String sql) {
        StringBuilder all = new StringBuilder();
        statements.forEach(pending -> all.append(pending.sql).append(";\n"));
        return all.append(sql).toString();
    }

    /**
     * Sets their parameters and takes them to be sent.
     *
     * @return how many parameters there are
     */
    public int bind(PreparedStatement statement) throws SQLException {
        int index = 0;
        for (Pending pending : statements) {
            for (Object parameter : pending.parameters) {
                StatementCreatorUtils.setParameterValue(statement, ++index, SqlTypeValue.TYPE_UNKNOWN, parameter);
            }
        }
        statements.clear();
        return index;
    }
}
