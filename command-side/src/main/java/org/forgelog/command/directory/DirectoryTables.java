package org.forgelog.command.directory;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables that are written to: the real ones, or copies of them.
 *
 * @param schema what stands before each table's name, with its dot; empty for the real tables
 */
record DirectoryTables(JdbcClient jdbc, String schema) {

    /** @param sql has {@code @} before each table */
    void update(String sql, @Nullable Object... params) {
        jdbc.sql(sql.replace("@", schema)).params(Arrays.asList(params)).update();
    }

    /** As {@code Login.key()} and its like, but nothing that is stored is judged again. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
