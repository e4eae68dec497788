package org.forgelog.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.TableSchema;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
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
    private final DynamoDbEngine engine;
    private final DynamoDbClient dynamoDb;

    /** Beside a service whose log is on that PostgreSQL; the DynamoDB is one of its own, with as many items. */
    RawEngines(LocalPostgres postgres, Path folder, int items) throws SQLException {
        this.jdbcUrl = postgres.jdbcUrl();
        this.engine = DynamoDbEngine.at(folder).open();
        this.dynamoDb = DynamoDbClient.builder()
                .httpClient(engine.httpClient())
                .region(Region.of(ServiceProcess.REGION))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists benchmark_event");
            statement.execute("create table benchmark_event (like domain_event including all)");
        }
        new TableSchema(dynamoDb, TABLE, true).ensure();
        for (int n = 1; n <= items; n++) {
            Map<String, AttributeValue> item = new HashMap<>(key(n));
            item.put(Index.GSI3.pk(), AttributeValue.fromS("list"));
            item.put(Index.GSI3.sk(), AttributeValue.fromS(String.format(Locale.ROOT, "1#%09d", n)));
            for (int i = 0; i < 18; i++) {
                item.put("attribute" + i, AttributeValue.fromS("a value of some length " + i));
            }
            dynamoDb.putItem(r -> r.tableName(TABLE).item(item));
        }
    }

    private static Map<String, AttributeValue> key(int n) {
        return Map.of("pk", AttributeValue.fromS("item"), "sk", AttributeValue.fromS(Integer.toString(n)));
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
    void get(int n) {
        if (!dynamoDb.getItem(r -> r.tableName(TABLE).key(key(n))).hasItem()) {
            throw new IllegalStateException("no item " + n);
        }
    }

    /** One small item. */
    void put(int n) {
        dynamoDb.putItem(r -> r.tableName(TABLE).item(key(n)));
    }

    /** The last {@code limit} items of an index. */
    void query(int limit) {
        int count = dynamoDb.query(r -> r.tableName(TABLE)
                        .indexName(Index.GSI3.indexName())
                        .keyConditionExpression("#p = :p and begins_with(#s, :s)")
                        .expressionAttributeNames(Map.of("#p", Index.GSI3.pk(), "#s", Index.GSI3.sk()))
                        .expressionAttributeValues(
                                Map.of(":p", AttributeValue.fromS("list"), ":s", AttributeValue.fromS("1#")))
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
        engine.close();
    }
}
