package org.forgelog.command.personal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What stays in files after rows were changed: PostgreSQL keeps old rows until their space is used again, and values that are
 * frequent in its statistics; the log of its changes has all of it until it is recycled; a store of the tables in this process
 * keeps what was deleted until it is compacted.
 */
public final class Remains {

    /** Takes what was deleted and replaced out of the files of stores that belong to this process. */
    @FunctionalInterface
    public interface Purge {

        /** Does it; answers whether PostgreSQL was among them. */
        boolean purge();
    }

    private static final Logger log = LoggerFactory.getLogger(Remains.class);

    /** Rewriting a table keeps everybody from it meanwhile: larger ones are left to an operator. */
    private static final long LARGEST = 256L << 20;

    private static final String IMPATIENT = "set lock_timeout = '5s'";

    private static final List<String> TABLES = List.of(
            "person_key",
            "account",
            "token",
            "repository_redirect",
            "invitation",
            "snapshot",
            "idempotency_record",
            "hook",
            "hook_delivery",
            "imported",
            "operator_action",
            "job",
            "discarded_event",
            "projection_retry",
            "table_verification");

    private static final List<String> OF_THE_DATABASE =
            List.of("vacuum full pg_statistic", "select pg_switch_wal()", "checkpoint");

    private final JdbcOperations jdbc;
    private final List<Purge> stores;

    public Remains(JdbcOperations jdbc, List<Purge> stores) {
        this.jdbc = jdbc;
        this.stores = stores;
    }

    /**
     * Removes them as far as this service may.
     *
     * @param ofTheLog whether events were rewritten
     * @return statements that are left to an operator
     */
    List<String> remove(boolean ofTheLog) {
        boolean done = false;
        for (Purge store : stores) {
            done |= store.purge();
        }
        if (done) {
            return List.of();
        }
        List<String> left = new ArrayList<>();
        TABLES.forEach(table -> rewrite(table, left));
        if (ofTheLog) {
            rewrite("domain_event", left);
        }
        OF_THE_DATABASE.forEach(statement -> execute(statement, left));
        return left;
    }

    private void rewrite(String table, List<String> left) {
        String statement = "vacuum (full, analyze) " + table;
        Long size = jdbc.queryForObject("select pg_total_relation_size(?::regclass)", Long.class, table);
        if (size != null && size > LARGEST) {
            left.add(statement);
        } else {
            execute(statement, left);
        }
    }

    private void execute(String sql, List<String> left) {
        boolean done =
                Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> execute(connection, sql)));
        if (!done) {
            left.add(sql);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(IMPATIENT);
                statement.execute(sql);
                return true;
            } catch (SQLException e) {
                log.debug("not allowed, or not now: {}", sql, e);
                return false;
            } finally {
                statement.execute("reset lock_timeout");
            }
        }
    }
}
