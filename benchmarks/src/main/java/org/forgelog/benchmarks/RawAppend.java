package org.forgelog.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.engines.LocalPostgres;

/** Appends the events of a log once more, to a table like the log's: what the log alone costs, with nothing decided. */
final class RawAppend {

    private static final int AT_ONCE = 600;

    private static final String APPEND = PostgresEventStorageEngine.APPEND_LOCK
            + """
            ;
            insert into raw_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload, metadata,
                                   sequence_key, appended_at)
            select event_id::uuid, aggregate_type, aggregate_id, sequence_number::bigint, type, revision::int, payload::jsonb,
                   metadata::jsonb, sequence_key, appended_at::timestamptz
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 as e (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload, metadata,
                       sequence_key, appended_at);
            commit""";

    private RawAppend() {}

    static void run(LocalPostgres postgres) throws SQLException {
        try (Connection from = DriverManager.getConnection(postgres.jdbcUrl());
                Connection to = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = to.createStatement()) {
            statement.execute("create table raw_event (like domain_event including all)");
            from.setAutoCommit(false);
            to.setAutoCommit(false);
            long count = 0;
            long nanos = 0;
            try (PreparedStatement append = to.prepareStatement(APPEND);
                    Statement read = from.createStatement()) {
                read.setFetchSize(AT_ONCE);
                try (ResultSet rows = read.executeQuery(
                        "select event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload, metadata,"
                                + " sequence_key, appended_at from domain_event order by global_index")) {
                    for (List<String[]> events = next(rows); !events.isEmpty(); events = next(rows)) {
                        long start = System.nanoTime();
                        for (int column = 0; column < 10; column++) {
                            int at = column;
                            Object[] values =
                                    events.stream().map(event -> event[at]).toArray();
                            append.setArray(column + 1, to.createArrayOf("text", values));
                        }
                        append.execute();
                        nanos += System.nanoTime() - start;
                        count += events.size();
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "the same events appended as they are, %d at once: %,d at %,.0f/s%n",
                    AT_ONCE,
                    count,
                    count / (nanos / 1e9));
        }
    }

    private static List<String[]> next(ResultSet rows) throws SQLException {
        List<String[]> events = new ArrayList<>();
        while (events.size() < AT_ONCE && rows.next()) {
            String[] event = new String[10];
            for (int column = 0; column < event.length; column++) {
                event[column] = rows.getString(column + 1);
            }
            events.add(event);
        }
        return events;
    }
}
