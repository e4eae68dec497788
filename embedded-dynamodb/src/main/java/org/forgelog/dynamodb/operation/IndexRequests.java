package org.forgelog.dynamodb.operation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.KeySchema;
import org.forgelog.dynamodb.table.TableDefinition;

/** Reads and checks what CreateTable and UpdateTable say of indexes. */
final class IndexRequests {

    private static final int MOST_LOCAL = 5;
    private static final int MOST_GLOBAL = 20;
    private static final int MOST_INCLUDED = 100;

    /** Of a global index, for the partition key and for the sort key each. */
    private static final int MOST_KEY_ATTRIBUTES = 4;

    private final IntSupplier spaces;

    /** @param spaces gives a number to each new space of the store */
    IndexRequests(IntSupplier spaces) {
        this.spaces = spaces;
    }

    /**
     * Adds the indexes that CreateTable asks for.
     *
     * @param member {@code GlobalSecondaryIndexes} or {@code LocalSecondaryIndexes}
     */
    void add(
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
            KeyRequests.check(constraints, "keySchema", elements);
        }
        TableRequests.checkThroughput(constraints, "provisionedThroughput", throughput);
        constraints.check();
        if (global && onDemand && throughput != null) {
            throw DynamoDbError.invalidParameter("ProvisionedThroughput should not be specified for index: " + name
                    + " when BillingMode is PAY_PER_REQUEST");
        }
        if (global && !onDemand && throughput == null) {
            throw DynamoDbError.invalidParameter("ProvisionedThroughput must be specified for index: " + name);
        }
        KeySchema key =
                KeyRequests.key(Objects.requireNonNull(elements), attributes, ofEachType, " for index: " + name);
        long[] units = TableRequests.units(throughput, throughput == null);
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

    /** A global index that UpdateTable adds. */
    IndexDefinition added(Request request, TableDefinition table, Map<String, String> attributes) {
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
        TableRequests.checkThroughput(constraints, "provisionedThroughput", throughput);
        constraints.check();
        long[] units = TableRequests.units(throughput, false);
        return index.withUnits(units[0], units[1]);
    }
}
