package org.forgelog.dynamodb.operation;

import java.util.Map;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.expression.Placeholders;
import org.forgelog.dynamodb.expression.Projection;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Capacity;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.ItemStore;
import org.forgelog.dynamodb.table.ItemStore.Address;
import org.forgelog.dynamodb.table.StoredItem;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** GetItem, PutItem, UpdateItem and DeleteItem. */
final class ItemOperations {

    private final Catalog catalog;
    private final ItemStore items;

    ItemOperations(Catalog catalog, ItemStore items) {
        this.catalog = catalog;
        this.items = items;
    }

    Answer get(Request request) {
        String name = request.string("TableName");
        Parameters.capacity(new Constraints(), request)
                .tableName(name)
                .notNull("key", request.attributes("Key"))
                .check();
        Parameters.refuseLegacy(request, ExpressionKind.PROJECTION);
        Map<String, AttributeValue> key = Parameters.sound(request, "Key");
        Placeholders placeholders = Placeholders.of(request, ExpressionKind.PROJECTION);
        String expression = request.string(ExpressionKind.PROJECTION.parameter());
        Projection projection = expression == null ? null : Projection.parse(expression, placeholders);
        placeholders.requireAllUsed();

        Table table = catalog.table(String.valueOf(name));
        StoredItem stored = items.get(table.storeKey(key));
        ConsumedCapacity consumed = ConsumedCapacity.of(request);
        Capacity capacity = new Capacity();
        capacity.addTable(Capacity.read(stored == null ? 0 : stored.size(), request.isTrue("ConsistentRead")));
        consumed.add(table.name(), capacity);
        return Answer.of(json -> {
            if (stored != null) {
                json.writeName("Item");
                write(stored, projection, json);
            }
            consumed.write(json);
        });
    }

    /** Writes an item, or what a projection wants of it. */
    static void write(StoredItem stored, @Nullable Projection projection, JsonGenerator json) {
        if (projection == null) {
            stored.write(json);
        } else {
            ItemJson.write(projection.of(stored.item()), json);
        }
    }

    Answer put(Request request) {
        return write(WriteAction.Kind.PUT, request, "item", "Item");
    }

    Answer delete(Request request) {
        return write(WriteAction.Kind.DELETE, request, "key", "Key");
    }

    Answer update(Request request) {
        return write(WriteAction.Kind.UPDATE, request, "key", "Key");
    }

    private Answer write(WriteAction.Kind kind, Request request, String at, String parameter) {
        String name = request.string("TableName");
        String returnValues = request.string("ReturnValues");
        Parameters.capacity(new Constraints(), request)
                .tableName(name)
                .notNull(at, request.attributes(parameter))
                .oneOf("returnItemCollectionMetrics", request.string("ReturnItemCollectionMetrics"), Parameters.METRICS)
                .oneOf("returnValues", returnValues, Parameters.RETURN_VALUES)
                .oneOf(
                        "returnValuesOnConditionCheckFailure",
                        request.string("ReturnValuesOnConditionCheckFailure"),
                        Parameters.ON_FAILURE)
                .check();
        String returned = returnValues == null ? "NONE" : returnValues;
        if (kind != WriteAction.Kind.UPDATE && !returned.equals("NONE") && !returned.equals("ALL_OLD")) {
            throw DynamoDbError.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        WriteAction action = WriteAction.read(kind, request, String.valueOf(name));
        Table table = catalog.table(action.tableName());
        ItemStore.Outcome outcome = items.change(
                new Address(table, action.storeKey(table)),
                action::apply,
                kind == WriteAction.Kind.UPDATE ? ItemStore.TOO_LARGE_TO_UPDATE : ItemStore.TOO_LARGE);
        ConsumedCapacity consumed = ConsumedCapacity.of(request);
        consumed.add(table.name(), outcome.capacity());
        return Answer.of(json -> {
            Map<String, AttributeValue> attributes = returned(returned, action, outcome);
            if (attributes != null && !attributes.isEmpty()) {
                Answer.writeItem("Attributes", attributes, json);
            }
            consumed.write(json);
            if ("SIZE".equals(request.string("ReturnItemCollectionMetrics"))) {
                writeMetrics("ItemCollectionMetrics", table, action.values(), json);
            }
        });
    }

    private static @Nullable Map<String, AttributeValue> returned(
            String what, WriteAction action, ItemStore.Outcome outcome) {
        Map<String, AttributeValue> before = outcome.change().before();
        Map<String, AttributeValue> after = outcome.change().after();
        return switch (what) {
            case "ALL_OLD" -> before;
            case "ALL_NEW" -> after;
            case "UPDATED_OLD" -> before == null ? null : action.update().changedPartsOf(before);
            case "UPDATED_NEW" -> after == null ? null : action.update().changedPartsOf(after);
            default -> null;
        };
    }

    /** Writes how large an item collection is, which only tables with local indexes tell. */
    static void writeMetrics(String member, Table table, Map<String, AttributeValue> item, JsonGenerator json) {
        String attribute = table.key().partition().getFirst().name();
        AttributeValue partition = item.get(attribute);
        if (partition == null || table.definition().indexes().stream().allMatch(index -> index.global())) {
            return;
        }
        if (!member.isEmpty()) {
            json.writeName(member);
        }
        json.writeStartObject();
        Answer.writeItem("ItemCollectionKey", Map.of(attribute, partition), json);
        json.writeName("SizeEstimateRangeGB");
        json.writeStartArray();
        json.writeNumber(0);
        json.writeNumber(1);
        json.writeEndArray();
        json.writeEndObject();
    }
}
