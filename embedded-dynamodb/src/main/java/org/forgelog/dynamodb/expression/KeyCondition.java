package org.forgelog.dynamodb.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of the keys: one partition, and perhaps a range of sort keys.
 *
 * @param partition the partition key
 * @param sort what is asked of the sort key; null for all
 */
public record KeyCondition(AttributeValue partition, @Nullable Range sort) {

    /**
     * A range of sort keys.
     *
     * @param operator {@code =}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code BETWEEN} or {@code begins_with}
     * @param value the bound, the lower one, or the prefix
     * @param upper of {@code BETWEEN} alone
     */
    public record Range(String operator, AttributeValue value, @Nullable AttributeValue upper) {}

    /**
     * Reads an expression.
     *
     * @param partitionKey its attribute
     * @param sortKey its attribute, where there is one
     * @throws DynamoDbError when it is no condition on these keys
     */
    public static KeyCondition parse(
            String expression, Placeholders placeholders, String partitionKey, @Nullable String sortKey) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        collect(Condition.parse(ExpressionKind.KEY_CONDITION, expression, placeholders), ranges);
        Range partition = ranges.remove(partitionKey);
        if (partition == null) {
            throw DynamoDbError.validation("Query condition missed key schema element: " + partitionKey);
        }
        if (!partition.operator.equals("=")) {
            throw DynamoDbError.validation("Query key condition not supported");
        }
        Range sort = sortKey == null ? null : ranges.remove(sortKey);
        if (!ranges.isEmpty()) {
            throw DynamoDbError.validation(
                    sortKey == null || sort != null
                            ? "Query key condition not supported"
                            : "Query condition missed key schema element: " + sortKey);
        }
        return new KeyCondition(partition.value, sort);
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
            throw DynamoDbError.validation("Query key condition not supported");
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
            throw DynamoDbError.validation("Query key condition not supported");
        }
        return value;
    }
}
