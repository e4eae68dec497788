package org.forgelog.dynamodb.operation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.KeyAttribute;
import org.forgelog.dynamodb.table.KeySchema;
import org.forgelog.dynamodb.table.TableDefinition;
import org.jspecify.annotations.Nullable;

/** Reads and checks what CreateTable and UpdateTable say of tables and indexes. */
final class TableRequests {

    static final String[] BILLING = {"PROVISIONED", "PAY_PER_REQUEST"};
    private static final String ON_DEMAND = "PAY_PER_REQUEST";
    private static final int MOST_LOCAL = 5;
    private static final int MOST_GLOBAL = 20;
    private static final int MOST_INCLUDED = 100;

    /** Of a global index, for the partition key and for the sort key each. */
    private static final int MOST_KEY_ATTRIBUTES = 4;

    private final IntSupplier spaces;
    private final Clock clock;

    /** @param spaces gives a number to each new space of the store */
    TableRequests(IntSupplier spaces, Clock clock) {
        this.spaces = spaces;
        this.clock = clock;
    }

    /** The table that CreateTable asks for. */
    TableDefinition table(Request request) {
        String name = request.string("TableName");
        if (name == null) {
            throw DynamoDbError.validation("The parameter 'TableName' is required but was not present in the request");
        }
        List<Request> definitions = request.objects("AttributeDefinitions");
        List<Request> elements = request.objects("KeySchema");
        checkModel(request, name, definitions, elements);
        Map<String, String> attributes = attributes(request);
        boolean onDemand = ON_DEMAND.equals(request.string("BillingMode"));
        long[] units = units(request.object("ProvisionedThroughput"), onDemand);
        requireUnknown(request);
        KeySchema key = key(Objects.requireNonNull(elements), attributes, 1, "");
        List<IndexDefinition> indexes = new ArrayList<>();
        addIndexes(request, "LocalSecondaryIndexes", key, attributes, onDemand, indexes);
        addIndexes(request, "GlobalSecondaryIndexes", key, attributes, onDemand, indexes);
        requireUsed(key, indexes, attributes);
        String tableClass = request.string("TableClass");
        return new TableDefinition(
                name,
                UUID.randomUUID().toString(),
                spaces.getAsInt(),
                key,
                attributes,
                indexes,
                clock.millis(),
                onDemand,
                units[0],
                units[1],
                null,
                request.isTrue("DeletionProtectionEnabled"),
                tableClass == null ? "STANDARD" : tableClass,
                TagOperations.tags(request));
    }

    private static void checkModel(
            Request request, String name, @Nullable List<Request> definitions, @Nullable List<Request> elements) {
        Constraints constraints = new Constraints()
                .name("tableName", name, 3)
                .oneOf("billingMode", request.string("BillingMode"), BILLING)
                .oneOf("tableClass", request.string("TableClass"), "STANDARD", "STANDARD_INFREQUENT_ACCESS")
                .notNull("attributeDefinitions", definitions)
                .notNull("keySchema", elements);
        checkThroughput(constraints, "provisionedThroughput", request.object("ProvisionedThroughput"));
        for (int i = 0; definitions != null && i < definitions.size(); i++) {
            String at = "attributeDefinitions." + (i + 1) + ".member.";
            String type = definitions.get(i).string("AttributeType");
            constraints
                    .notNull(at + "attributeName", definitions.get(i).string("AttributeName"))
                    .notNull(at + "attributeType", type)
                    .oneOf(at + "attributeType", type, "B", "N", "S");
        }
        if (elements != null) {
            List<String> shown = elements.stream()
                    .map(element -> "KeySchemaElement(attributeName=" + element.string("AttributeName") + ", keyType="
                            + element.string("KeyType") + ")")
                    .toList();
            constraints.size("keySchema", shown, 1, 2);
            checkKey(constraints, "keySchema", elements);
        }
        constraints.check();
    }

    private static void checkKey(Constraints constraints, String at, List<Request> elements) {
        for (int i = 0; i < elements.size(); i++) {
            String member = at + "." + (i + 1) + ".member.";
            String type = elements.get(i).string("KeyType");
            constraints
                    .notNull(member + "attributeName", elements.get(i).string("AttributeName"))
                    .notNull(member + "keyType", type)
                    .oneOf(member + "keyType", type, "HASH", "RANGE");
        }
    }

    private static void checkThroughput(Constraints constraints, String at, @Nullable Request throughput) {
        if (throughput != null) {
            Long read = throughput.integer("ReadCapacityUnits");
            Long write = throughput.integer("WriteCapacityUnits");
            constraints
                    .notNull(at + ".writeCapacityUnits", write)
                    .atLeast(at + ".writeCapacityUnits", write, 1)
                    .notNull(at + ".readCapacityUnits", read)
                    .atLeast(at + ".readCapacityUnits", read, 1);
        }
    }

    private static void requireUnknown(Request request) {
        Request stream = request.object("StreamSpecification");
        if (stream != null && stream.isTrue("StreamEnabled")) {
            throw DynamoDbError.invalidParameter("Streams are not supported by this engine");
        }
    }

    /** Types of attributes by name, as the request defines them. */
    Map<String, String> attributes(Request request) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Request> definitions = request.objects("AttributeDefinitions");
        if (definitions != null) {
            for (Request definition : definitions) {
                String name = Objects.requireNonNullElse(definition.string("AttributeName"), "");
                String type = Objects.requireNonNullElse(definition.string("AttributeType"), "");
                String other = attributes.put(name, type);
                if (other != null) {
                    throw DynamoDbError.invalidParameter("Duplicate AttributeName in AttributeDefinitions: " + name);
                }
            }
        }
        return attributes;
    }

    private static long[] units(@Nullable Request throughput, boolean onDemand) {
        if (onDemand && throughput != null) {
            throw DynamoDbError.invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                            + " BillingMode is PAY_PER_REQUEST");
        }
        if (!onDemand && throughput == null) {
            throw DynamoDbError.invalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                    + " BillingMode is PROVISIONED");
        }
        return throughput == null
                ? new long[2]
                : new long[] {
                    Objects.requireNonNullElse(throughput.integer("ReadCapacityUnits"), 0L),
                    Objects.requireNonNullElse(throughput.integer("WriteCapacityUnits"), 0L)
                };
    }

    private static KeySchema key(
            List<Request> elements, Map<String, String> attributes, int mostOfEachType, String ofIndex) {
        List<String> names = elements.stream()
                .map(element -> Objects.requireNonNullElse(element.string("AttributeName"), ""))
                .toList();
        int partition = (int) elements.stream().takeWhile(TableRequests::isHash).count();
        if (partition == 0) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: The first KeySchemaElement is not a HASH key type" + ofIndex);
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw DynamoDbError.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        if (partition > mostOfEachType) {
            throw DynamoDbError.validation(
                    mostOfEachType == 1
                            ? "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type" + ofIndex
                            : "Invalid KeySchema: More than " + mostOfEachType + " HASH key attributes" + ofIndex);
        }
        if (elements.size() - partition > mostOfEachType) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: More than " + mostOfEachType + " RANGE key attributes" + ofIndex);
        }
        if (elements.stream().skip(partition).anyMatch(TableRequests::isHash)) {
            throw DynamoDbError.validation(
                    "Invalid KeySchema: A HASH key attribute follows a RANGE key attribute" + ofIndex);
        }
        for (String name : names) {
            if (!attributes.containsKey(name)) {
                throw DynamoDbError.invalidParameter(
                        "Some index key attributes are not defined in AttributeDefinitions." + " Keys: " + names
                                + ", AttributeDefinitions: " + attributes.keySet());
            }
        }
        List<KeyAttribute> key = names.stream()
                .map(name -> new KeyAttribute(name, Objects.requireNonNull(attributes.get(name))))
                .toList();
        return new KeySchema(key.subList(0, partition), key.subList(partition, key.size()));
    }

    private static boolean isHash(Request element) {
        return "HASH".equals(element.string("KeyType"));
    }

    private void addIndexes(
            Request request,
            String member,
            KeySchema table,
            Map<String, String> attributes,
            boolean onDemand,
            List<IndexDefinition> indexes) {
        List<Request> requested = request.objects(member);
        if (requested == null) {
            return;
        }
        boolean global = member.startsWith("Global");
        if (requested.isEmpty()) {
            throw DynamoDbError.invalidParameter("List of " + member + " is empty");
        }
        if (requested.size() > (global ? MOST_GLOBAL : MOST_LOCAL)) {
            throw global
                    ? DynamoDbError.limitExceeded("GlobalSecondaryIndex count exceeds the per-table limit of 20")
                    : DynamoDbError.invalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
        }
        if (!global && table.sort().isEmpty()) {
            throw DynamoDbError.invalidParameter("Table KeySchema does not have a range key, which is required when"
                    + " specifying a LocalSecondaryIndex");
        }
        for (Request index : requested) {
            IndexDefinition definition = index(index, global, attributes, onDemand, false);
            if (indexes.stream().anyMatch(other -> other.name().equals(definition.name()))) {
                throw DynamoDbError.invalidParameter("Duplicate index name: " + definition.name());
            }
            if (!global) {
                requireLocal(definition, table);
            }
            indexes.add(definition);
        }
    }

    private static void requireLocal(IndexDefinition index, KeySchema table) {
        if (!index.key().partition().equals(table.partition())) {
            throw DynamoDbError.invalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                            + index.name()
                            + ". index hash key: "
                            + index.key().partition().getFirst().name() + ", table hash key: "
                            + table.partition().getFirst().name());
        }
        if (index.key().sort().isEmpty()) {
            throw DynamoDbError.invalidParameter(
                    "Index KeySchema does not have a range key for index: " + index.name());
        }
    }

    private IndexDefinition index(
            Request request, boolean global, Map<String, String> attributes, boolean onDemand, boolean backfilling) {
        String name = request.string("IndexName");
        List<Request> elements = request.objects("KeySchema");
        Request projection = request.object("Projection");
        Request throughput = request.object("ProvisionedThroughput");
        int ofEachType = global ? MOST_KEY_ATTRIBUTES : 1;
        Constraints constraints = new Constraints()
                .name("indexName", name, 3)
                .notNull("keySchema", elements)
                .size("keySchema", elements, 1, 2 * ofEachType)
                .notNull("projection", projection);
        if (elements != null) {
            checkKey(constraints, "keySchema", elements);
        }
        checkThroughput(constraints, "provisionedThroughput", throughput);
        constraints.check();
        if (global && onDemand && throughput != null) {
            throw DynamoDbError.invalidParameter("ProvisionedThroughput should not be specified for index: " + name
                    + " when BillingMode is PAY_PER_REQUEST");
        }
        if (global && !onDemand && throughput == null) {
            throw DynamoDbError.invalidParameter("ProvisionedThroughput must be specified for index: " + name);
        }
        KeySchema key = key(Objects.requireNonNull(elements), attributes, ofEachType, " for index: " + name);
        long[] units = units(throughput, throughput == null);
        return new IndexDefinition(
                Objects.requireNonNull(name),
                spaces.getAsInt(),
                global,
                key,
                projectionType(Objects.requireNonNull(projection)),
                included(projection),
                units[0],
                units[1],
                backfilling);
    }

    private static String projectionType(Request projection) {
        String type = projection.string("ProjectionType");
        new Constraints()
                .oneOf("projection.projectionType", type, "ALL", "INCLUDE", "KEYS_ONLY")
                .check();
        boolean includes = projection.has("NonKeyAttributes");
        if (type == null) {
            throw DynamoDbError.invalidParameter("Unknown ProjectionType: null");
        }
        if (includes && !type.equals("INCLUDE")) {
            throw DynamoDbError.invalidParameter("ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        if (!includes && type.equals("INCLUDE")) {
            throw DynamoDbError.invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        return type;
    }

    private static List<String> included(Request projection) {
        List<String> included = projection.strings("NonKeyAttributes");
        new Constraints()
                .size("projection.nonKeyAttributes", included, 1, MOST_INCLUDED)
                .check();
        return included == null ? List.of() : included;
    }

    /** Names of all attributes that are keys. */
    static Set<String> keyAttributes(KeySchema table, List<IndexDefinition> indexes) {
        Set<String> names = new LinkedHashSet<>(table.names().toList());
        indexes.forEach(index -> index.key().names().forEach(names::add));
        return names;
    }

    private static void requireUsed(KeySchema key, List<IndexDefinition> indexes, Map<String, String> attributes) {
        Set<String> used = keyAttributes(key, indexes);
        if (!used.containsAll(attributes.keySet())) {
            throw indexes.isEmpty()
                    ? DynamoDbError.invalidParameter(
                            "Number of attributes in KeySchema does not exactly match number of"
                                    + " attributes defined in AttributeDefinitions")
                    : DynamoDbError.invalidParameter("Some AttributeDefinitions are not used. AttributeDefinitions: "
                            + attributes.keySet() + ", keys used: " + used);
        }
    }

    /** What UpdateTable says, as far as that can be judged without the table. */
    void checkUpdate(Request request, @Nullable List<Request> updates) {
        Constraints constraints = new Constraints();
        checkThroughput(constraints, "provisionedThroughput", request.object("ProvisionedThroughput"));
        constraints.check();
        requireUnknown(request);
        boolean nothing = updates == null
                && !request.has("ProvisionedThroughput")
                && !request.has("BillingMode")
                && !request.has("DeletionProtectionEnabled")
                && !request.has("TableClass")
                && !request.has("SSESpecification");
        if (nothing) {
            throw DynamoDbError.validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                    + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
        if (ON_DEMAND.equals(request.string("BillingMode")) && request.has("ProvisionedThroughput")) {
            throw DynamoDbError.invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                            + " BillingMode is PAY_PER_REQUEST");
        }
        if (updates != null && updates.stream().filter(u -> !u.has("Update")).count() > 1) {
            throw DynamoDbError.limitExceeded("Subscriber limit exceeded: Only 1 online index can be created or deleted"
                    + " simultaneously per table");
        }
    }

    /** The table with what UpdateTable says of billing. */
    TableDefinition withBilling(TableDefinition before, Request request) {
        Request throughput = request.object("ProvisionedThroughput");
        String mode = request.string("BillingMode");
        if (throughput == null && mode == null) {
            return before;
        }
        if (ON_DEMAND.equals(mode)) {
            return before.withBilling(true, 0, 0);
        }
        if (mode == null && before.onDemand()) {
            throw DynamoDbError.invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                            + " BillingMode is PAY_PER_REQUEST");
        }
        long[] units = units(throughput, false);
        if (!before.onDemand() && before.readUnits() == units[0] && before.writeUnits() == units[1]) {
            throw DynamoDbError.validation(
                    "The provisioned throughput for the table will not change. The requested value"
                            + " equals the current value. Current ReadCapacityUnits provisioned for the table: "
                            + units[0]
                            + ". Requested ReadCapacityUnits: " + units[0]
                            + ". Current WriteCapacityUnits provisioned for the table: " + units[1]
                            + ". Requested WriteCapacityUnits: " + units[1]
                            + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher"
                            + " limits.");
        }
        return before.withBilling(false, units[0], units[1]);
    }

    /** A global index that UpdateTable adds. */
    IndexDefinition newIndex(Request request, TableDefinition table, Map<String, String> attributes) {
        String name = request.string("IndexName");
        if (name != null && table.index(name) != null) {
            throw DynamoDbError.validation("Attempting to create an index which already exists");
        }
        if (table.indexes().stream().filter(IndexDefinition::global).count() >= MOST_GLOBAL) {
            throw DynamoDbError.limitExceeded("GlobalSecondaryIndex count exceeds the per-table limit of 20");
        }
        return index(request, true, attributes, table.onDemand(), true);
    }

    /** An index with what UpdateTable says of its throughput. */
    IndexDefinition withThroughput(IndexDefinition index, Request change) {
        Request throughput = change.object("ProvisionedThroughput");
        Constraints constraints = new Constraints().notNull("provisionedThroughput", throughput);
        checkThroughput(constraints, "provisionedThroughput", throughput);
        constraints.check();
        long[] units = units(throughput, false);
        return index.withUnits(units[0], units[1]);
    }
}
