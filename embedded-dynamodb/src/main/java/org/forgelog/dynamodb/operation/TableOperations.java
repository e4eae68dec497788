package org.forgelog.dynamodb.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Backfill;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.Table;
import org.forgelog.dynamodb.table.TableDefinition;
import org.jspecify.annotations.Nullable;

/** CreateTable, DescribeTable, UpdateTable, DeleteTable and ListTables. */
final class TableOperations {

    private static final long MOST_NAMES = 100;

    private final Catalog catalog;
    private final TableRequests requests;
    private final IndexRequests indexRequests;
    private final TableDescriptions descriptions;
    private final Backfill backfill;

    TableOperations(
            Catalog catalog,
            TableRequests requests,
            IndexRequests indexRequests,
            TableDescriptions descriptions,
            Backfill backfill) {
        this.catalog = catalog;
        this.requests = requests;
        this.indexRequests = indexRequests;
        this.descriptions = descriptions;
        this.backfill = backfill;
    }

    Answer create(Request request) {
        TableDefinition definition = requests.table(request);
        catalog.add(definition);
        return Answer.of(
                json -> descriptions.write("TableDescription", catalog.table(definition.name()), "CREATING", json));
    }

    Answer describe(Request request) {
        Table table = named(request);
        return Answer.of(json -> descriptions.write("Table", table, null, json));
    }

    private Table named(Request request) {
        String name = request.string("TableName");
        new Constraints().tableName(name).check();
        Table table = catalog.find(String.valueOf(name));
        if (table == null) {
            throw DynamoDbError.resourceNotFound("Requested resource not found: Table: "
                    + Constraints.withoutArn(String.valueOf(name)) + " not found");
        }
        return table;
    }

    Answer delete(Request request) {
        Table table = named(request);
        if (table.definition().deletionProtected()) {
            throw DynamoDbError.validation("Resource cannot be deleted as it is currently protected against deletion."
                    + " Disable deletion protection first.");
        }
        requireSettled(table);
        catalog.remove(table);
        return Answer.of(json -> descriptions.write("TableDescription", table, "DELETING", json));
    }

    Answer list(Request request) {
        Long limit = request.integer("Limit");
        String start = request.string("ExclusiveStartTableName");
        Constraints constraints = new Constraints().atLeast("limit", limit, 1).atMost("limit", limit, MOST_NAMES);
        if (start != null) {
            constraints.name("exclusiveStartTableName", start, 3);
        }
        constraints.check();
        long most = limit == null ? MOST_NAMES : limit;
        List<String> names = (start == null ? catalog.all() : catalog.all().tailMap(start, false))
                .keySet().stream().limit(most + 1).toList();
        return Answer.of(json -> {
            json.writeName("TableNames");
            json.writeStartArray();
            names.stream().limit(most).forEach(json::writeString);
            json.writeEndArray();
            if (names.size() > most) {
                json.writeStringProperty("LastEvaluatedTableName", names.get((int) most - 1));
            }
        });
    }

    private static void requireSettled(Table table) {
        if (table.definition().indexes().stream().anyMatch(IndexDefinition::backfilling)) {
            throw DynamoDbError.resourceInUse(
                    "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
        }
    }

    Answer update(Request request) {
        new Constraints()
                .tableName(request.string("TableName"))
                .oneOf("billingMode", request.string("BillingMode"), TableRequests.BILLING)
                .check();
        List<Request> updates = request.objects("GlobalSecondaryIndexUpdates");
        requests.checkUpdate(request, updates);
        Table table = catalog.find(String.valueOf(request.string("TableName")));
        if (table == null) {
            throw DynamoDbError.resourceNotFound(
                    "Requested resource not found: Table: " + request.string("TableName") + " not found");
        }
        requireSettled(table);
        List<IndexDefinition> removed = new ArrayList<>();
        TableDefinition changed = changed(table.definition(), request, updates, removed);
        catalog.change(
                table,
                before -> changed,
                removed.stream().map(index -> Catalog.emptied(index.space())).toList());
        boolean filling = changed.indexes().stream().anyMatch(IndexDefinition::backfilling);
        if (filling) {
            backfill.start(table);
        }
        return Answer.of(json -> descriptions.write("TableDescription", table, "UPDATING", json));
    }

    private TableDefinition changed(
            TableDefinition before, Request request, @Nullable List<Request> updates, List<IndexDefinition> removed) {
        TableDefinition definition = requests.withBilling(before, request);
        if (request.has("DeletionProtectionEnabled") || request.has("TableClass")) {
            String tableClass = request.string("TableClass");
            definition = definition.withSettings(
                    request.has("DeletionProtectionEnabled")
                            ? request.isTrue("DeletionProtectionEnabled")
                            : before.deletionProtected(),
                    tableClass == null ? before.tableClass() : tableClass);
        }
        if (updates == null) {
            return definition;
        }
        Map<String, String> attributes = new LinkedHashMap<>(before.attributes());
        attributes.putAll(requests.attributes(request));
        List<IndexDefinition> indexes = new ArrayList<>(definition.indexes());
        for (Request update : updates) {
            Request create = update.object("Create");
            Request delete = update.object("Delete");
            Request change = update.object("Update");
            if (create != null) {
                indexes.add(indexRequests.added(create, definition, attributes));
            } else if (delete != null) {
                IndexDefinition index = existing(definition, delete.string("IndexName"));
                indexes.remove(index);
                removed.add(index);
            } else if (change != null) {
                IndexDefinition index = existing(definition, change.string("IndexName"));
                indexes.set(indexes.indexOf(index), indexRequests.withThroughput(index, change));
            }
        }
        attributes.keySet().retainAll(TableRequests.keyAttributes(before.key(), indexes));
        return definition.withIndexes(indexes, attributes);
    }

    private static IndexDefinition existing(TableDefinition definition, @Nullable String name) {
        IndexDefinition index = definition.index(Objects.requireNonNullElse(name, ""));
        if (index == null || !index.global()) {
            throw DynamoDbError.resourceNotFound(
                    "Requested resource not found: Index: " + name + " of table: " + definition.name() + " not found");
        }
        return index;
    }
}
