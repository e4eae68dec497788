package org.forgelog.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.dynamodb.Clients.TABLE;
import static org.forgelog.dynamodb.Clients.item;
import static org.forgelog.dynamodb.Clients.key;
import static org.forgelog.dynamodb.Clients.s;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An engine with little memory that is asked for much more than that at once. */
class LargeReadsTest {

    private static final int READERS = 100;

    @TempDir
    private Path folder;

    @Test
    void aHundredQueriesOfAMegabyteEachSlowDownAndAreAnswered() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder.resolve("store"), "64m");
                DynamoDbClient client = client(engine);
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            Clients.createTable(client);
            for (int i = 0; i < 3; i++) {
                Clients.put(client, item("large", "s" + i, "text", s("x".repeat(340_000))));
            }
            Clients.put(client, item("small", "s"));
            List<Future<Integer>> pages = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                pages.add(threads.submit(() -> client.query(b -> b.tableName(TABLE)
                                .keyConditionExpression("pk = :p")
                                .expressionAttributeValues(Map.of(":p", s("large"))))
                        .count()));
            }
            assertThat(client.getItem(b -> b.tableName(TABLE).key(key("small", "s")))
                            .hasItem())
                    .isTrue();
            for (Future<Integer> page : pages) {
                assertThat(page.get()).isEqualTo(3);
            }
        }
    }

    private static DynamoDbClient client(EngineProcess engine) {
        return DynamoDbClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(READERS + 1)
                        .socketTimeout(java.time.Duration.ofMinutes(2)))
                .endpointOverride(engine.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                        software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(Clients.ID, Clients.SECRET)))
                .build();
    }
}
