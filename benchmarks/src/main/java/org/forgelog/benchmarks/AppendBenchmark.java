package org.forgelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.eventlog.EventLogSchema;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What the append lock costs, and what it helps that the commit comes with the append: one event a transaction, on a
 * PostgreSQL that syncs.
 */
public final class AppendBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 3));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 5));

    private static final String INSERT =
            """
            insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload,
                                      metadata, sequence_key, appended_at)
            values (?::uuid, 'issue', ?, 0, 'issue-opened', 1, '{"title": "Issue", "body": "Of the usual length."}', '{}',
                    'r:1', now())""";

    private enum Way {
        WITHOUT_LOCK(INSERT, false),
        LOCK_THEN_COMMIT(PostgresEventStorageEngine.APPEND_LOCK + ";" + INSERT, false),
        LOCK_WITH_COMMIT(PostgresEventStorageEngine.APPEND_LOCK + ";" + INSERT + ";commit", true);

        private final String sql;
        private final boolean commits;

        Way(String sql, boolean commits) {
            this.sql = sql;
            this.commits = commits;
        }
    }

    private AppendBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-appends");
        try (LocalPostgres postgres =
                LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")))) {
            EventLogSchema.migrate(new DriverManagerDataSource(postgres.jdbcUrl()), true);
            System.out.printf("%-18s %11s | %7s %8s %8s%n", "way", "connections", "per s", "p50 ms", "p99 ms");
            for (int connections : List.of(1, 8, 32)) {
                for (Way way : Way.values()) {
                    Load.Result result = Load.run(connections, WARM_UP, MEASURED, t -> appending(postgres, way));
                    System.out.printf(
                            Locale.ROOT,
                            "%-18s %11d | %7.0f %8.2f %8.2f%n",
                            way,
                            connections,
                            result.perSecond(),
                            result.p50(),
                            result.p99());
                }
            }
        }
    }

    @SuppressWarnings("resource") // open for as long as the program runs
    private static Load.Operation appending(LocalPostgres postgres, Way way) {
        try {
            Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
            connection.setAutoCommit(false);
            PreparedStatement statement = connection.prepareStatement(way.sql);
            return () -> {
                String id = UUID.randomUUID().toString();
                statement.setString(1, id);
                statement.setString(2, id);
                statement.execute();
                if (!way.commits) {
                    connection.commit();
                }
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
