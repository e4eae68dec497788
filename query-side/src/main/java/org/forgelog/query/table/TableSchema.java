package org.forgelog.query.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The table as a whole: made when it is missing, and taken away for a replay. */
public final class TableSchema {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Logger log = LoggerFactory.getLogger(TableSchema.class);

    private final DynamoDbClient client;
    private final String name;
    private final boolean mayCreate;

    /** @param mayCreate whether this program may make and remove the table */
    public TableSchema(DynamoDbClient client, String name, boolean mayCreate) {
        this.client = client;
        this.name = name;
        this.mayCreate = mayCreate;
    }

    public boolean mayCreate() {
        return mayCreate;
    }

    /**
     * Makes the table when it is missing and waits until table and indexes can be used.
     *
     * @throws IllegalStateException when it is missing and must not be made
     */
    public void ensure() {
        if (exists()) {
            awaitActive();
            return;
        }
        if (!mayCreate) {
            throw new IllegalStateException(
                    "table " + name + " is missing, and forgelog.table.create forbids to create it");
        }
        create();
        awaitActive();
        expireTombstones();
    }

    public boolean exists() {
        try {
            describe();
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    /**
     * What a table holds, as DynamoDB last counted it: AWS does that about every six hours.
     *
     * @param bytes without those of the indexes
     */
    public record Contents(long items, long bytes) {}

    public Contents contents() {
        TableDescription table = describe();
        return new Contents(table.itemCount(), table.tableSizeBytes());
    }

    /** Removes the table with all it holds, and waits until it is gone. */
    public void delete() {
        if (!mayCreate) {
            throw new IllegalStateException("forgelog.table.create forbids to remove table " + name);
        }
        try {
            client.deleteTable(b -> b.tableName(name));
        } catch (ResourceNotFoundException e) {
            return;
        }
        await(() -> !exists());
        log.info("table {} was removed", name);
    }

    private void create() {
        try {
            client.createTable(definition(name));
            log.info("table {} was created", name);
        } catch (ResourceInUseException e) {
            log.info("table {} is being created by another node", name);
        }
    }

    /** What the table is, for DynamoDB. */
    static CreateTableRequest definition(String name) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        attributes.add(attribute(Keys.PK));
        attributes.add(attribute(Keys.SK));
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (Index index : Index.values()) {
            attributes.add(attribute(index.pk()));
            attributes.add(attribute(index.sk()));
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(index.indexName())
                    .keySchema(keys(index.pk(), index.sk()))
                    .projection(Projection.builder()
                            .projectionType(ProjectionType.ALL)
                            .build())
                    .build());
        }
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keys(Keys.PK, Keys.SK))
                .globalSecondaryIndexes(indexes)
                .build();
    }

    private void expireTombstones() {
        try {
            client.updateTimeToLive(b -> b.tableName(name)
                    .timeToLiveSpecification(s -> s.enabled(true).attributeName(Attr.TTL)));
        } catch (DynamoDbException e) {
            log.warn("tombstones of table {} will not expire: {}", name, e.getMessage());
        }
    }

    private void awaitActive() {
        await(() -> {
            try {
                TableDescription table = describe();
                return "ACTIVE".equals(table.tableStatusAsString())
                        && table.globalSecondaryIndexes().stream()
                                .allMatch(index -> "ACTIVE".equals(index.indexStatusAsString()));
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
    }

    private TableDescription describe() {
        return client.describeTable(b -> b.tableName(name)).table();
    }

    private void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long pause = 10;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("table " + name + " did not change state within " + LIMIT);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while table " + name + " changed state", e);
            }
            pause = Math.min(1_000, pause * 2);
        }
    }

    private static AttributeDefinition attribute(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(String pk, String sk) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(pk)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sk)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
