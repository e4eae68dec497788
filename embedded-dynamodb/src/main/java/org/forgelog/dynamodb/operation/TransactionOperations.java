package org.forgelog.dynamodb.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.expression.Placeholders;
import org.forgelog.dynamodb.expression.Projection;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.DynamoDbError.CancellationReason;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.table.Capacity;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.ItemChange;
import org.forgelog.dynamodb.table.ItemStore;
import org.forgelog.dynamodb.table.ItemStore.Address;
import org.forgelog.dynamodb.table.StoredItem;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** TransactGetItems and TransactWriteItems. Transactions wait for each other, so none is cancelled for another's sake. */
final class TransactionOperations {

    private static final int MOST_ACTIONS = 100;
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final String ITEMS = "TransactItems";

    private final Catalog catalog;
    private final ItemStore items;
    private final RequestTokens tokens;

    TransactionOperations(Catalog catalog, ItemStore items, RequestTokens tokens) {
        this.catalog = catalog;
        this.items = items;
        this.tokens = tokens;
    }

    private record Get(String tableName, Map<String, AttributeValue> key, @Nullable Projection projection) {}

    Answer get(Request request) {
        List<Get> gets = new ArrayList<>();
        for (Request action : actions(request)) {
            gets.add(readGet(action));
        }
        List<Address> addresses = addresses(gets.stream()
                .map(get -> new Target(get.tableName, table -> table.storeKey(get.key)))
                .toList());
        ConsumedCapacity consumed = ConsumedCapacity.ofTransaction(request, false);
        try (OrderedStore.View view = items.view()) {
            List<byte @Nullable []> found =
                    view.getAll(addresses.stream().map(Address::key).toList());
            List<@Nullable StoredItem> stored = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < gets.size(); i++) {
                byte[] value = found.get(i);
                StoredItem item = value == null ? null : new StoredItem(value);
                stored.add(item);
                int size = item == null ? 0 : item.size();
                bytes += size;
                Capacity capacity = new Capacity();
                capacity.addTable(Capacity.read(size, true));
                capacity.twice();
                consumed.add(addresses.get(i).table().name(), capacity);
            }
            if (bytes > MOST_BYTES) {
                throw DynamoDbError.validation("Aggregated size of all items in the transaction exceeds 4 MB");
            }
            return Answer.of(json -> {
                json.writeName("Responses");
                json.writeStartArray();
                for (int i = 0; i < gets.size(); i++) {
                    json.writeStartObject();
                    StoredItem item = stored.get(i);
                    if (item != null) {
                        json.writeName("Item");
                        ItemOperations.write(item, gets.get(i).projection, json);
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
                consumed.writeList(json);
            });
        }
    }

    private static List<Request> actions(Request request) {
        List<Request> actions = request.objects(ITEMS);
        Parameters.capacity(new Constraints(), request)
                .notNull("transactItems", actions)
                .size("transactItems", actions, 1, MOST_ACTIONS)
                .check();
        return Objects.requireNonNull(actions);
    }

    private static Get readGet(Request action) {
        Request get = action.object("Get");
        new Constraints().notNull("transactItems.1.member.get", get).check();
        Request parameters = Objects.requireNonNull(get);
        String name = parameters.string("TableName");
        new Constraints()
                .tableName(name)
                .notNull("key", parameters.attributes("Key"))
                .check();
        Placeholders placeholders = Placeholders.of(parameters, ExpressionKind.PROJECTION);
        String expression = parameters.string(ExpressionKind.PROJECTION.parameter());
        Projection projection = expression == null ? null : Projection.parse(expression, placeholders);
        placeholders.requireAllUsed();
        return new Get(String.valueOf(name), Parameters.sound(parameters, "Key"), projection);
    }

    /** An item that an action names. */
    private record Target(String tableName, Function<Table, byte[]> key) {}

    /** Where the items are. What is wrong with a single action cancels the transaction for that reason. */
    private List<Address> addresses(List<Target> targets) {
        List<Table> tables =
                targets.stream().map(target -> catalog.table(target.tableName)).toList();
        List<Address> addresses = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            try {
                addresses.add(new Address(tables.get(i), targets.get(i).key.apply(tables.get(i))));
                reasons.add(CancellationReason.NONE);
            } catch (DynamoDbError e) {
                reasons.add(reason(e));
            }
        }
        cancelIfAny(reasons);
        Set<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
        addresses.forEach(address -> distinct.add(address.key()));
        if (distinct.size() < addresses.size()) {
            throw DynamoDbError.validation("Transaction request cannot include multiple operations on one item");
        }
        return addresses;
    }

    private static CancellationReason reason(DynamoDbError error) {
        return error.code().equals("ConditionalCheckFailedException")
                ? new CancellationReason("ConditionalCheckFailed", error.getMessage(), error.item())
                : new CancellationReason("ValidationError", error.getMessage(), null);
    }

    private static void cancelIfAny(List<CancellationReason> reasons) {
        if (reasons.stream().anyMatch(reason -> reason != CancellationReason.NONE)) {
            throw DynamoDbError.transactionCanceled(reasons);
        }
    }

    Answer write(Request request) {
        List<Request> requests = actions(request);
        String token = request.string("ClientRequestToken");
        new Constraints()
                .oneOf("returnItemCollectionMetrics", request.string("ReturnItemCollectionMetrics"), Parameters.METRICS)
                .length("clientRequestToken", token, 1, 36)
                .check();
        List<WriteAction> actions =
                requests.stream().map(TransactionOperations::readAction).toList();
        List<Address> addresses = addresses(actions.stream()
                .map(action -> new Target(action.tableName(), action::storeKey))
                .toList());
        ConsumedCapacity consumed = ConsumedCapacity.ofTransaction(request, true);
        if (token == null) {
            execute(actions, addresses, List.of(), consumed);
        } else {
            try (RequestTokens.Use use = tokens.use(
                    token,
                    Fingerprint.of(requests.stream().map(Request::parameters).toList()))) {
                if (use.isRepeated()) {
                    addresses.forEach(address -> consumed.add(address.table().name(), repeated(address)));
                } else {
                    execute(actions, addresses, use.remembered(), consumed);
                }
            }
        }
        return Answer.of(json -> {
            consumed.writeList(json);
            if ("SIZE".equals(request.string("ReturnItemCollectionMetrics"))) {
                writeMetrics(actions, addresses, json);
            }
        });
    }

    private static WriteAction readAction(Request action) {
        Map<WriteAction.Kind, Request> kinds = new EnumMap<>(WriteAction.Kind.class);
        put(kinds, WriteAction.Kind.CHECK, action.object("ConditionCheck"));
        put(kinds, WriteAction.Kind.PUT, action.object("Put"));
        put(kinds, WriteAction.Kind.DELETE, action.object("Delete"));
        put(kinds, WriteAction.Kind.UPDATE, action.object("Update"));
        if (kinds.size() != 1) {
            throw DynamoDbError.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        WriteAction.Kind kind = kinds.keySet().iterator().next();
        Request parameters = Objects.requireNonNull(kinds.get(kind));
        String name = parameters.string("TableName");
        boolean put = kind == WriteAction.Kind.PUT;
        Constraints constraints = new Constraints()
                .tableName(name)
                .notNull(put ? "item" : "key", parameters.attributes(put ? "Item" : "Key"))
                .oneOf(
                        "returnValuesOnConditionCheckFailure",
                        parameters.string("ReturnValuesOnConditionCheckFailure"),
                        Parameters.ON_FAILURE);
        if (kind == WriteAction.Kind.CHECK) {
            constraints.notNull("conditionExpression", parameters.string(ExpressionKind.CONDITION.parameter()));
        }
        if (kind == WriteAction.Kind.UPDATE) {
            constraints.notNull("updateExpression", parameters.string(ExpressionKind.UPDATE.parameter()));
        }
        constraints.check();
        return WriteAction.read(kind, parameters, String.valueOf(name));
    }

    private static void put(Map<WriteAction.Kind, Request> kinds, WriteAction.Kind kind, @Nullable Request request) {
        if (request != null) {
            kinds.put(kind, request);
        }
    }

    private void execute(
            List<WriteAction> actions,
            List<Address> addresses,
            List<OrderedStore.Change> also,
            ConsumedCapacity consumed) {
        List<ItemStore.Outcome> outcomes = items.changeAll(
                addresses,
                before -> {
                    long bytes = 0;
                    List<ItemChange> changes = new ArrayList<>();
                    List<CancellationReason> reasons = new ArrayList<>();
                    for (int i = 0; i < actions.size(); i++) {
                        Address address = addresses.get(i);
                        try {
                            ItemChange change = new ItemChange(
                                    address.table(),
                                    address.key(),
                                    before.get(i),
                                    actions.get(i).apply(before.get(i)));
                            change.requireStorable(ItemStore.TOO_LARGE_TO_UPDATE);
                            bytes += change.size();
                            changes.add(change);
                            reasons.add(CancellationReason.NONE);
                        } catch (DynamoDbError e) {
                            reasons.add(reason(e));
                        }
                    }
                    cancelIfAny(reasons);
                    if (bytes > MOST_BYTES) {
                        throw DynamoDbError.validation(
                                "Transaction request size exceeds the maximum allowed size of 4 MB");
                    }
                    return new ItemStore.Plan(changes, also);
                },
                ItemStore.TOO_LARGE_TO_UPDATE);
        outcomes.forEach(outcome -> {
            outcome.capacity().twice();
            consumed.add(outcome.change().table().name(), outcome.capacity());
        });
    }

    /** A repeated transaction only reads. */
    private Capacity repeated(Address address) {
        StoredItem stored = items.get(address.key());
        Capacity capacity = new Capacity();
        capacity.addTable(Capacity.read(stored == null ? 0 : stored.size(), true));
        capacity.twice();
        return capacity;
    }

    private static void writeMetrics(List<WriteAction> actions, List<Address> addresses, JsonGenerator json) {
        Map<Table, List<Map<String, AttributeValue>>> byTable = new LinkedHashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            byTable.computeIfAbsent(addresses.get(i).table(), table -> new ArrayList<>())
                    .add(actions.get(i).values());
        }
        json.writeName("ItemCollectionMetrics");
        json.writeStartObject();
        byTable.forEach((table, values) -> {
            if (table.definition().indexes().stream().anyMatch(index -> !index.global())) {
                json.writeName(table.name());
                json.writeStartArray();
                values.forEach(item -> ItemOperations.writeMetrics("", table, item, json));
                json.writeEndArray();
            }
        });
        json.writeEndObject();
    }
}
