package org.forgelog.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogSchema;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * How long a replay takes, beside the least it could take: reading the log once and writing the final items once, by the
 * way that is quickest, of all combinations of connections and requests, for some of them; and beside the naive way, which reads and writes the
 * items of each event by itself. A third of all events is in one repository.
 */
public final class ReplayBenchmark {

    private static final int EVENTS = Integer.getInteger("events", 20_000);
    private static final int REPEATS = Integer.getInteger("repeats", 3);
    /** To see in how little memory a replay goes on, whatever the length of the log. */
    private static final boolean REPLAYS_ONLY = Boolean.getBoolean("replaysOnly");

    private static final int SAMPLE = 1_500;
    /** Items by which the quickest way to write them is found. */
    private static final int TRIED = 5_000;

    private static final int REPOSITORIES = 40;
    private static final int ACCOUNTS = 200;

    private final DataSource dataSource;
    private final DynamoDbEngine dynamoDb;

    private ReplayBenchmark(DataSource dataSource, DynamoDbEngine dynamoDb) {
        this.dataSource = dataSource;
        this.dynamoDb = dynamoDb;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("forgelog-benchmark");
        try (LocalPostgres postgres =
                        LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("postgres")));
                DynamoDbEngine dynamoDb =
                        DynamoDbEngine.at(folder.resolve("dynamodb")).open()) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(postgres.jdbcUrl());
            EventLogSchema.migrate(dataSource, true);
            ReplayBenchmark benchmark = new ReplayBenchmark(dataSource, dynamoDb);
            benchmark.fill();
            benchmark.run();
        }
    }

    private void fill() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Appender log = new Appender(connection)) {
                history(log);
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze domain_event");
            }
        }
    }

    private static void history(Appender log) throws SQLException {
        Instant start = Instant.now().minus(Duration.ofDays(1));
        for (int account = 1; account <= ACCOUNTS; account++) {
            log.append(new AccountRegistered(
                    new AccountId(account), "user-" + account, AccountKind.USER, null, false, start));
        }
        for (int repository = 1; repository <= REPOSITORIES; repository++) {
            AccountId owner = new AccountId(repository);
            log.append(new RepositoryCreated(
                    new RepositoryId(repository),
                    owner,
                    "user-" + repository,
                    "repo-" + repository,
                    RepositorySettings.DEFAULT,
                    null,
                    Numbering.SEPARATE,
                    owner,
                    start));
        }
        long[] numbers = new long[REPOSITORIES + 1];
        for (int i = 0; log.appended < EVENTS; i++) {
            int repository = i % 3 == 0 ? 1 : 1 + i % REPOSITORIES;
            AccountId actor = new AccountId(1 + i % ACCOUNTS);
            RepositoryId id = new RepositoryId(repository);
            Instant at = start.plusMillis(i * 10L);
            if (i % 5 == 4 && i / 5 < ACCOUNTS * REPOSITORIES) {
                log.append(new RepositoryStarred(
                        new AccountId(1 + i / 5 % ACCOUNTS), new RepositoryId(1 + i / 5 / ACCOUNTS), at));
                continue;
            }
            if (i % 4 == 3 && numbers[repository] > 0) {
                log.append(new IssueClosed(id, numbers[repository], CloseReason.COMPLETED, actor, at));
            }
            numbers[repository]++;
            log.append(opened(id, numbers[repository], i, actor, at));
        }
    }

    /** Appends events to the log, many at once. */
    private static final class Appender implements AutoCloseable {

        private final EventCodec codec = new EventCodec();
        private final PreparedStatement insert;
        private int appended;

        Appender(Connection connection) throws SQLException {
            insert = connection.prepareStatement(
                    """
                    insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                      payload, metadata, sequence_key, appended_at)
                    values (?, 'benchmark', ?, 0, ?, ?, ?::jsonb, '{}', ?, ?)
                    """);
        }

        void append(DomainEvent event) throws SQLException {
            EventCodec.Encoded encoded = codec.encode(event);
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, "benchmark-" + appended++);
            insert.setString(3, encoded.type());
            insert.setInt(4, encoded.revision());
            insert.setString(5, encoded.json());
            insert.setString(6, event.sequenceKey());
            insert.setTimestamp(7, Timestamp.from(Instant.now()));
            insert.addBatch();
            if (appended % 1_000 == 0) {
                insert.executeBatch();
            }
        }

        @Override
        public void close() throws SQLException {
            try (insert) {
                insert.executeBatch();
            }
        }
    }

    private static IssueOpened opened(RepositoryId repository, long number, int i, AccountId author, Instant at) {
        return new IssueOpened(
                repository,
                number,
                1_000_000L + i,
                author,
                "Issue number " + i,
                "There is a typo on line 3. ".repeat(6),
                at);
    }

    private void run() throws Exception {
        System.out.printf(Locale.ROOT, "%,d events; medians of %d%n", EVENTS, REPEATS);
        if (REPLAYS_ONLY) {
            List<Double> seconds = new ArrayList<>();
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                seconds.add(engine(false).seconds());
            }
            System.out.printf(
                    Locale.ROOT,
                    "replay %.2f s, %,.0f events/s, in a heap of %d MB%n",
                    median(seconds),
                    EVENTS / median(seconds),
                    Runtime.getRuntime().maxMemory() >> 20);
            return;
        }
        Replay first = engine(true);
        System.out.printf(Locale.ROOT, "the first replay, cold: %.2f s%n", first.seconds());
        List<Map<String, AttributeValue>> items = first.items();
        Way best = best(items.subList(0, Math.min(items.size(), TRIED)));
        List<Double> replays = new ArrayList<>();
        List<Double> reads = new ArrayList<>();
        List<Double> writes = new ArrayList<>();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            replays.add(engine(false).seconds());
            reads.add(read());
            writes.add(write(items, best));
        }
        double replay = median(replays);
        double least = median(reads) + median(writes);
        double naive = naive(items) * EVENTS;
        System.out.printf(
                Locale.ROOT,
                "items %,d%nreplay %.2f s, %,.0f events/s%nreading the log once %.2f s, writing the items once %.2f s (%s)%n"
                        + "replay / least: %.2f%nnaive, from %,d events: %.1f s; naive / replay: %.1f%n",
                items.size(),
                replay,
                EVENTS / replay,
                median(reads),
                median(writes),
                best,
                replay / least,
                SAMPLE,
                naive,
                naive / replay);
    }

    /** A way to write many items: so many requests at once, each with so many items. */
    private record Way(int connections, int size, boolean transaction) {

        @Override
        public String toString() {
            return connections + " x " + (transaction ? "transaction" : "batch") + " of " + size;
        }
    }

    /** The quickest way for some of the items. */
    private Way best(List<Map<String, AttributeValue>> items) throws Exception {
        Map<Way, List<Double>> seconds = new HashMap<>();
        for (int repeat = 0; repeat < 3; repeat++) {
            for (int connections : List.of(1, 2, 4, 8)) {
                for (Way way : List.of(
                        new Way(connections, 25, false),
                        new Way(connections, 50, true),
                        new Way(connections, 100, true))) {
                    seconds.computeIfAbsent(way, k -> new ArrayList<>()).add(write(items, way));
                }
            }
        }
        return seconds.entrySet().stream()
                .min(Comparator.comparingDouble(entry -> median(entry.getValue())))
                .orElseThrow()
                .getKey();
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private DynamoDbClient client() {
        return DynamoDbClient.builder()
                .httpClient(dynamoDb.httpClient())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private record Replay(double seconds, List<Map<String, AttributeValue>> items) {}

    /** @param told whether the items are wanted that it makes */
    private Replay engine(boolean told) throws Exception {
        try (DynamoDbClient client = client();
                LogSignals signals = new LogSignals(dataSource)) {
            Table table = new Table(client, "replay");
            TableSchema schema = new TableSchema(client, "replay", true);
            schema.ensure();
            EventLogReader reader = new EventLogReader(dataSource);
            long start = System.nanoTime();
            try (ProjectionStatus watch = new ProjectionStatus(table, reader, signals, Duration.ofSeconds(60));
                    ProjectionEngine engine =
                            new ProjectionEngine(dataSource, new EventCodec(), signals, table, schema, watch, 16)) {
                Map<ItemKey, Map<String, AttributeValue>> written = new ConcurrentHashMap<>();
                if (told) {
                    engine.onWritten(item -> written.put(item.key(), item.attributes()));
                }
                watch.start();
                engine.start();
                long mark = 10_000;
                while (!watch.isBuilt()) {
                    if (REPLAYS_ONLY && watch.position() >= mark) {
                        System.out.printf(
                                Locale.ROOT,
                                "%,d events after %.1f s, %d MB of heap left after the last collection%n",
                                mark,
                                (System.nanoTime() - start) / 1e9,
                                left() >> 20);
                        mark = mark < 100_000 ? 100_000 : mark + 100_000;
                    }
                    Thread.sleep(2);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                return new Replay(seconds, List.copyOf(written.values()));
            } finally {
                schema.delete();
            }
        }
    }

    /** What the last collection left of the heap, in bytes. */
    private static long left() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private double read() {
        EventLogReader reader = new EventLogReader(dataSource);
        long start = System.nanoTime();
        long position = 0;
        while (true) {
            var events = reader.after(position, 1_000);
            if (events.isEmpty()) {
                return (System.nanoTime() - start) / 1e9;
            }
            position = events.getLast().position();
        }
    }

    private double write(List<Map<String, AttributeValue>> items, Way way) throws Exception {
        try (DynamoDbClient client = client()) {
            TableSchema schema = new TableSchema(client, "raw", true);
            schema.ensure();
            long start = System.nanoTime();
            try (ExecutorService threads = Executors.newFixedThreadPool(way.connections())) {
                List<Future<?>> tasks = new ArrayList<>();
                for (int i = 0; i < items.size(); i += way.size()) {
                    List<Map<String, AttributeValue>> part = items.subList(i, Math.min(items.size(), i + way.size()));
                    tasks.add(threads.submit(() -> write(client, part, way.transaction())));
                }
                for (Future<?> task : tasks) {
                    get(task);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            schema.delete();
            return seconds;
        }
    }

    private static void get(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void write(DynamoDbClient client, List<Map<String, AttributeValue>> items, boolean transaction) {
        if (transaction) {
            client.transactWriteItems(b -> b.transactItems(items.stream()
                    .map(item -> TransactWriteItem.builder()
                            .put(Put.builder().tableName("raw").item(item).build())
                            .build())
                    .toList()));
        } else {
            client.batchWriteItem(b -> b.requestItems(Map.of(
                    "raw",
                    items.stream()
                            .map(item -> WriteRequest.builder()
                                    .putRequest(PutRequest.builder().item(item).build())
                                    .build())
                            .toList())));
        }
    }

    /** Seconds for each event when it is read and its two items are read and written, one after the other. */
    private double naive(List<Map<String, AttributeValue>> items) {
        try (DynamoDbClient client = client()) {
            TableSchema schema = new TableSchema(client, "raw", true);
            schema.ensure();
            EventLogReader reader = new EventLogReader(dataSource);
            long start = System.nanoTime();
            for (int i = 0; i < SAMPLE; i++) {
                reader.after(i, 1);
                for (int n = 0; n < 2; n++) {
                    Map<String, AttributeValue> item = items.get((i * 2 + n) % items.size());
                    Map<String, AttributeValue> key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
                    client.getItem(b -> b.tableName("raw").key(key).consistentRead(true));
                    client.putItem(b -> b.tableName("raw").item(item));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            schema.delete();
            return seconds / SAMPLE;
        }
    }
}
