package org.forgelog.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.forgelog.command.log.PostgresEventStorageEngine;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventCodec.Encoded;
import org.forgelog.eventlog.EventLogSchema;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.PersonKeyStore;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What it costs that events say in cipher who people are: to write and read one, and to append one to a log that syncs. */
public final class EncryptionBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 2));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 4));
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789Z");

    private static final String APPEND = PostgresEventStorageEngine.APPEND_LOCK
            + """
            ;insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload,
                                       metadata, sequence_key, appended_at)
            values (?::uuid, 'x', ?, 0, ?, ?, ?::jsonb, '{}', 'r:1', now());commit""";

    private record Event(String name, LongFunction<DomainEvent> of) {}

    /** One with two fields, one with one, one with none. */
    private static final List<Event> EVENTS = List.of(
            new Event(
                    "account-registered",
                    n -> new AccountRegistered(
                            new AccountId(1), "octocat", AccountKind.USER, "octocat@example.com", false, AT)),
            new Event(
                    "repository-deleted",
                    n -> new RepositoryDeleted(new RepositoryId(n), new AccountId(1), "octocat", "hello", AT)),
            new Event(
                    "issue-opened",
                    n -> new IssueOpened(
                            new RepositoryId(1), n, n, new AccountId(1), "Issue", "Of the usual length.", AT)));

    private EncryptionBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-encryption");
        try (LocalPostgres postgres =
                LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")))) {
            DriverManagerDataSource dataSource = new DriverManagerDataSource(postgres.jdbcUrl());
            EventLogSchema.migrate(dataSource, true);
            PersonKeyStore keys = new PersonKeyStore(dataSource, new MasterKeys(List.of(MasterKeys.random())));
            keys.add(1);
            System.out.printf(
                    "%-20s %-9s | %9s %9s %6s | %8s %8s%n",
                    "event", "", "write us", "read us", "bytes", "append/s", "p50 ms");
            for (Event event : EVENTS) {
                measure(postgres, event, "plain", new EventCodec());
                measure(postgres, event, "encrypted", new EventCodec(keys));
            }
        }
    }

    private static void measure(LocalPostgres postgres, Event event, String name, EventCodec codec)
            throws InterruptedException, ExecutionException {
        Encoded encoded = codec.encode(event.of.apply(1));
        AtomicLong next = new AtomicLong();
        Load.Result write =
                Load.run(1, WARM_UP, MEASURED, t -> () -> codec.encode(event.of.apply(next.incrementAndGet())));
        Load.Result read = Load.run(
                1, WARM_UP, MEASURED, t -> () -> codec.decode(encoded.type(), encoded.revision(), encoded.json()));
        Load.Result append = Load.run(8, WARM_UP, MEASURED, t -> appending(postgres, codec, event, next));
        System.out.printf(
                Locale.ROOT,
                "%-20s %-9s | %9.2f %9.2f %6d | %8.0f %8.2f%n",
                event.name,
                name,
                1e6 / write.perSecond(),
                1e6 / read.perSecond(),
                encoded.json().length(),
                append.perSecond(),
                append.p50());
    }

    @SuppressWarnings("resource") // open for as long as the program runs
    private static Load.Operation appending(LocalPostgres postgres, EventCodec codec, Event event, AtomicLong next) {
        try {
            Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
            connection.setAutoCommit(false);
            PreparedStatement statement = connection.prepareStatement(APPEND);
            return () -> {
                String id = UUID.randomUUID().toString();
                Encoded encoded = codec.encode(event.of.apply(next.incrementAndGet()));
                statement.setString(1, id);
                statement.setString(2, id);
                statement.setString(3, encoded.type());
                statement.setInt(4, encoded.revision());
                statement.setString(5, encoded.json());
                statement.execute();
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
