package org.forgelog.command.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/**
 * Many statements, of which those with the same text go to the server together: what is inserted first, what others refer to
 * before those; then what is changed, each text's in order; then what is deleted.
 *
 * <p>So this is not for a transaction that deletes something and makes it again, or gives a name away and uses it again. Texts
 * that set the same column must be the same.
 */
final class StatementBatches {

    private final List<String> first;
    private final SortedMap<Integer, Map<String, List<List<@Nullable Object>>>> phases = new TreeMap<>();

    /** @param first how the insertions begin that others refer to, in their order */
    StatementBatches(List<String> first) {
        this.first = first;
    }

    void add(String sql, List<@Nullable Object> parameters) {
        phases.computeIfAbsent(phase(sql), phase -> new LinkedHashMap<>())
                .computeIfAbsent(sql, text -> new ArrayList<>())
                .add(parameters);
    }

    private int phase(String sql) {
        for (int i = 0; i < first.size(); i++) {
            if (sql.startsWith(first.get(i))) {
                return i;
            }
        }
        return first.size() + (sql.startsWith("insert") ? 0 : sql.startsWith("update") ? 1 : 2);
    }

    boolean isEmpty() {
        return phases.isEmpty();
    }

    /** Sends all of them. */
    void send(Connection connection) throws SQLException {
        for (Map<String, List<List<@Nullable Object>>> phase : phases.values()) {
            for (Map.Entry<String, List<List<@Nullable Object>>> batch : phase.entrySet()) {
                try (PreparedStatement statement = connection.prepareStatement(batch.getKey())) {
                    for (List<@Nullable Object> parameters : batch.getValue()) {
                        int index = 0;
                        for (Object parameter : parameters) {
                            StatementCreatorUtils.setParameterValue(
                                    statement, ++index, SqlTypeValue.TYPE_UNKNOWN, parameter);
                        }
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
            }
        }
        phases.clear();
    }
}
