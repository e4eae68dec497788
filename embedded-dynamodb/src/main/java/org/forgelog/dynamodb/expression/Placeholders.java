package org.forgelog.dynamodb.expression;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.Attributes;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.jspecify.annotations.Nullable;

/** What {@code #name} and {@code :value} in the expressions of a request stand for, and which of them were used. */
public final class Placeholders {

    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    private final @Nullable Request names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new LinkedHashSet<>();

    private Placeholders(@Nullable Request names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Those of a request.
     *
     * @param expressions parameters that the request may hold expressions in, for the case that it holds none
     * @throws DynamoDbError when one is not well-formed, or there is no expression to use them
     */
    public static Placeholders of(Request request, ExpressionKind... expressions) {
        Request names = request.object(NAMES);
        Attributes values = request.attributes(VALUES);
        if (names != null) {
            requireExpression(NAMES, request, expressions);
            requireSound(NAMES, names.names(), '#');
        }
        if (values != null) {
            requireExpression(VALUES, request, expressions);
            if (values.problem() == null) {
                requireSound(VALUES, values.values().keySet(), ':');
            }
        }
        return new Placeholders(names, values == null ? Map.of() : values.sound());
    }

    private static void requireExpression(String parameter, Request request, ExpressionKind... expressions) {
        StringBuilder missing = new StringBuilder();
        for (ExpressionKind expression : expressions) {
            if (request.has(expression.parameter())) {
                return;
            }
            if (expression == ExpressionKind.PROJECTION && parameter.equals(VALUES)) {
                continue;
            }
            missing.append(missing.isEmpty() ? "" : ", ")
                    .append(expression.parameter())
                    .append(" is null");
        }
        throw DynamoDbError.validation(parameter + " can only be specified when using expressions"
                + (missing.isEmpty() ? "" : ": " + missing));
    }

    private static void requireSound(String parameter, Set<String> placeholders, char start) {
        if (placeholders.isEmpty()) {
            throw DynamoDbError.validation(parameter + " must not be empty");
        }
        for (String placeholder : placeholders) {
            if (placeholder.length() < 2 || placeholder.charAt(0) != start || placeholder.length() > 255) {
                throw DynamoDbError.validation(
                        parameter + " contains invalid key: Syntax error; key: \"" + placeholder + "\"");
            }
        }
    }

    String name(String placeholder, ExpressionKind expression) {
        String name = names == null ? null : names.string(placeholder);
        if (name == null) {
            throw expression.invalid("An expression attribute name used in the document path is not defined;"
                    + " attribute name: " + placeholder);
        }
        used.add(placeholder);
        return name;
    }

    AttributeValue value(String placeholder, ExpressionKind expression) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw expression.invalid("An expression attribute value used in expression is not defined;"
                    + " attribute value: " + placeholder);
        }
        used.add(placeholder);
        return value;
    }

    /** @throws DynamoDbError when one was not used by the expressions that were read */
    public void requireAllUsed() {
        if (names != null) {
            requireUsed(NAMES, names.names());
        }
        requireUsed(VALUES, values.keySet());
    }

    private void requireUsed(String parameter, Set<String> placeholders) {
        Set<String> unused = new TreeSet<>(placeholders);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw DynamoDbError.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
