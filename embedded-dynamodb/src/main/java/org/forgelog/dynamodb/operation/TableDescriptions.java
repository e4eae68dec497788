package org.forgelog.dynamodb.operation;

import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.KeySchema;
import org.forgelog.dynamodb.table.Table;
import org.forgelog.dynamodb.table.TableDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what a table is. */
final class TableDescriptions {

    private static final double MILLIS = 1_000.0;

    private final String region;

    /** @param region as it stands in ARNs */
    TableDescriptions(String region) {
        this.region = region;
    }

    String arn(String table) {
        return "arn:aws:dynamodb:" + region + ":000000000000:table/" + table;
    }

    /** @param status null for what it really is */
    void write(String member, Table table, @Nullable String status, JsonGenerator json) {
        TableDefinition definition = table.definition();
        json.writeName(member);
        json.writeStartObject();
        json.writeName("AttributeDefinitions");
        json.writeStartArray();
        definition.attributes().forEach((name, type) -> {
            json.writeStartObject();
            json.writeStringProperty("AttributeName", name);
            json.writeStringProperty("AttributeType", type);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeStringProperty("TableName", definition.name());
        write(definition.key(), json);
        boolean updating = definition.indexes().stream().anyMatch(IndexDefinition::backfilling);
        json.writeStringProperty("TableStatus", status != null ? status : updating ? "UPDATING" : "ACTIVE");
        json.writeNumberProperty("CreationDateTime", definition.createdAt() / MILLIS);
        throughput(definition.readUnits(), definition.writeUnits(), json);
        json.writeNumberProperty("TableSizeBytes", table.bytes());
        json.writeNumberProperty("ItemCount", table.items());
        json.writeStringProperty("TableArn", arn(definition.name()));
        json.writeStringProperty("TableId", definition.id());
        if (definition.onDemand()) {
            json.writeName("BillingModeSummary");
            json.writeStartObject();
            json.writeStringProperty("BillingMode", "PAY_PER_REQUEST");
            json.writeNumberProperty("LastUpdateToPayPerRequestDateTime", definition.createdAt() / MILLIS);
            json.writeEndObject();
        }
        if (!definition.tableClass().equals("STANDARD")) {
            json.writeName("TableClassSummary");
            json.writeStartObject();
            json.writeStringProperty("TableClass", definition.tableClass());
            json.writeEndObject();
        }
        indexes("LocalSecondaryIndexes", table, false, status, json);
        indexes("GlobalSecondaryIndexes", table, true, status, json);
        json.writeBooleanProperty("DeletionProtectionEnabled", definition.deletionProtected());
        json.writeEndObject();
    }

    private static void throughput(long read, long write, JsonGenerator json) {
        json.writeName("ProvisionedThroughput");
        json.writeStartObject();
        json.writeNumberProperty("NumberOfDecreasesToday", 0);
        json.writeNumberProperty("ReadCapacityUnits", read);
        json.writeNumberProperty("WriteCapacityUnits", write);
        json.writeEndObject();
    }

    private static void write(KeySchema key, JsonGenerator json) {
        json.writeName("KeySchema");
        json.writeStartArray();
        key.partition().forEach(attribute -> element(attribute.name(), "HASH", json));
        key.sort().forEach(attribute -> element(attribute.name(), "RANGE", json));
        json.writeEndArray();
    }

    private static void element(String name, String type, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("AttributeName", name);
        json.writeStringProperty("KeyType", type);
        json.writeEndObject();
    }

    private void indexes(String member, Table table, boolean global, @Nullable String status, JsonGenerator json) {
        List<IndexDefinition> indexes = table.definition().indexes().stream()
                .filter(index -> index.global() == global)
                .toList();
        if (indexes.isEmpty()) {
            return;
        }
        json.writeName(member);
        json.writeStartArray();
        for (IndexDefinition index : indexes) {
            json.writeStartObject();
            json.writeStringProperty("IndexName", index.name());
            write(index.key(), json);
            json.writeName("Projection");
            json.writeStartObject();
            json.writeStringProperty("ProjectionType", index.projection());
            if (!index.included().isEmpty()) {
                json.writeName("NonKeyAttributes");
                json.writeStartArray();
                index.included().forEach(json::writeString);
                json.writeEndArray();
            }
            json.writeEndObject();
            if (global) {
                json.writeStringProperty(
                        "IndexStatus",
                        index.backfilling() || "CREATING".equals(status)
                                ? "CREATING"
                                : "DELETING".equals(status) ? "DELETING" : "ACTIVE");
                if (index.backfilling()) {
                    json.writeBooleanProperty("Backfilling", true);
                }
                throughput(index.readUnits(), index.writeUnits(), json);
            }
            json.writeNumberProperty("IndexSizeBytes", table.bytes());
            json.writeNumberProperty("ItemCount", table.items());
            json.writeStringProperty("IndexArn", arn(table.name()) + "/index/" + index.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes tags as a list of keys and values. */
    static void tags(Map<String, String> tags, JsonGenerator json) {
        json.writeName("Tags");
        json.writeStartArray();
        tags.forEach((key, value) -> {
            json.writeStartObject();
            json.writeStringProperty("Key", key);
            json.writeStringProperty("Value", value);
            json.writeEndObject();
        });
        json.writeEndArray();
    }
}
