package org.forgelog.dynamodb.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.Bytes;
import org.jspecify.annotations.Nullable;

/** What a condition or filter expression says of an item. A comparison with an attribute that is not there is false. */
public sealed interface Condition {

    /** Whether it holds for an item; an item that there is not has no attributes. */
    boolean holds(Map<String, AttributeValue> item);

    /** {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
    record Comparison(String operator, Operand left, Operand right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue a = left.in(item);
            AttributeValue b = right.in(item);
            return switch (operator) {
                case "=" -> a != null && same(a, b);
                case "<>" -> a == null || !same(a, b);
                case "<" -> ordered(a, b, order -> order < 0);
                case "<=" -> ordered(a, b, order -> order <= 0);
                case ">" -> ordered(a, b, order -> order > 0);
                default -> ordered(a, b, order -> order >= 0);
            };
        }
    }

    /** {@code value BETWEEN low AND high}. */
    record Between(Operand value, Operand low, Operand high) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue v = value.in(item);
            return ordered(v, low.in(item), order -> order >= 0) && ordered(v, high.in(item), order -> order <= 0);
        }
    }

    /** {@code value IN (a, b)}. */
    record In(Operand value, List<Operand> candidates) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue v = value.in(item);
            return v != null && candidates.stream().anyMatch(candidate -> same(v, candidate.in(item)));
        }
    }

    /** Both. */
    record And(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return left.holds(item) && right.holds(item);
        }
    }

    /** One of them, or both. */
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return left.holds(item) || right.holds(item);
        }
    }

    /** The opposite. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return !condition.holds(item);
        }
    }

    /** {@code attribute_exists(path)}. */
    record Exists(Path path) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return path.in(item) != null;
        }
    }

    /** {@code attribute_type(path, type)}. */
    record HasType(Path path, String type) implements Condition {
        static final Set<String> TYPES = Set.of("B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M");

        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue value = path.in(item);
            return value != null && value.typeName().equals(type);
        }
    }

    /** {@code begins_with(value, prefix)}, of texts and byte strings. */
    record BeginsWith(Operand value, Operand prefix) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue v = value.in(item);
            AttributeValue p = prefix.in(item);
            if (v instanceof AttributeValue.S(String text) && p instanceof AttributeValue.S(String start)) {
                return text.startsWith(start);
            }
            return v instanceof AttributeValue.B(Bytes bytes)
                    && p instanceof AttributeValue.B(Bytes start)
                    && bytes.startsWith(start);
        }
    }

    /** {@code contains(value, part)}: a part of a text, a member of a set or list. */
    record Contains(Operand value, Operand part) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue p = part.in(item);
            return switch (value.in(item)) {
                case AttributeValue.S text ->
                    p instanceof AttributeValue.S s && text.value().contains(s.value());
                case AttributeValue.SS set ->
                    p instanceof AttributeValue.S s && set.value().contains(s.value());
                case AttributeValue.NS set ->
                    p instanceof AttributeValue.N n && set.value().contains(n.value());
                case AttributeValue.BS set ->
                    p instanceof AttributeValue.B b && set.value().contains(b.value());
                case AttributeValue.L list -> p != null && list.value().contains(p);
                case null, default -> false;
            };
        }
    }

    /** The top-level attributes that it looks at. */
    default Set<String> attributes() {
        Set<String> attributes = new HashSet<>();
        collectAttributes(this, attributes);
        return attributes;
    }

    private static void collectAttributes(Condition condition, Set<String> into) {
        switch (condition) {
            case Comparison(String operator, Operand left, Operand right) -> collectAttributes(into, left, right);
            case Between(Operand value, Operand low, Operand high) -> collectAttributes(into, value, low, high);
            case In(Operand value, List<Operand> candidates) -> {
                collectAttributes(into, value);
                collectAttributes(into, candidates.toArray(new Operand[0]));
            }
            case And(Condition left, Condition right) -> {
                collectAttributes(left, into);
                collectAttributes(right, into);
            }
            case Or(Condition left, Condition right) -> {
                collectAttributes(left, into);
                collectAttributes(right, into);
            }
            case Not(Condition inner) -> collectAttributes(inner, into);
            case Exists(Path path) -> into.add(path.attribute());
            case HasType(Path path, String type) -> into.add(path.attribute());
            case BeginsWith(Operand value, Operand prefix) -> collectAttributes(into, value, prefix);
            case Contains(Operand value, Operand part) -> collectAttributes(into, value, part);
        }
    }

    private static void collectAttributes(Set<String> into, Operand... operands) {
        for (Operand operand : operands) {
            switch (operand) {
                case Operand.OfPath(Path path) -> into.add(path.attribute());
                case Operand.Size(Path path) -> into.add(path.attribute());
                case Operand.Literal literal -> {}
            }
        }
    }

    private static boolean same(@Nullable AttributeValue a, @Nullable AttributeValue b) {
        return a != null && a.equals(b);
    }

    private static boolean ordered(@Nullable AttributeValue a, @Nullable AttributeValue b, Predicate<Integer> wanted) {
        return a != null
                && b != null
                && a.isOrdered()
                && a.getClass() == b.getClass()
                && wanted.test(AttributeValue.compare(a, b));
    }

    /**
     * Reads an expression.
     *
     * @throws org.forgelog.dynamodb.protocol.DynamoDbError when it is none
     */
    static Condition parse(ExpressionKind kind, String expression, Placeholders placeholders) {
        return new ConditionParser(new Tokens(kind, expression), placeholders).parse();
    }
}
