package org.forgelog.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.forgelog.engines.DynamoDbLocal;
import org.forgelog.engines.LocalPostgres;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the engines below do by themselves: one committed insert into a table like the log's, one {@code PutItem}, one
 * {@code GetItem}, one {@code Query} of 30 items. The service cannot be faster; how much slower it is, is what it costs.
 */
final class RawEngines implements AutoCloseable {

    private static final String TABLE = ServiceProcess.TABLE;

    private final String jdbcUrl;
    private final DynamoDbClient dynamoDb;

    /** Those of a service that runs on them; its table is there. */
    RawEngines(LocalPostgres postgres, DynamoDbLocal engine) throws SQLException {
        this.jdbcUrl = postgres.jdbcUrl();
        this.dynamoDb = DynamoDbClient.builder()
                .endpointOverride(engine.endpoint())
                .region(Region.of(ServiceProcess.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(engine.accessKeyId(), "any")))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .build();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists benchmark_event");
            statement.execute("create table benchmark_event (like domain_event including all)");
        }
    }

    /** One event inserted and committed, on a connection of its own. */
    Load.Operation insert(String payload) {
        try {
            Connection connection = DriverManager.getConnection(jdbcUrl);
            connection.setAutoCommit(false);
            PreparedStatement insert = connection.prepareStatement(
                    """
                    insert into benchmark_event (event_id, aggregate_type, aggregate_id, sequence_number, type,
                        revision, payload, metadata, sequence_key, appended_at)
                    values (?, 'issue', ?, 0, 'issue-opened', 1, ?::jsonb, '{}'::jsonb, 'r:1', now())
                    """);
            return () -> {
                UUID id = UUID.randomUUID();
                insert.setObject(1, id);
                insert.setString(2, "issue-" + id);
                insert.setString(3, payload);
                insert.executeUpdate();
                connection.commit();
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One item by its key, eventually consistent. */
    void get(String partition, String sort) {
        Map<String, AttributeValue> key =
                Map.of("pk", AttributeValue.fromS(partition), "sk", AttributeValue.fromS(sort));
        if (!dynamoDb.getItem(r -> r.tableName(TABLE).key(key)).hasItem()) {
            throw new IllegalStateException("no item " + partition + " " + sort);
        }
    }

    /** One small item. */
    void put(String partition, String sort) {
        dynamoDb.putItem(r -> r.tableName(TABLE)
                .item(Map.of("pk", AttributeValue.fromS(partition), "sk", AttributeValue.fromS(sort))));
    }

    /** The last {@code limit} items of a partition of an index whose sort keys begin with {@code prefix}. */
    void query(String index, String partition, String prefix, int limit) {
        String n = index.toLowerCase(Locale.ROOT);
        int count = dynamoDb.query(r -> r.tableName(TABLE)
                        .indexName(index)
                        .keyConditionExpression("#p = :p and begins_with(#s, :s)")
                        .expressionAttributeNames(Map.of("#p", n + "pk", "#s", n + "sk"))
                        .expressionAttributeValues(
                                Map.of(":p", AttributeValue.fromS(partition), ":s", AttributeValue.fromS(prefix)))
                        .scanIndexForward(false)
                        .limit(limit))
                .count();
        if (count != limit) {
            throw new IllegalStateException("expected " + limit + " items, got " + count);
        }
    }

    @Override
    public void close() {
        dynamoDb.close();
    }
}
