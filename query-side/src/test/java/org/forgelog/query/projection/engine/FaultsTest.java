package org.forgelog.query.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.forgelog.query.Eventually.LONGEST;
import static org.forgelog.query.Eventually.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.operation.Faults.Fault;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
import org.forgelog.query.TestLog;
import org.forgelog.query.TestTable;
import org.forgelog.query.projection.batch.FoldedTable;
import org.forgelog.query.projection.batch.RandomHistory;
import org.forgelog.query.projection.segment.TableMembers;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The engine while much goes wrong: in the end the table is what the log says, item by item and count by count. A short
 * run as it is, a long one with {@code -Pfaults}; {@code -Dfaults.seed=...} makes the same happen again.
 */
@Order(1)
class FaultsTest {

    private static final int KILLS = Integer.getInteger("faults.kills", 5);
    private static final int EVENTS = Integer.getInteger("faults.events", 1_500);

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("faults.seed", 0) != 0 ? Long.getLong("faults.seed") : System.nanoTime() % 1_000_000;
    private final TestLog log = new TestLog();
    private final TestTable table = new TestTable();
    private final RandomHistory history = new RandomHistory(seed);

    @BeforeEach
    void tellTheSeed() {
        System.out.println("FaultsTest: seed " + seed);
    }

    @AfterEach
    void close() {
        table.close();
        log.close();
    }

    /** An engine in this process. */
    private final class Node implements AutoCloseable {

        private final DynamoDbClient client;
        private final LogSignals signals = new LogSignals(log.dataSource());
        private final ProjectionStatus status;
        private final ProjectionEngine engine;

        Node(Faults faults, ExecutionInterceptor... interceptors) {
            this(false, faults, interceptors);
        }

        Node(boolean inProcess, Faults faults, ExecutionInterceptor... interceptors) {
            client = FaultyClients.on(table.http(faults), interceptors);
            Table mine = new Table(client, TestTable.NAME);
            status = new ProjectionStatus(mine, log.reader(), signals, Duration.ofSeconds(60));
            engine = new ProjectionEngine(
                    log.dataSource(),
                    new EventCodec(),
                    signals,
                    mine,
                    table.schema(),
                    status,
                    new ProjectionEngine.Settings(8, true, inProcess, "alone", new SimpleMeterRegistry()),
                    ProjectionDirectives.NONE);
            status.start();
            engine.start();
        }

        void await() throws InterruptedException {
            assertThat(status.await(new Position(log.reader().head(), Set.of()), LONGEST))
                    .as("the table gets to the head of the log")
                    .isTrue();
        }

        @Override
        public void close() {
            engine.close();
            status.close();
            signals.close();
            client.close();
        }
    }

    private void write(int events) {
        for (int left = events; left > 0; left -= 25) {
            log.append(history.next(Math.min(25, left)));
        }
    }

    /** The table holds what folding the log event by event makes, and nothing else. */
    private void assertTableIsTheFoldedLog() {
        FoldedTable folded = new FoldedTable();
        log.reader().after(0, Integer.MAX_VALUE).forEach(event -> folded.fold(List.of(event)));
        Map<ItemKey, Item> expected = new HashMap<>(folded.items());
        expected.putAll(folded.edges());
        Map<ItemKey, Item> there = new HashMap<>();
        Map<ItemKey, Item> counts = new HashMap<>();
        table.everything().values().stream().map(Item::read).forEach(item -> {
            if (item.string(Attr.TYPE).equals("counts")) {
                counts.put(item.key(), item);
            } else if (!item.key().pk().matches("(LAB|MIL|ASG)#.*")) {
                there.put(item.key(), item);
            } else if (!item.isTombstone()) {
                there.put(item.key(), item.without(Attr.POS));
            }
        });
        assertThat(there.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (key, item) -> assertThat(there.get(key)).as(key.toString()).isEqualTo(item));
        assertThat(folded.counts())
                .as("counts")
                .isNotEmpty()
                .allSatisfy((key, names) -> names.forEach(
                        (name, count) -> assertThat(counts.get(key).number(name, 0))
                                .as(key + " " + name)
                                .isEqualTo(count)));
        assertThat(folded.counts().keySet()).as("counts").isEqualTo(counts.keySet());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverDynamoDbDoesTheTableIsTheFoldedLog(boolean inProcess) throws Exception {
        Faults faults = new Faults();
        faults.silence(FaultyClients.PATIENCE.plusMillis(100));
        faults.inject(seed, 0.05);
        write(EVENTS / 3);
        try (Node node = new Node(inProcess, faults)) {
            until(() -> node.status.isBuilt());
            write(EVENTS - EVENTS / 3);
            node.await();
            faults.heal();
            log.append(history.next(1));
            node.await();
        }
        System.out.println("FaultsTest: " + faults.happened());
        assertThat(faults.happened()).containsKeys(Fault.values());
        assertTableIsTheFoldedLog();
    }

    /** Nothing else goes wrong, or what is lost would come again for that. */
    @Test
    void whatIsLeftOverOfABatchIsWrittenToo() throws Exception {
        write(500);
        Faults faults = new Faults();
        faults.leaveOver();
        try (Node node = new Node(faults)) {
            node.await();
        }
        assertThat(faults.happened()).containsOnlyKeys(Fault.PARTIAL);
        assertTableIsTheFoldedLog();
    }

    /** Up to 10,000 events come again, some times over, while others come. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatComesAgainUnderLoadChangesNothing(boolean inProcess) throws Exception {
        Random random = new Random(seed);
        try (Node node = new Node(inProcess, new Faults())) {
            write(25);
            node.await();
            Thread writer = Thread.ofPlatform().start(() -> write(EVENTS - 25));
            try {
                for (int again = 0; again < KILLS; again++) {
                    long position = table.progress();
                    long target = Math.max(0, position - 1 - random.nextInt(10_000));
                    table.setBack(target);
                    // The engine notices by its next batch, and begins again from there.
                    until(() -> table.progress() > target || !writer.isAlive());
                }
            } finally {
                writer.join();
            }
            node.await();
        }
        assertTableIsTheFoldedLog();
    }

    @Test
    void whateverIsKilledWhereverTheTableIsTheFoldedLog() throws Exception {
        URI engine = table.endpoint();
        Random random = new Random(seed);
        Path output = folder.resolve("nodes.log");
        for (int kill = 0; kill < KILLS; kill++) {
            write(60);
            // Now and then one gets to the end, so that the next ones die on what came since.
            boolean arrives = kill % 4 == 3;
            int dieAt = arrives ? 0 : 4 + random.nextInt(120);
            Process node = FaultyNode.start("node-" + kill, log.url(), engine, dieAt, output);
            try {
                if (arrives) {
                    untilProjected(output);
                    continue;
                }
                // Some have less to do than it takes to get there; they are killed at any time.
                if (!node.waitFor(2_000 + random.nextInt(1_000), TimeUnit.MILLISECONDS)) {
                    write(60);
                }
            } finally {
                node.destroyForcibly().waitFor();
            }
        }
        Process last = FaultyNode.start("last", log.url(), engine, 0, output);
        try {
            untilProjected(output);
        } finally {
            last.destroyForcibly().waitFor();
        }
        assertTableIsTheFoldedLog();
    }

    private void untilProjected(Path output) throws Exception {
        long head = log.reader().head();
        try {
            until(() -> {
                return table.progress() == head;
            });
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(output), e);
        }
    }

    /** Takes as long as a node may be silent. */
    @Test
    @EnabledIfSystemProperty(named = "faults.all", matches = "true")
    void aFrozenNodeIsTakenOverFromAndDoesNoHarmWhenItComesBack() throws Exception {
        URI engine = table.endpoint();
        Path output = folder.resolve("nodes.log");
        write(200);
        Process frozen = FaultyNode.start("frozen", log.url(), engine, 0, output);
        Process heir = null;
        try {
            untilProjected(output);
            signal(frozen, "STOP");
            long since = System.nanoTime();
            write(200);
            heir = FaultyNode.start("heir", log.url(), engine, 0, output);
            untilProjected(output);
            System.out.println("FaultsTest: taken over after " + (System.nanoTime() - since) / 1_000_000 + " ms");
            assertThat(log.leader(TestTable.NAME)).isEqualTo("heir");
            signal(frozen, "CONT");
            until(() -> new TableMembers(log.dataSource()).of(TestTable.NAME).size() == 2);
            write(200);
            untilProjected(output);
            assertThat(frozen.isAlive()).isTrue();
        } finally {
            signal(frozen, "CONT");
            frozen.destroyForcibly().waitFor();
            if (heir != null) {
                heir.destroyForcibly().waitFor();
            }
        }
        assertTableIsTheFoldedLog();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Counts how items are written. */
    private static final class Requests implements ExecutionInterceptor {

        private final AtomicInteger alone = new AtomicInteger();
        private final AtomicInteger together = new AtomicInteger();

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof BatchWriteItemRequest) {
                together.incrementAndGet();
            } else if (context.request() instanceof PutItemRequest put
                    && put.item().containsKey(Attr.POS)) {
                alone.incrementAndGet();
            }
        }
    }

    @Test
    void onlyWhatIsNewToATableInThisProcessIsWrittenWithoutConditions() throws Exception {
        Requests requests = new Requests();
        try (Node node = new Node(true, new Faults(), requests)) {
            until(() -> node.status.isBuilt());
            write(25);
            node.await();
        }
        assertThat(requests.alone).hasValue(0);
        assertThat(requests.together).hasPositiveValue();

        Requests afterwards = new Requests();
        // An earlier worker may have written some of it.
        write(25);
        try (Node node = new Node(true, new Faults(), afterwards)) {
            node.await();
        }
        assertThat(afterwards.alone).hasPositiveValue();
        assertThat(afterwards.together).hasValue(0);

        Requests elsewhere = new Requests();
        try (Node node = new Node(false, new Faults(), elsewhere)) {
            node.await();
            write(25);
            node.await();
        }
        assertThat(elsewhere.alone).hasPositiveValue();
        assertThat(elsewhere.together).hasValue(0);
        assertTableIsTheFoldedLog();
    }

    /** Says that a write was done which was not, once in a while. */
    private static final class LosesWrites implements ExecutionInterceptor {

        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            if (context.request() instanceof PutItemRequest put
                    && put.item().containsKey(Attr.POS)
                    && writes.incrementAndGet() % 20 == 0) {
                return put.toBuilder()
                        .item(Map.of(
                                Keys.PK, Item.text("LOST"), Keys.SK, Item.text("LOST"), Attr.TYPE, Item.text("lost")))
                        .conditionExpression(null)
                        .expressionAttributeValues(null)
                        .build();
            }
            return context.request();
        }
    }

    @Test
    void anEngineThatLosesWritesIsNoticed() throws Exception {
        write(200);
        try (Node broken = new Node(new Faults())) {
            broken.await();
        }
        assertTableIsTheFoldedLog();
        try (Node broken = new Node(new Faults(), new LosesWrites())) {
            write(200);
            broken.await();
        }
        assertThatThrownBy(this::assertTableIsTheFoldedLog).isInstanceOf(AssertionError.class);
    }
}
