package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.dynamodb.Clients.TABLE;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.key;
import static org.forgelog.dynamodb.Clients.n;
import static org.forgelog.dynamodb.Clients.s;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.forgelog.dynamodb.junit.EmbeddedDynamoDb;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Many operations at random, beside a map that is all a table is. */
@EmbeddedDynamoDb
class RandomOperationsTest {

    private final long seed = System.nanoTime() % 1_000_000;
    private final Random random = new Random(seed);
    private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> model = new HashMap<>();

    @Test
    void theTableAndItsIndexesAreWhatTheModelSays(DynamoDbClient client) {
        System.out.println("RandomOperationsTest: seed " + seed);
        Clients.createTable(client);
        for (int round = 0; round < 3_000; round++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> put(client);
                case 2 -> delete(client);
                case 3 -> update(client);
                case 4 -> batch(client);
                default -> transact(client);
            }
            if (round % 300 == 0) {
                check(client);
            }
        }
        check(client);
    }

    private Map<String, AttributeValue> randomItem() {
        Map<String, AttributeValue> item = item("p" + random.nextInt(4), "s" + random.nextInt(15));
        if (random.nextInt(3) > 0) {
            item.put("owner", s("o" + random.nextInt(3)));
        }
        if (random.nextInt(3) > 0) {
            item.put("rank", n(random.nextInt(20) - 10));
        }
        item.put("v", n(random.nextInt(1_000)));
        return item;
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        return key(item.get("pk").s(), item.get("sk").s());
    }

    private void put(DynamoDbClient client) {
        Map<String, AttributeValue> item = randomItem();
        boolean mustBeNew = random.nextBoolean();
        try {
            client.putItem(b ->
                    b.tableName(TABLE).item(item).conditionExpression(mustBeNew ? "attribute_not_exists(pk)" : null));
            assertThat(mustBeNew && model.containsKey(keyOf(item))).isFalse();
            model.put(keyOf(item), item);
        } catch (ConditionalCheckFailedException e) {
            assertThat(mustBeNew && model.containsKey(keyOf(item))).isTrue();
        }
    }

    private void delete(DynamoDbClient client) {
        Map<String, AttributeValue> key = keyOf(randomItem());
        client.deleteItem(b -> b.tableName(TABLE).key(key));
        model.remove(key);
    }

    private void update(DynamoDbClient client) {
        Map<String, AttributeValue> wanted = randomItem();
        Map<String, AttributeValue> key = keyOf(wanted);
        client.updateItem(b -> b.tableName(TABLE)
                .key(key)
                .updateExpression("SET v = :v REMOVE #o ADD #r :one")
                .expressionAttributeNames(Map.of("#o", "owner", "#r", "rank"))
                .expressionAttributeValues(Map.of(":v", wanted.get("v"), ":one", n(1))));
        Map<String, AttributeValue> after = new HashMap<>(model.getOrDefault(key, key));
        after.put("v", wanted.get("v"));
        after.remove("owner");
        after.merge("rank", n(1), (old, one) -> n(Long.parseLong(old.n()) + 1));
        model.put(key, after);
    }

    private void batch(DynamoDbClient client) {
        Map<Map<String, AttributeValue>, WriteRequest> writes = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            Map<String, AttributeValue> item = randomItem();
            if (writes.containsKey(keyOf(item))) {
                continue;
            }
            if (random.nextBoolean()) {
                writes.put(
                        keyOf(item),
                        WriteRequest.builder().putRequest(p -> p.item(item)).build());
                model.put(keyOf(item), item);
            } else {
                writes.put(
                        keyOf(item),
                        WriteRequest.builder()
                                .deleteRequest(d -> d.key(keyOf(item)))
                                .build());
                model.remove(keyOf(item));
            }
        }
        client.batchWriteItem(b -> b.requestItems(Map.of(TABLE, List.copyOf(writes.values()))));
    }

    private void transact(DynamoDbClient client) {
        Map<Map<String, AttributeValue>, TransactWriteItem> actions = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Map<String, AttributeValue> item = randomItem();
            if (actions.putIfAbsent(
                            keyOf(item),
                            TransactWriteItem.builder()
                                    .put(p -> p.tableName(TABLE).item(item))
                                    .build())
                    == null) {
                model.put(keyOf(item), item);
            }
        }
        client.transactWriteItems(b -> b.transactItems(actions.values()));
    }

    private void check(DynamoDbClient client) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> stored = new HashMap<>();
        client.scanPaginator(b -> b.tableName(TABLE)).items().forEach(item -> stored.put(keyOf(item), item));
        assertThat(stored).isEqualTo(model);
        for (int owner = 0; owner < 3; owner++) {
            AttributeValue name = s("o" + owner);
            List<Map<String, AttributeValue>> expected = model.values().stream()
                    .filter(item -> name.equals(item.get("owner")) && item.containsKey("rank"))
                    .sorted(Comparator.comparingLong(
                            item -> Long.parseLong(item.get("rank").n())))
                    .toList();
            List<Map<String, AttributeValue>> found = client
                    .queryPaginator(b -> b.tableName(TABLE)
                            .indexName("by-owner")
                            .keyConditionExpression("#o = :o")
                            .expressionAttributeNames(Map.of("#o", "owner"))
                            .expressionAttributeValues(Map.of(":o", name))
                            .limit(3))
                    .items()
                    .stream()
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(found.stream()
                            .map(item -> Long.parseLong(item.get("rank").n())))
                    .isSorted();
        }
    }

    @Test
    void countersAreExactWhoeverAddsAtOnce(DynamoDbClient client) throws Exception {
        Clients.createTable(client);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> adding = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                boolean transaction = t % 2 == 0;
                adding.add(threads.submit(() -> IntStream.range(0, 200).forEach(i -> add(client, transaction))));
            }
            for (Future<?> each : adding) {
                each.get();
            }
        }
        assertThat(client.getItem(b -> b.tableName(TABLE).key(key("a", "counter")))
                        .item()
                        .get("v"))
                .isEqualTo(n(1_600));
    }

    private static void add(DynamoDbClient client, boolean transaction) {
        if (transaction) {
            client.transactWriteItems(b -> b.transactItems(
                    TransactWriteItem.builder()
                            .update(u -> u.tableName(TABLE)
                                    .key(key("a", "counter"))
                                    .updateExpression("ADD v :one")
                                    .expressionAttributeValues(Map.of(":one", n(1))))
                            .build(),
                    TransactWriteItem.builder()
                            .put(p -> p.tableName(TABLE).item(item("a", "other")))
                            .build()));
        } else {
            client.updateItem(b -> b.tableName(TABLE)
                    .key(key("a", "counter"))
                    .updateExpression("ADD v :one")
                    .expressionAttributeValues(Map.of(":one", n(1))));
        }
    }

    @Test
    void anIndexThatIsAddedWhileItemsChangeHasAllOfThem(DynamoDbClient client) throws Exception {
        Clients.createTable(client);
        IntStream.range(0, 3_000)
                .forEach(i -> Clients.put(client, item("p" + i % 7, "s" + i, "color", s("c" + i % 3))));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer = threads.submit(() -> {
                Random own = new Random(seed);
                while (!over.get()) {
                    int i = own.nextInt(3_000);
                    if (own.nextInt(4) == 0) {
                        client.deleteItem(b -> b.tableName(TABLE).key(key("p" + i % 7, "s" + i)));
                    } else {
                        Clients.put(client, item("p" + i % 7, "s" + i, "color", s("c" + own.nextInt(3))));
                    }
                }
            });
            client.updateTable(b -> b.tableName(TABLE)
                    .attributeDefinitions(Clients.text("color"))
                    .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                            .create(c -> c.indexName("by-color")
                                    .keySchema(Clients.key("color", KeyType.HASH))
                                    .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
                            .build()));
            while (client.describeTable(b -> b.tableName(TABLE)).table().globalSecondaryIndexes().stream()
                    .anyMatch(index -> !"ACTIVE".equals(index.indexStatusAsString()))) {
                Thread.sleep(10);
            }
            over.set(true);
            writer.get();
        }
        Map<String, String> items = new TreeMap<>();
        client.scanPaginator(b -> b.tableName(TABLE))
                .items()
                .forEach(item -> items.put(item.get("sk").s(), item.get("color").s()));
        Map<String, String> indexed = new TreeMap<>();
        client.scanPaginator(b -> b.tableName(TABLE).indexName("by-color"))
                .items()
                .forEach(item -> {
                    assertThat(item).containsOnlyKeys("pk", "sk", "color");
                    assertThat(indexed.put(item.get("sk").s(), item.get("color").s()))
                            .isNull();
                });
        assertThat(indexed).isEqualTo(items);
    }
}
