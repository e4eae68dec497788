package org.forgelog.dynamodb.operation;

import java.time.Clock;
import java.util.ArrayList;
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
import org.forgelog.dynamodb.table.KeySchema;
import org.forgelog.dynamodb.table.TableDefinition;
import org.jspecify.annotations.Nullable;

/** Reads and checks what CreateTable and UpdateTable say of tables. */
final class TableRequests {

    static final String[] BILLING = {"PROVISIONED", "PAY_PER_REQUEST"};
    private static final String ON_DEMAND = "PAY_PER_REQUEST";

    private final IndexRequests indexRequests;
    private final IntSupplier spaces;
    private final Clock clock;

    /** @param spaces gives a number to each new space of the store */
    TableRequests(IndexRequests indexRequests, IntSupplier spaces, Clock clock) {
        this.indexRequests = indexRequests;
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
        KeySchema key = KeyRequests.key(Objects.requireNonNull(elements), attributes, 1, "");
        List<IndexDefinition> indexes = new ArrayList<>();
        indexRequests.add(request, "LocalSecondaryIndexes", key, attributes, onDemand, indexes);
        indexRequests.add(request, "GlobalSecondaryIndexes", key, attributes, onDemand, indexes);
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
            KeyRequests.check(constraints, "keySchema", elements);
        }
        constraints.check();
    }

    static void checkThroughput(Constraints constraints, String at, @Nullable Request throughput) {
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

    static long[] units(@Nullable Request throughput, boolean onDemand) {
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
}
