package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.dynamodb.Clients.TABLE;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.key;
import static org.forgelog.dynamodb.Clients.n;
import static org.forgelog.dynamodb.Clients.s;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The engine is killed at random moments while several clients write. A model knows for each item what was acknowledged
 * last and what may have been written without an answer: the store must be one of the two, whole transactions at a time,
 * and its index must agree with its items. 100 times with {@code -Pfaults}.
 */
class KillTest {

    private static final int KILLS = Math.max(3, Integer.getInteger("faults.kills", 3) / 2);
    private static final int WRITERS = 4;
    private static final int ITEMS = 20;

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime() % 1_000_000;

    /** The items of one writer, which always come in pairs with the same version: written by one transaction. */
    private static final class Model {

        private final int writer;
        private final Map<String, Long> acknowledged = new TreeMap<>();
        private final Map<String, Long> unknown = new TreeMap<>();
        private long version;

        Model(int writer) {
            this.writer = writer;
        }

        /** Writes until the engine is gone. */
        void write(DynamoDbClient client, Random random) {
            try {
                while (true) {
                    String pair = "pair-" + random.nextInt(ITEMS);
                    boolean delete = random.nextInt(5) == 0;
                    long next = delete ? -1 : ++version;
                    unknown.put(pair, next);
                    client.transactWriteItems(b ->
                            b.transactItems(action(pair, "left", next, delete), action(pair, "right", next, delete)));
                    unknown.remove(pair);
                    acknowledged.put(pair, next);
                }
            } catch (SdkException gone) {
                // It was killed; whether the last transaction was made nobody knows.
            }
        }

        private TransactWriteItem action(String pair, String side, long next, boolean delete) {
            String pk = "writer-" + writer;
            return delete
                    ? TransactWriteItem.builder()
                            .delete(d -> d.tableName(TABLE).key(key(pk, pair + side)))
                            .build()
                    : TransactWriteItem.builder()
                            .put(p -> p.tableName(TABLE)
                                    .item(item(
                                            pk,
                                            pair + side,
                                            "owner",
                                            s(pk),
                                            "rank",
                                            n(next),
                                            "text",
                                            s("x".repeat(300)))))
                            .build();
        }

        void check(Map<String, Long> stored) {
            for (int i = 0; i < ITEMS; i++) {
                String pair = "pair-" + i;
                long left = stored.getOrDefault(pair + "left", -1L);
                assertThat(stored.getOrDefault(pair + "right", -1L))
                        .as("both of %s of writer %d", pair, writer)
                        .isEqualTo(left);
                long last = acknowledged.getOrDefault(pair, -1L);
                assertThat(List.of(last, unknown.getOrDefault(pair, last)))
                        .as("%s of writer %d", pair, writer)
                        .contains(left);
                acknowledged.put(pair, left);
            }
            unknown.clear();
        }
    }

    @Test
    @Timeout(1_800)
    void noAcknowledgedWriteIsLostAndNothingIsHalfDone() throws Exception {
        System.out.println("KillTest: seed " + seed);
        Random random = new Random(seed);
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            models.add(new Model(i));
        }
        Path store = folder.resolve("store");
        for (int kill = 0; kill < KILLS; kill++) {
            try (EngineProcess engine = EngineProcess.start(store, "128m");
                    DynamoDbClient client = Clients.at(engine.endpoint());
                    ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
                if (kill == 0) {
                    Clients.createTable(client);
                }
                check(client, models);
                List<Future<?>> running = new ArrayList<>();
                for (Model model : models) {
                    Random own = new Random(random.nextLong());
                    running.add(writers.submit(() -> model.write(client, own)));
                }
                Thread.sleep(20 + random.nextInt(400));
                engine.kill();
                for (Future<?> writer : running) {
                    writer.get();
                }
            }
        }
        try (DynamoDbEngine engine = DynamoDbEngine.at(store).open()) {
            check(Clients.of(engine), models);
        }
        assertThat(models).allSatisfy(model -> assertThat(model.version).isPositive());
    }

    private static void check(DynamoDbClient client, List<Model> models) {
        for (Model model : models) {
            String pk = "writer-" + model.writer;
            Map<String, Long> stored = new TreeMap<>();
            client.queryPaginator(b -> b.tableName(TABLE)
                            .keyConditionExpression("pk = :p")
                            .expressionAttributeValues(Map.of(":p", s(pk))))
                    .items()
                    .forEach(item -> stored.put(item.get("sk").s(), number(item.get("rank"))));
            assertThat(Clients.ofOwner(client, pk))
                    .as("the index of %s", pk)
                    .containsExactlyInAnyOrderElementsOf(stored.keySet());
            model.check(stored);
        }
    }

    private static long number(AttributeValue value) {
        return Long.parseLong(value.n());
    }
}
