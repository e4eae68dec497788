package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.InvalidValueException;
import org.forgelog.dynamodb.item.Numbers;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.jspecify.annotations.Nullable;

/**
 * What an update expression does to an item. All its values are those that the item had before.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
public final class UpdateExpression {

    /** A value that a {@code SET} gives. */
    sealed interface Value {

        record Of(Operand operand) implements Value {}

        /** {@code if_not_exists(path, value)}. */
        record IfNotExists(Path path, Value otherwise) implements Value {}

        /** {@code list_append(first, second)}. */
        record ListAppend(Value first, Value second) implements Value {}

        /** {@code left + right} or {@code left - right}. */
        record Arithmetic(boolean plus, Value left, Value right) implements Value {}
    }

    /** One of the changes. */
    sealed interface Change {

        Path path();

        record Set(Path path, Value value) implements Change {}

        record Remove(Path path) implements Change {}

        record Add(Path path, AttributeValue value) implements Change {}

        record Delete(Path path, AttributeValue value) implements Change {}
    }

    private final List<Change> changes;

    UpdateExpression(List<Change> changes) {
        this.changes = changes;
    }

    /** One that leaves the item as it is, but makes it where it is missing. */
    public static UpdateExpression none() {
        return new UpdateExpression(List.of());
    }

    /** @throws DynamoDbError when it is none */
    public static UpdateExpression parse(String expression, Placeholders placeholders) {
        return new UpdateParser(new Tokens(ExpressionKind.UPDATE, expression), placeholders).parse();
    }

    /** The top-level attributes that it changes. */
    public Set<String> attributes() {
        Set<String> attributes = new LinkedHashSet<>();
        changes.forEach(change -> attributes.add(change.path().attribute()));
        return attributes;
    }

    /** Of two states of an item, the parts that the expression names. */
    public Map<String, AttributeValue> changedPartsOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> parts = new LinkedHashMap<>();
        for (Change change : changes) {
            AttributeValue value = change.path().in(item);
            if (value != null) {
                merge(parts, change.path(), value);
            }
        }
        return parts;
    }

    private static void merge(Map<String, AttributeValue> parts, Path path, AttributeValue value) {
        AttributeValue wrapped = value;
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            wrapped = path.steps().get(i) instanceof String name
                    ? new AttributeValue.M(new LinkedHashMap<>(Map.of(name, wrapped)))
                    : new AttributeValue.L(new ArrayList<>(List.of(wrapped)));
        }
        parts.merge(path.attribute(), wrapped, UpdateExpression::union);
    }

    private static AttributeValue union(AttributeValue one, AttributeValue other) {
        if (one instanceof AttributeValue.M a && other instanceof AttributeValue.M b) {
            Map<String, AttributeValue> both = new LinkedHashMap<>(a.value());
            b.value().forEach((name, value) -> both.merge(name, value, UpdateExpression::union));
            return new AttributeValue.M(both);
        }
        if (one instanceof AttributeValue.L a && other instanceof AttributeValue.L b) {
            List<AttributeValue> both = new ArrayList<>(a.value());
            both.addAll(b.value());
            return new AttributeValue.L(both);
        }
        return other;
    }

    /**
     * The item after the update.
     *
     * @throws DynamoDbError when the item does not have what the expression needs
     */
    public Map<String, AttributeValue> applyTo(Map<String, AttributeValue> before) {
        Map<String, AttributeValue> after = new LinkedHashMap<>(before);
        Map<Path, AttributeValue> set = new LinkedHashMap<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Set(Path path, Value value) -> set.put(path, evaluate(value, before));
                case Change.Add(Path path, AttributeValue value) -> set.put(path, sum(path.in(before), value));
                case Change.Delete(Path path, AttributeValue value) -> delete(path, value, before, after);
                case Change.Remove remove -> {}
            }
        }
        set.forEach((path, value) -> put(after, path, value));
        // From the end of a list to its start, so that indexes stay those of the item as it was.
        changes.stream()
                .filter(Change.Remove.class::isInstance)
                .map(Change::path)
                .sorted(Comparator.comparing(UpdateExpression::lastIndex).reversed())
                .forEach(path -> remove(after, path));
        return after;
    }

    private static int lastIndex(Path path) {
        return !path.steps().isEmpty() && path.steps().getLast() instanceof Integer index ? index : -1;
    }

    private static AttributeValue evaluate(Value value, Map<String, AttributeValue> item) {
        return switch (value) {
            case Value.Of(Operand operand) -> {
                AttributeValue found = operand.in(item);
                if (found == null) {
                    throw DynamoDbError.validation(
                            "The provided expression refers to an attribute that does not exist in the item");
                }
                yield found;
            }
            case Value.IfNotExists(Path path, Value otherwise) -> {
                AttributeValue found = path.in(item);
                yield found == null ? evaluate(otherwise, item) : found;
            }
            case Value.ListAppend(Value first, Value second) -> {
                if (!(evaluate(first, item) instanceof AttributeValue.L a)
                        || !(evaluate(second, item) instanceof AttributeValue.L b)) {
                    throw incorrectType();
                }
                List<AttributeValue> both = new ArrayList<>(a.value());
                both.addAll(b.value());
                yield new AttributeValue.L(both);
            }
            case Value.Arithmetic(boolean plus, Value left, Value right) -> {
                if (!(evaluate(left, item) instanceof AttributeValue.N a)
                        || !(evaluate(right, item) instanceof AttributeValue.N b)) {
                    throw incorrectType();
                }
                yield number(() -> plus ? Numbers.add(a.value(), b.value()) : Numbers.subtract(a.value(), b.value()));
            }
        };
    }

    private static AttributeValue number(java.util.function.Supplier<String> result) {
        try {
            return new AttributeValue.N(result.get());
        } catch (InvalidValueException e) {
            throw DynamoDbError.validation(String.valueOf(e.getMessage()));
        }
    }

    private static AttributeValue sum(@Nullable AttributeValue before, AttributeValue value) {
        if (before == null) {
            return value;
        }
        if (before instanceof AttributeValue.N a && value instanceof AttributeValue.N b) {
            return number(() -> Numbers.add(a.value(), b.value()));
        }
        if (before instanceof AttributeValue.SS a && value instanceof AttributeValue.SS b) {
            return new AttributeValue.SS(union(a.value(), b.value()));
        }
        if (before instanceof AttributeValue.NS a && value instanceof AttributeValue.NS b) {
            return new AttributeValue.NS(union(a.value(), b.value()));
        }
        if (before instanceof AttributeValue.BS a && value instanceof AttributeValue.BS b) {
            return new AttributeValue.BS(union(a.value(), b.value()));
        }
        throw incorrectType();
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static void delete(
            Path path, AttributeValue value, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        AttributeValue there = path.in(before);
        if (there == null) {
            return;
        }
        AttributeValue left;
        if (there instanceof AttributeValue.SS a && value instanceof AttributeValue.SS b) {
            left = new AttributeValue.SS(difference(a.value(), b.value()));
        } else if (there instanceof AttributeValue.NS a && value instanceof AttributeValue.NS b) {
            left = new AttributeValue.NS(difference(a.value(), b.value()));
        } else if (there instanceof AttributeValue.BS a && value instanceof AttributeValue.BS b) {
            left = new AttributeValue.BS(difference(a.value(), b.value()));
        } else {
            throw incorrectType();
        }
        // A set without members is none.
        if (sizeOf(left) == 0) {
            remove(after, path);
        } else {
            put(after, path, left);
        }
    }

    private static int sizeOf(AttributeValue set) {
        return switch (set) {
            case AttributeValue.SS s -> s.value().size();
            case AttributeValue.NS s -> s.value().size();
            case AttributeValue.BS s -> s.value().size();
            default -> throw new IllegalArgumentException(set.typeName());
        };
    }

    private static <T> Set<T> difference(Set<T> all, Set<T> without) {
        Set<T> left = new LinkedHashSet<>(all);
        left.removeAll(without);
        return left;
    }

    private static DynamoDbError incorrectType() {
        return DynamoDbError.validation("An operand in the update expression has an incorrect data type");
    }

    private static void put(Map<String, AttributeValue> item, Path path, AttributeValue value) {
        item.put(path.attribute(), withPut(item.get(path.attribute()), path.steps(), value));
    }

    private static AttributeValue withPut(
            @Nullable AttributeValue container, List<Object> steps, AttributeValue value) {
        if (steps.isEmpty()) {
            return value;
        }
        List<Object> rest = steps.subList(1, steps.size());
        if (steps.getFirst() instanceof String name && container instanceof AttributeValue.M map) {
            Map<String, AttributeValue> changed = new LinkedHashMap<>(map.value());
            changed.put(name, withPut(changed.get(name), rest, value));
            return new AttributeValue.M(changed);
        }
        if (steps.getFirst() instanceof Integer index && container instanceof AttributeValue.L list) {
            List<AttributeValue> changed = new ArrayList<>(list.value());
            if (index < changed.size()) {
                changed.set(index, withPut(changed.get(index), rest, value));
            } else {
                changed.add(withPut(null, rest, value));
            }
            return new AttributeValue.L(changed);
        }
        throw invalidPath();
    }

    private static void remove(Map<String, AttributeValue> item, Path path) {
        if (path.steps().isEmpty()) {
            item.remove(path.attribute());
            return;
        }
        AttributeValue container = item.get(path.attribute());
        if (container == null) {
            throw invalidPath();
        }
        item.put(path.attribute(), withoutPart(container, path.steps()));
    }

    private static AttributeValue withoutPart(@Nullable AttributeValue container, List<Object> steps) {
        boolean last = steps.size() == 1;
        List<Object> rest = steps.subList(1, steps.size());
        if (steps.getFirst() instanceof String name && container instanceof AttributeValue.M map) {
            Map<String, AttributeValue> changed = new LinkedHashMap<>(map.value());
            if (last) {
                changed.remove(name);
            } else {
                changed.put(name, withoutPart(changed.get(name), rest));
            }
            return new AttributeValue.M(changed);
        }
        if (steps.getFirst() instanceof Integer index && container instanceof AttributeValue.L list) {
            List<AttributeValue> changed = new ArrayList<>(list.value());
            if (index < changed.size()) {
                if (last) {
                    changed.remove((int) index);
                } else {
                    changed.set(index, withoutPart(changed.get(index), rest));
                }
            } else if (!last) {
                throw invalidPath();
            }
            return new AttributeValue.L(changed);
        }
        throw invalidPath();
    }

    private static DynamoDbError invalidPath() {
        return DynamoDbError.validation("The document path provided in the update expression is invalid for update");
    }
}
