package org.forgelog.dynamodb.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.expression.Placeholders;
import org.forgelog.dynamodb.expression.Projection;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Attributes;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Capacity;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.ItemChange;
import org.forgelog.dynamodb.table.ItemStore;
import org.forgelog.dynamodb.table.ItemStore.Address;
import org.forgelog.dynamodb.table.StoredItem;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** BatchGetItem and BatchWriteItem. */
final class BatchOperations {

    private static final int MOST_KEYS = 100;
    private static final int MOST_WRITES = 25;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final String REQUEST_ITEMS = "RequestItems";
    private static final String DUPLICATES = "Provided list of item keys contains duplicates";

    private final Catalog catalog;
    private final ItemStore items;
    private final IntUnaryOperator share;

    /** @param share how many of so many items a batch gets round to */
    BatchOperations(Catalog catalog, ItemStore items, IntUnaryOperator share) {
        this.catalog = catalog;
        this.items = items;
        this.share = share;
    }

    /** The keys that are asked for of one table. */
    private record Gets(
            String name, Request request, List<Attributes> keys, @Nullable Projection projection, boolean consistent) {}

    Answer get(Request request) {
        List<Gets> wanted = readGets(request, requestItems(request, "BatchGetItem"));
        ConsumedCapacity consumed = ConsumedCapacity.of(request);
        Map<Gets, List<byte[]>> storeKeys = new LinkedHashMap<>();
        for (Gets gets : wanted) {
            Table table = catalog.table(gets.name);
            List<byte[]> keys = new ArrayList<>();
            Set<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
            for (Attributes key : gets.keys) {
                byte[] storeKey = table.storeKey(key.sound());
                if (!distinct.add(storeKey)) {
                    throw DynamoDbError.validation(DUPLICATES);
                }
                keys.add(storeKey);
            }
            storeKeys.put(gets, keys);
        }
        Map<Gets, List<Attributes>> left = new LinkedHashMap<>();
        return Answer.of(json -> {
            long bytes = 0;
            json.writeName("Responses");
            json.writeStartObject();
            for (Map.Entry<Gets, List<byte[]>> entry : storeKeys.entrySet()) {
                Gets gets = entry.getKey();
                Capacity capacity = new Capacity();
                json.writeName(gets.name);
                json.writeStartArray();
                int room = share.applyAsInt(gets.keys.size());
                for (int i = 0; i < gets.keys.size(); i++) {
                    if (i == room) {
                        left.put(gets, gets.keys.subList(i, gets.keys.size()));
                        break;
                    }
                    StoredItem stored = items.get(entry.getValue().get(i));
                    int size = stored == null ? 0 : stored.size();
                    if (bytes > 0 && bytes + size > MOST_BYTES) {
                        left.put(gets, gets.keys.subList(i, gets.keys.size()));
                        break;
                    }
                    bytes += size;
                    capacity.addTable(Capacity.read(size, gets.consistent));
                    if (stored != null) {
                        ItemOperations.write(stored, gets.projection, json);
                    }
                }
                json.writeEndArray();
                consumed.add(Constraints.withoutArn(gets.name), capacity);
            }
            json.writeEndObject();
            json.writeName("UnprocessedKeys");
            json.writeStartObject();
            left.forEach((gets, keys) -> {
                json.writeName(gets.name);
                writeUnprocessed(gets.request, keys, json);
            });
            json.writeEndObject();
            consumed.writeList(json);
        });
    }

    private static void writeUnprocessed(Request request, List<Attributes> keys, JsonGenerator json) {
        json.writeStartObject();
        json.writeName("Keys");
        json.writeStartArray();
        keys.forEach(key -> ItemJson.write(key.values(), json));
        json.writeEndArray();
        if (request.bool("ConsistentRead") != null) {
            json.writeBooleanProperty("ConsistentRead", request.isTrue("ConsistentRead"));
        }
        String projection = request.string(ExpressionKind.PROJECTION.parameter());
        if (projection != null) {
            json.writeStringProperty(ExpressionKind.PROJECTION.parameter(), projection);
        }
        Request names = request.object("ExpressionAttributeNames");
        if (names != null) {
            json.writeName("ExpressionAttributeNames");
            json.writeStartObject();
            names.names().forEach(name -> json.writeStringProperty(name, names.string(name)));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static List<Gets> readGets(Request request, Request tables) {
        Parameters.capacity(new Constraints(), request).check();
        List<Gets> wanted = new ArrayList<>();
        int count = 0;
        for (String name : tables.names()) {
            new Constraints().tableName(name).check();
            Request gets = Objects.requireNonNull(tables.object(name));
            List<Attributes> keys = gets.keys("Keys");
            String at = "RequestItems." + name + ".member.Keys";
            if (keys == null) {
                throw DynamoDbError.validation("1 validation error detected: Value null at '" + at
                        + "' failed to satisfy constraint: Member must not be null");
            }
            if (keys.isEmpty() || keys.size() > MOST_KEYS) {
                throw DynamoDbError.validation("1 validation error detected: Value at '" + at
                        + "' failed to satisfy constraint: Member must have length "
                        + (keys.isEmpty() ? "greater than or equal to 1" : "less than or equal to " + MOST_KEYS));
            }
            count += keys.size();
            Parameters.refuseLegacy(gets, ExpressionKind.PROJECTION);
            Placeholders placeholders = Placeholders.of(gets, ExpressionKind.PROJECTION);
            String expression = gets.string(ExpressionKind.PROJECTION.parameter());
            Projection projection = expression == null ? null : Projection.parse(expression, placeholders);
            placeholders.requireAllUsed();
            wanted.add(new Gets(name, gets, keys, projection, gets.isTrue("ConsistentRead")));
        }
        if (count > MOST_KEYS) {
            throw DynamoDbError.validation("Too many items requested for the BatchGetItem call");
        }
        return wanted;
    }

    private static Request requestItems(Request request, String operation) {
        Request tables = request.object(REQUEST_ITEMS);
        if (tables == null) {
            throw DynamoDbError.validation("1 validation error detected: Value null at 'requestItems' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        if (tables.names().isEmpty()) {
            throw DynamoDbError.validation("The requestItems parameter is required for " + operation);
        }
        return tables;
    }

    /** One item that is put, or one that is deleted. */
    private record Write(
            String tableName, Request request, Address address, @Nullable Map<String, AttributeValue> item) {}

    Answer write(Request request) {
        Request tables = requestItems(request, "BatchWriteItem");
        Parameters.capacity(new Constraints(), request)
                .oneOf("returnItemCollectionMetrics", request.string("ReturnItemCollectionMetrics"), Parameters.METRICS)
                .check();
        List<Write> all = readWrites(tables);
        int room = share.applyAsInt(all.size());
        List<Write> writes = all.subList(0, room);
        List<ItemStore.Outcome> outcomes = items.changeAll(
                writes.stream().map(Write::address).toList(),
                before -> {
                    List<ItemChange> changes = new ArrayList<>();
                    for (int i = 0; i < writes.size(); i++) {
                        Write write = writes.get(i);
                        changes.add(
                                new ItemChange(write.address.table(), write.address.key(), before.get(i), write.item));
                    }
                    return new ItemStore.Plan(changes, List.of());
                },
                ItemStore.TOO_LARGE);
        ConsumedCapacity consumed = ConsumedCapacity.of(request);
        outcomes.forEach(outcome -> consumed.add(outcome.change().table().name(), outcome.capacity()));
        return Answer.of(json -> {
            json.writeName("UnprocessedItems");
            json.writeStartObject();
            writeUnprocessed(all.subList(room, all.size()), json);
            json.writeEndObject();
            consumed.writeList(json);
        });
    }

    private static void writeUnprocessed(List<Write> writes, JsonGenerator json) {
        Map<String, List<Write>> byTable = new LinkedHashMap<>();
        writes.forEach(write -> byTable.computeIfAbsent(write.tableName, name -> new ArrayList<>())
                .add(write));
        byTable.forEach((name, left) -> {
            json.writeName(name);
            json.writeStartArray();
            for (Write write : left) {
                json.writeStartObject();
                json.writeName(write.item == null ? "DeleteRequest" : "PutRequest");
                json.writeStartObject();
                Answer.writeItem(write.item == null ? "Key" : "Item", soundValues(write.request), json);
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private List<Write> readWrites(Request tables) {
        Map<String, List<Request>> byTable = new LinkedHashMap<>();
        int count = 0;
        for (String name : tables.names()) {
            new Constraints().tableName(name).check();
            List<Request> requests = tables.objects(name);
            if (requests == null || requests.isEmpty() || requests.size() > MOST_WRITES) {
                throw DynamoDbError.validation("1 validation error detected: Value '" + tables
                        + "' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member"
                        + " must have length less than or equal to " + MOST_WRITES
                        + ", Member must have length greater than or equal to 1]");
            }
            count += requests.size();
            byTable.put(name, requests);
        }
        if (count > MOST_WRITES) {
            throw DynamoDbError.validation("Too many items requested for the BatchWriteItem call");
        }
        List<Write> writes = new ArrayList<>();
        Set<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
        byTable.forEach((name, requests) -> {
            List<Map<String, AttributeValue>> values =
                    requests.stream().map(BatchOperations::soundValues).toList();
            Table table = catalog.table(name);
            for (int i = 0; i < requests.size(); i++) {
                Write write = write(name, table, requests.get(i), values.get(i));
                if (!distinct.add(write.address.key())) {
                    throw DynamoDbError.validation(DUPLICATES);
                }
                writes.add(write);
            }
        });
        return writes;
    }

    private static Map<String, AttributeValue> soundValues(Request write) {
        Request put = write.object("PutRequest");
        Request delete = write.object("DeleteRequest");
        if ((put == null) == (delete == null)) {
            throw DynamoDbError.validation(
                    put == null
                            ? "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                                    + " supported operations"
                            : "Supplied WriteRequest must contain exactly one of PutRequest and DeleteRequest");
        }
        return put != null ? Parameters.sound(put, "Item") : Parameters.sound(Objects.requireNonNull(delete), "Key");
    }

    private static Write write(String name, Table table, Request write, Map<String, AttributeValue> values) {
        return write.has("PutRequest")
                ? new Write(name, write, new Address(table, table.storeKeyOfItem(values)), values)
                : new Write(name, write, new Address(table, table.storeKey(values)), null);
    }
}
