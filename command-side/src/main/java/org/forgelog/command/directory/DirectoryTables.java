package org.forgelog.command.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.forgelog.command.postgres.PendingStatements;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The tables that are written to: the real ones, or copies of them.
 *
 * @param schema what stands before each table's name, with its dot; empty for the real tables
 */
record DirectoryTables(JdbcOperations jdbc, String schema) {

    /** Of the real tables, what rows of others refer to. */
    static final List<String> REFERENCED = List.of("insert into account ", "insert into repository ");

    /** @param sql has {@code @} before each table */
    void update(String sql, @Nullable Object... params) {
        PendingStatements.current().add(jdbc, sql.replace("@", schema), Arrays.asList(params));
    }

    /** As {@code Login.key()} and its like, but nothing that is stored is judged again. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
