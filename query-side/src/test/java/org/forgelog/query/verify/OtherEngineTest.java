package org.forgelog.query.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.query.TestLog;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One log projected onto the embedded engine and onto another DynamoDB gives the same table, item by item. The other one
 * is Amazon's image where there is a Docker engine, or whatever {@code -Dother-endpoint} names, with the access
 * key {@code test} and the secret {@code test}.
 */
class OtherEngineTest {

    private static final String IMAGE = "amazon/dynamodb-local:3.3.0";
    private static final int EVENTS = 1_000;

    @Test
    void bothEnginesHaveTheSameItems() throws Exception {
        String endpoint = System.getProperty("other-endpoint");
        if (endpoint != null) {
            compareWith(URI.create(endpoint));
            return;
        }
        boolean docker = isDockerThere();
        if (!docker) {
            System.out.println("SKIPPED OtherEngineTest: no Docker engine, so no table is compared with one on Amazon's"
                    + " image");
        }
        assumeTrue(docker, "no Docker engine");
        try (GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withExposedPorts(8000)
                .withCommand("-jar", "DynamoDBLocal.jar", "-inMemory", "-disableTelemetry")) {
            container.start();
            compareWith(URI.create("http://" + container.getHost() + ":" + container.getMappedPort(8000)));
        }
    }

    private static boolean isDockerThere() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static void compareWith(URI endpoint) throws Exception {
        String name = "compared-" + System.currentTimeMillis();
        try (TestLog log = new TestLog();
                DynamoDbEngine embedded = DynamoDbEngine.inMemory().open();
                DynamoDbClient here = DynamoDbClient.builder()
                        .httpClient(embedded.httpClient())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials())
                        .build();
                DynamoDbClient there = DynamoDbClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials())
                        .build()) {
            log.append(new RandomForge(System.nanoTime()).happens(EVENTS), "{\"actor\": \"a:100\"}");

            Map<String, Map<String, AttributeValue>> expected = project(log, there, name);

            assertThat(expected).hasSizeGreaterThan(EVENTS / 2);
            assertThat(project(log, here, name)).isEqualTo(expected);
            there.deleteTable(request -> request.tableName(name));
        }
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    }

    /** All items but the projection's own, by key. */
    private static Map<String, Map<String, AttributeValue>> project(TestLog log, DynamoDbClient client, String name)
            throws Exception {
        Table table = new Table(client, name);
        try (LogSignals signals = new LogSignals(log.dataSource());
                ProjectionStatus status = new ProjectionStatus(table, log.reader(), signals, Duration.ofMillis(100));
                ProjectionEngine engine = new ProjectionEngine(
                        log.dataSource(),
                        new EventCodec(),
                        signals,
                        table,
                        new TableSchema(client, name, true),
                        status,
                        4)) {
            status.start();
            engine.start();
            long head = log.reader().head();
            until(() -> status.position() >= head, status::position);
            until(() -> items(client, name).keySet().stream().noneMatch(key -> key.startsWith("SWEEP")));
        }
        Map<String, Map<String, AttributeValue>> items = items(client, name);
        items.keySet().removeIf(key -> key.startsWith("PROGRESS"));
        return items;
    }

    private static Map<String, Map<String, AttributeValue>> items(DynamoDbClient client, String name) {
        Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
        client.scanPaginator(request -> request.tableName(name).consistentRead(true))
                .items()
                .forEach(item ->
                        items.put(item.get("pk").s() + " / " + item.get("sk").s(), item));
        return items;
    }
}
