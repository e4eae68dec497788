package org.forgelog.dynamodb.operation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.forgelog.dynamodb.expression.Condition;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.expression.KeyCondition;
import org.forgelog.dynamodb.expression.Placeholders;
import org.forgelog.dynamodb.expression.Projection;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemSize;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.Attributes;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.table.Catalog;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.IndexLag;
import org.forgelog.dynamodb.table.ItemStore;
import org.forgelog.dynamodb.table.KeyAttribute;
import org.forgelog.dynamodb.table.KeySchema;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;

/** Query and Scan. */
final class QueryOperations {

    private static final String[] SELECT = {"SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"
    };
    private static final long MOST_SEGMENTS = 1_000_000;

    private final Catalog catalog;
    private final ItemStore items;
    private final IndexLag lag;

    QueryOperations(Catalog catalog, ItemStore items, IndexLag lag) {
        this.catalog = catalog;
        this.items = items;
        this.lag = lag;
    }

    /** The expressions of a request, read before the table is looked up. */
    private record Expressions(Placeholders placeholders, @Nullable Condition filter, @Nullable Projection projection) {

        static Expressions of(Request request, ExpressionKind... kinds) {
            Placeholders placeholders = Placeholders.of(request, kinds);
            String filter = request.string(ExpressionKind.FILTER.parameter());
            String projection = request.string(ExpressionKind.PROJECTION.parameter());
            return new Expressions(
                    placeholders,
                    filter == null ? null : Condition.parse(ExpressionKind.FILTER, filter, placeholders),
                    projection == null ? null : Projection.parse(projection, placeholders));
        }
    }

    /** Where it is read: the table itself, or one of its indexes. */
    private record Source(Table table, @Nullable IndexDefinition index) {

        KeySchema key() {
            return index == null ? table.key() : index.key();
        }

        int space() {
            return index == null ? table.definition().space() : index.space();
        }
    }

    Answer query(Request request) {
        checkNames(request);
        Long limit = request.integer("Limit");
        if (limit != null && limit < 1) {
            throw DynamoDbError.validation("1 validation error detected: Value at 'Limit' failed to satisfy constraint:"
                    + " Member must have value greater than or equal to 1");
        }
        ExpressionKind[] kinds = {ExpressionKind.FILTER, ExpressionKind.PROJECTION, ExpressionKind.KEY_CONDITION};
        Parameters.refuseLegacy(request, kinds);
        Expressions expressions = Expressions.of(request, kinds);
        String expression = request.string(ExpressionKind.KEY_CONDITION.parameter());
        if (expression == null) {
            throw DynamoDbError.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Condition.parse(ExpressionKind.KEY_CONDITION, expression, expressions.placeholders);
        expressions.placeholders.requireAllUsed();

        Source source = source(request);
        KeySchema key = source.key();
        KeyCondition condition =
                KeyCondition.parse(expression, expressions.placeholders, names(key.partition()), names(key.sort()));
        requireNoKeys(expressions.filter, key);
        byte[][] range = range(source, condition);
        boolean descending = Boolean.FALSE.equals(request.bool("ScanIndexForward"));
        continueAfter(request, source, range, descending, true);
        return read(request, source, range, descending, limit, expressions);
    }

    Answer scan(Request request) {
        Long limit = request.integer("Limit");
        Long segment = request.integer("Segment");
        Long segments = request.integer("TotalSegments");
        checkNames(request, constraints -> constraints
                .atLeast("limit", limit, 1)
                .atLeast("totalSegments", segments, 1)
                .atMost("totalSegments", segments, MOST_SEGMENTS)
                .atLeast("segment", segment, 0)
                .atMost("segment", segment, MOST_SEGMENTS - 1));
        ExpressionKind[] kinds = {ExpressionKind.FILTER, ExpressionKind.PROJECTION};
        Parameters.refuseLegacy(request, kinds);
        checkSegments(segment, segments);
        Expressions expressions = Expressions.of(request, kinds);
        expressions.placeholders.requireAllUsed();
        Source source = source(request);
        int number = segment == null ? 0 : segment.intValue();
        int count = segments == null ? 1 : segments.intValue();
        byte[][] range = {
            KeyBytes.segmentStart(source.space(), number, count),
            KeyBytes.segmentStart(source.space(), number + 1, count)
        };
        continueAfter(request, source, range, false, false);
        return read(request, source, range, false, limit, expressions);
    }

    private static void checkSegments(@Nullable Long segment, @Nullable Long segments) {
        if (segment != null && segments == null) {
            throw DynamoDbError.validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment parameter is"
                            + " present");
        }
        if (segment == null && segments != null) {
            throw DynamoDbError.validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments is"
                            + " present");
        }
        if (segment != null && segments != null && segment >= segments) {
            throw DynamoDbError.validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: "
                            + segment + " is not less than TotalSegments: " + segments);
        }
    }

    private static void checkNames(Request request) {
        checkNames(request, constraints -> {});
    }

    private static void checkNames(Request request, Consumer<Constraints> more) {
        Constraints constraints =
                Parameters.capacity(new Constraints(), request).tableName(request.string("TableName"));
        String index = request.string("IndexName");
        if (index != null) {
            constraints.name("indexName", index, 3);
        }
        constraints.oneOf("select", request.string("Select"), SELECT);
        more.accept(constraints);
        constraints.check();
    }

    private Source source(Request request) {
        String name = request.string("IndexName");
        Table table = catalog.table(String.valueOf(request.string("TableName")));
        IndexDefinition index = name == null ? null : table.definition().index(name);
        if (name != null && index == null) {
            throw DynamoDbError.validation("The table does not have the specified index: " + name);
        }
        if (index != null && index.global() && request.isTrue("ConsistentRead")) {
            throw DynamoDbError.validation("Consistent reads are not supported on global secondary indexes");
        }
        if (index != null && index.backfilling()) {
            throw DynamoDbError.validation("Cannot read from backfilling global secondary index: " + name);
        }
        return new Source(table, index);
    }

    private static void requireNoKeys(@Nullable Condition filter, KeySchema key) {
        if (filter != null) {
            Set<String> read = filter.attributes();
            key.names().filter(read::contains).findFirst().ifPresent(name -> {
                throw DynamoDbError.validation("Filter Expression can only contain non-primary key attributes:"
                        + " Primary key attribute: " + name);
            });
        }
    }

    private static byte[][] range(Source source, KeyCondition condition) {
        KeySchema key = source.key();
        byte[] equal = KeyBytes.concat(
                KeyBytes.partition(source.space(), components(key.partition(), condition.partition())),
                components(key.sort(), condition.sort()));
        KeyCondition.Range range = condition.range();
        if (range == null) {
            return new byte[][] {equal, KeyBytes.after(equal)};
        }
        KeyAttribute ranged = key.sort().get(condition.sort().size());
        byte[] value = KeyBytes.concat(equal, component(ranged, range.value()));
        return switch (range.operator()) {
            case "<" -> new byte[][] {equal, value};
            case "<=" -> new byte[][] {equal, KeyBytes.after(value)};
            case ">" -> new byte[][] {KeyBytes.after(value), KeyBytes.after(equal)};
            case ">=" -> new byte[][] {value, KeyBytes.after(equal)};
            case "BETWEEN" -> {
                AttributeValue upper = Objects.requireNonNull(range.upper());
                yield new byte[][] {value, KeyBytes.after(KeyBytes.concat(equal, component(ranged, upper)))};
            }
            default -> {
                byte[] prefix = KeyBytes.concat(equal, KeyBytes.componentPrefix(range.value()));
                yield new byte[][] {prefix, KeyBytes.after(prefix)};
            }
        };
    }

    private static List<String> names(List<KeyAttribute> attributes) {
        return attributes.stream().map(KeyAttribute::name).toList();
    }

    /** The values of as many attributes as there are values. */
    private static byte[] components(List<KeyAttribute> attributes, List<AttributeValue> values) {
        byte[] components = {};
        for (int i = 0; i < values.size(); i++) {
            components = KeyBytes.concat(components, component(attributes.get(i), values.get(i)));
        }
        return components;
    }

    private static byte[] component(KeyAttribute attribute, AttributeValue value) {
        if (!value.typeName().equals(attribute.type())) {
            throw DynamoDbError.invalidParameter("Condition parameter type does not match schema type");
        }
        if (ItemSize.of(value) == 0) {
            throw DynamoDbError.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                            + " empty string value. Key: " + attribute.name());
        }
        return KeyBytes.component(value);
    }

    /** Narrows the range to what lies behind the key after which the request wants to go on. */
    private static void continueAfter(
            Request request, Source source, byte[][] range, boolean descending, boolean query) {
        Attributes start = request.attributes("ExclusiveStartKey");
        if (start == null) {
            return;
        }
        byte[] at = startKey(source, start.sound());
        boolean inside = Arrays.compareUnsigned(at, range[0]) >= 0 && Arrays.compareUnsigned(at, range[1]) < 0;
        if (!inside) {
            throw DynamoDbError.validation(
                    query
                            ? "The provided starting key is outside query boundaries based on provided conditions"
                            : "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                                    + " ExclusiveStartKey with correct Segment. TotalSegments: "
                                    + request.integer("TotalSegments") + " Segment: " + request.integer("Segment"));
        }
        if (descending) {
            range[1] = at;
        } else {
            range[0] = KeyBytes.next(at);
        }
    }

    private static byte[] startKey(Source source, Map<String, AttributeValue> start) {
        Table table = source.table;
        Map<String, AttributeValue> tableKey = table.keyOf(start);
        Set<String> expected = new HashSet<>(table.key().names().toList());
        if (source.index != null) {
            source.index.key().names().forEach(expected::add);
        }
        if (!start.keySet().equals(expected)) {
            throw source.index == null && start.size() != expected.size()
                    ? DynamoDbError.validation("The provided starting key is invalid: The provided key element does not"
                            + " match the schema")
                    : DynamoDbError.validation("The provided starting key is invalid");
        }
        byte[] itemKey;
        try {
            itemKey = table.storeKey(tableKey);
        } catch (DynamoDbError e) {
            throw DynamoDbError.validation("The provided starting key is invalid: " + e.getMessage());
        }
        if (source.index == null) {
            return itemKey;
        }
        byte[] entry = source.index.entry(start, itemKey);
        if (entry == null) {
            throw DynamoDbError.validation("The provided starting key is invalid");
        }
        return entry;
    }

    private Answer read(
            Request request,
            Source source,
            byte[][] range,
            boolean descending,
            @Nullable Long limit,
            Expressions expressions) {
        String select = request.string("Select");
        checkSelect(select, source, expressions.projection);
        boolean wholeItems = source.index != null
                && !source.index.global()
                && ("ALL_ATTRIBUTES".equals(select)
                        || expressions.projection != null
                                && !source.index
                                        .notShown(expressions.projection.attributes(), source.table.key())
                                        .isEmpty());
        if (Arrays.compareUnsigned(range[0], range[1]) > 0) {
            range[0] = range[1];
        }
        PageReader page = new PageReader(new PageReader.Wanted(
                source.table,
                source.index,
                range[0],
                range[1],
                descending,
                request.isTrue("ConsistentRead"),
                limit == null ? Long.MAX_VALUE : limit,
                expressions.filter,
                expressions.projection,
                wholeItems,
                "COUNT".equals(select)));
        ConsumedCapacity consumed = ConsumedCapacity.of(request);
        try (OrderedStore.View view = Faults.trailsIndexes() ? lag.view(source.index, items.view()) : items.view()) {
            return Answer.of(json -> {
                page.write(view, json);
                consumed.add(source.table.name(), page.capacity());
                consumed.write(json);
            });
        }
    }

    private static void checkSelect(@Nullable String select, Source source, @Nullable Projection projection) {
        IndexDefinition index = source.index;
        if ("SPECIFIC_ATTRIBUTES".equals(select) && projection == null) {
            throw DynamoDbError.validation(
                    "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                            + " SPECIFIC_ATTRIBUTES");
        }
        if (projection != null && select != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
            throw DynamoDbError.validation("Cannot specify the ProjectionExpression when choosing to get " + select);
        }
        if ("ALL_PROJECTED_ATTRIBUTES".equals(select) && index == null) {
            throw DynamoDbError.validation(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        if (index == null || !index.global() || index.showsAll()) {
            return;
        }
        if ("ALL_ATTRIBUTES".equals(select)) {
            throw DynamoDbError.invalidParameter(
                    "Select type ALL_ATTRIBUTES is not supported for global secondary index " + index.name()
                            + " because its projection type is not ALL");
        }
        List<String> missing =
                projection == null ? List.of() : index.notShown(projection.attributes(), source.table.key());
        if (!missing.isEmpty()) {
            throw DynamoDbError.invalidParameter(
                    "Global secondary index " + index.name() + " does not project " + missing);
        }
    }
}
