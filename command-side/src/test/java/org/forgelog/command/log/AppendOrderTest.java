package org.forgelog.command.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.axonframework.eventsourcing.utils.EventStoreTestUtils.createEvent;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.forgelog.command.CommandNode;
import org.forgelog.command.Together;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AppendOrderTest {

    private static final int WRITERS = 8;
    private static final int EACH = 40;

    private static DataSource dataSource;

    @BeforeAll
    static void database() {
        dataSource = new DriverManagerDataSource(CommandNode.freshDatabase());
    }

    @BeforeEach
    void emptyLog() {
        JdbcClient.create(dataSource).sql("truncate domain_event cascade").update();
    }

    private static PostgresEventStorageEngine engine() {
        return engine(wait -> {});
    }

    private static PostgresEventStorageEngine engine(Consumer<Duration> lockWaits) {
        PostgresEventStorageEngine.Builder builder =
                PostgresEventStorageEngine.builder(dataSource).lockWaits(lockWaits);
        builder.eventSerializer(new TextSerializer()).snapshotSerializer(new TextSerializer());
        return builder.build();
    }

    @Test
    void givenAnAppendThatIsNotCommitted_thenNothingIsSaidOfTheTimeSince() {
        EventLogReader log = new EventLogReader(dataSource);
        PostgresEventStorageEngine engine = engine();
        Instant before = log.now();
        AtomicReference<Instant> meanwhile = new AtomicReference<>();
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> {
            engine.appendEvents(createEvent(0, Instant.parse("2001-02-03T04:05:06Z")));
            meanwhile.set(log.allVisibleBefore());
            assertThat(log.head()).isZero();
        });
        Instant appended = log.after(0, 1).getFirst().appendedAt();
        assertThat(appended).as("by the log's clock").isBetween(before, log.now());
        assertThat(meanwhile.get()).isBefore(appended);
        assertThat(log.allVisibleBefore()).isAfter(appended);
    }

    @Test
    void givenSomebodyWhoHoldsTheLock_thenTheAppendTellsHowLongItWaited() throws Exception {
        List<Duration> waits = new CopyOnWriteArrayList<>();
        PostgresEventStorageEngine engine = engine(waits::add);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        CompletableFuture<Void> append;
        try (Connection holder = dataSource.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(PostgresEventStorageEngine.APPEND_LOCK);
            append = CompletableFuture.runAsync(() ->
                    transaction.executeWithoutResult(status -> engine.appendEvents(createEvent(0, Instant.now()))));
            await().until(() -> JdbcClient.create(dataSource)
                            .sql("select count(*) from pg_locks where classid = 4674 and objid = 1 and not granted")
                            .query(Long.class)
                            .single()
                    == 1);
            statement.execute("select pg_sleep(0.2)");
            assertThat(waits).isEmpty();
            holder.rollback();
        }
        append.get();
        assertThat(waits).hasSize(1).first().matches(wait -> wait.toMillis() >= 200);
        transaction.executeWithoutResult(status -> engine.appendEvents(createEvent(1, Instant.now())));
        assertThat(waits).hasSize(2).last().matches(wait -> !wait.isNegative());
    }

    @Test
    void givenConcurrentWriters_whenReadingByPlainPosition_thenNoEventIsEverPassedBy() throws Exception {
        PostgresEventStorageEngine engine = engine();
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));

        CompletableFuture<List<String>> read = CompletableFuture.supplyAsync(() -> readAll(dataSource));
        Together.run(WRITERS, writer -> {
            for (int i = 0; i < EACH; i++) {
                long sequence = i;
                transaction.executeWithoutResult(status -> engine.appendEvents(
                        createEvent("writer-" + writer, 2 * sequence),
                        createEvent("writer-" + writer, 2 * sequence + 1)));
            }
            return writer;
        });

        List<String> seen = read.get();
        assertThat(seen).hasSize(2 * WRITERS * EACH).doesNotHaveDuplicates();
        assertThat(seen)
                .as("the events of one append in their order")
                .filteredOn(event -> event.startsWith("writer-0/"))
                .containsExactlyElementsOf(IntStream.range(0, 2 * EACH)
                        .mapToObj(sequence -> "writer-0/" + sequence)
                        .toList());
    }

    /** Always from the last position seen, never back. */
    private static List<String> readAll(DataSource dataSource) {
        EventLogReader log = new EventLogReader(dataSource);
        List<String> seen = new ArrayList<>();
        long position = 0;
        while (seen.size() < 2 * WRITERS * EACH) {
            long stored = log.countAfter(0);
            List<StoredEvent> batch;
            do {
                batch = log.after(position, 7);
                for (StoredEvent event : batch) {
                    seen.add(event.aggregateId() + "/" + event.sequenceNumber());
                    position = event.position();
                }
            } while (!batch.isEmpty());
            assertThat(seen).as("seen of those that were stored before").hasSizeGreaterThanOrEqualTo((int) stored);
        }
        return seen;
    }
}
