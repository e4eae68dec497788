package org.forgelog.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The embedded DynamoDB through the AWS SDK in process, beside the same protocol on a naive store, a {@code
 * ConcurrentSkipListMap} in memory: calls a second, quantiles, and processor time of a call with all that goes on beside
 * it. Items have 25 attributes and, where said, entries in four indexes.
 */
public final class EngineBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUp", 8));
    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("measured", 6));
    private static final int THREADS = Integer.getInteger("threads", 2);
    private static final int ITEMS = Integer.getInteger("items", 20_000);
    private static final boolean NAIVE = !Boolean.getBoolean("withoutNaive");

    /** A part of the names of the operations that are wanted. */
    private static final String ONLY = System.getProperty("only", "");

    private static final String TABLE = "benchmark";
    private static final int INDEXES = 4;
    private static final int PARTITION = 30;
    private static final int TRANSACTION = 10;

    private final DynamoDbClient client;
    private final AtomicLong next = new AtomicLong();

    private EngineBenchmark(DynamoDbClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("engine-benchmark");
        try (DynamoDbEngine durable = DynamoDbEngine.at(folder.resolve("store")).open();
                DynamoDbEngine naive = DynamoDbEngine.inMemory().openOn(new NaiveStore())) {
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %10s %8s %8s %10s%n",
                    ITEMS + " items, " + THREADS + " threads",
                    "per s",
                    "p50 ms",
                    "p99 ms",
                    "cpu us");
            new EngineBenchmark(client(durable)).run("embedded");
            if (NAIVE) {
                new EngineBenchmark(client(naive)).run("naive");
            }
        }
    }

    private static DynamoDbClient client(DynamoDbEngine engine) {
        return DynamoDbClient.builder()
                .httpClient(engine.httpClient())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    private void run(String name) throws Exception {
        createTable();
        for (int i = 0; i < ITEMS; i++) {
            put(i, true);
        }
        next.set(ITEMS);
        row(
                name,
                "GetItem",
                () -> client.getItem(b ->
                        b.tableName(TABLE).key(key(ThreadLocalRandom.current().nextLong(ITEMS)))));
        row(name, "Query of 30, an index", () -> query("index1", "g1"));
        row(name, "Query of 30, the table", () -> query(null, "pk"));
        row(name, "PutItem, new, 4 indexes", () -> put(next.getAndIncrement(), true));
        row(
                name,
                "PutItem, changed, 4 indexes",
                () -> put(ThreadLocalRandom.current().nextLong(ITEMS), true));
        row(name, "PutItem, no index", () -> put(next.getAndIncrement(), false));
        row(name, "TransactWriteItems of 10", () -> transact(false));
        row(name, "TransactWriteItems of 10, 4 indexes", () -> transact(true));
    }

    private void createTable() {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(attribute("pk"), attribute("sk")));
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (int i = 1; i <= INDEXES; i++) {
            String partition = "g" + i;
            String sort = "s" + i;
            attributes.add(attribute(partition));
            attributes.add(attribute(sort));
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName("index" + i)
                    .keySchema(key(partition, KeyType.HASH), key(sort, KeyType.RANGE))
                    .projection(p -> p.projectionType(ProjectionType.ALL))
                    .build());
        }
        client.createTable(b -> b.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .globalSecondaryIndexes(indexes));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static Map<String, AttributeValue> key(long n) {
        return Map.of("pk", text("p" + n / PARTITION), "sk", text(String.format(Locale.ROOT, "s%09d", n)));
    }

    private static Map<String, AttributeValue> item(long n, boolean indexed) {
        Map<String, AttributeValue> item = new HashMap<>(key(n));
        for (int i = 1; i <= INDEXES && indexed; i++) {
            item.put("g" + i, text("g" + i + "#" + n / PARTITION));
            item.put("s" + i, text("0#" + n + "#" + ThreadLocalRandom.current().nextInt(1_000)));
        }
        for (int i = item.size(); i < 25; i++) {
            item.put("attribute" + i, text("a value of some length " + i));
        }
        return item;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private void put(long n, boolean indexed) {
        client.putItem(b -> b.tableName(TABLE).item(item(n, indexed)));
    }

    private void query(@Nullable String index, String attribute) {
        long partition = ThreadLocalRandom.current().nextLong(ITEMS / PARTITION);
        int count = client.query(b -> b.tableName(TABLE)
                        .indexName(index)
                        .keyConditionExpression("#p = :p")
                        .expressionAttributeNames(Map.of("#p", attribute))
                        .expressionAttributeValues(
                                Map.of(":p", text(index == null ? "p" + partition : "g1#" + partition)))
                        .limit(PARTITION))
                .count();
        if (count != PARTITION) {
            throw new IllegalStateException(count + " items instead of " + PARTITION);
        }
    }

    private void transact(boolean indexed) {
        long first = next.getAndAdd(TRANSACTION);
        List<TransactWriteItem> actions = new ArrayList<>();
        for (long n = first; n < first + TRANSACTION; n++) {
            Map<String, AttributeValue> item = item(n, indexed);
            actions.add(TransactWriteItem.builder()
                    .put(p -> p.tableName(TABLE).item(item).conditionExpression("attribute_not_exists(pk)"))
                    .build());
        }
        client.transactWriteItems(b -> b.transactItems(actions));
    }

    private static void row(String engine, String what, Load.Operation operation) throws Exception {
        if (!what.contains(ONLY)) {
            return;
        }
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Load.run(THREADS, Duration.ZERO, WARM_UP, thread -> operation);
        long before = system.getProcessCpuTime();
        Load.Result result = Load.run(THREADS, Duration.ZERO, MEASURED, thread -> operation);
        double micros = (system.getProcessCpuTime() - before) / 1_000.0 / result.calls();
        System.out.printf(
                Locale.ROOT,
                "%-34s %10.0f %8.3f %8.3f %10.1f%n",
                engine + ": " + what,
                result.perSecond(),
                result.p50(),
                result.p99(),
                micros);
    }
}
