package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of the keys: one partition, and perhaps the beginning of a sort key and a range.
 *
 * @param partition values of all its attributes
 * @param sort values of the first attributes of the sort key, of none up to all
 * @param range what is asked of the next one of these; null for all
 */
public record KeyCondition(List<AttributeValue> partition, List<AttributeValue> sort, @Nullable Range range) {

    /**
     * A range of values of a key attribute.
     *
     * @param operator {@code =}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code BETWEEN} or {@code begins_with}
     * @param value the bound, the lower one, or the prefix
     * @param upper of {@code BETWEEN} alone
     */
    public record Range(String operator, AttributeValue value, @Nullable AttributeValue upper) {

        boolean isOne() {
            return operator.equals("=");
        }
    }

    /**
     * Reads an expression.
     *
     * @param partitionKey its attributes
     * @param sortKey its attributes
     * @throws DynamoDbError when it is no condition on these keys
     */
    public static KeyCondition parse(
            String expression, Placeholders placeholders, List<String> partitionKey, List<String> sortKey) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        collect(Condition.parse(ExpressionKind.KEY_CONDITION, expression, placeholders), ranges);
        List<AttributeValue> partition = new ArrayList<>();
        for (String attribute : partitionKey) {
            Range value = ranges.remove(attribute);
            if (value == null) {
                throw DynamoDbError.validation("Query condition missed key schema element: " + attribute);
            }
            if (!value.isOne()) {
                throw notSupported();
            }
            partition.add(value.value);
        }
        List<AttributeValue> sort = new ArrayList<>();
        for (String attribute : sortKey) {
            Range range = ranges.remove(attribute);
            if (range == null && ranges.isEmpty()) {
                break;
            }
            if (range == null) {
                throw DynamoDbError.validation("Query condition missed key schema element: " + attribute);
            }
            if (!range.isOne()) {
                requireNone(ranges);
                return new KeyCondition(partition, sort, range);
            }
            sort.add(range.value);
        }
        requireNone(ranges);
        return new KeyCondition(partition, sort, null);
    }

    /** Nothing may be asked of attributes behind the first one with a range, nor of those that are no keys. */
    private static void requireNone(Map<String, Range> ranges) {
        if (!ranges.isEmpty()) {
            throw notSupported();
        }
    }

    private static DynamoDbError notSupported() {
        return DynamoDbError.validation("Query key condition not supported");
    }

    private static void collect(Condition condition, Map<String, Range> ranges) {
        switch (condition) {
            case Condition.And(Condition left, Condition right) -> {
                collect(left, ranges);
                collect(right, ranges);
            }
            case Condition.Comparison(String operator, Operand left, Operand right) -> {
                if (operator.equals("<>")) {
                    throw unsupported("<>");
                }
                if (left instanceof Operand.OfPath) {
                    add(ranges, left, new Range(operator, literal(right), null));
                } else {
                    add(ranges, right, new Range(mirrored(operator), literal(left), null));
                }
            }
            case Condition.Between(Operand value, Operand low, Operand high) ->
                add(ranges, value, new Range("BETWEEN", literal(low), literal(high)));
            case Condition.BeginsWith(Operand value, Operand prefix) ->
                add(ranges, value, new Range("begins_with", literal(prefix), null));
            case Condition.Or or -> throw unsupported("OR");
            case Condition.Not(Condition.Exists exists) -> throw unsupported("attribute_not_exists");
            case Condition.Not not -> throw unsupported("NOT");
            case Condition.In in -> throw unsupported("IN");
            case Condition.Exists exists -> throw unsupported("attribute_exists");
            case Condition.HasType type -> throw unsupported("attribute_type");
            case Condition.Contains contains -> throw unsupported("contains");
        }
    }

    private static DynamoDbError unsupported(String operator) {
        return DynamoDbError.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static void add(Map<String, Range> ranges, Operand operand, Range range) {
        if (!(operand instanceof Operand.OfPath(Path path))) {
            throw notSupported();
        }
        if (!path.steps().isEmpty()) {
            throw DynamoDbError.validation("KeyConditionExpressions cannot have conditions on nested attributes");
        }
        if (ranges.put(path.attribute(), range) != null) {
            throw DynamoDbError.validation("KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static AttributeValue literal(Operand operand) {
        if (!(operand instanceof Operand.Literal(AttributeValue value))) {
            throw notSupported();
        }
        return value;
    }
}
