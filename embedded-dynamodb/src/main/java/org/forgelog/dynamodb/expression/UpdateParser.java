package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.forgelog.dynamodb.expression.Tokens.Kind;
import org.forgelog.dynamodb.expression.Tokens.Token;
import org.forgelog.dynamodb.expression.UpdateExpression.Change;
import org.forgelog.dynamodb.expression.UpdateExpression.Value;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;

/** Reads update expressions: sections {@code SET}, {@code REMOVE}, {@code ADD} and {@code DELETE}, each at most once. */
final class UpdateParser {

    private static final int LONGEST = 4_096;

    private final Tokens tokens;
    private final PathParser paths;
    private final List<Change> changes = new ArrayList<>();

    UpdateParser(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.paths = new PathParser(tokens, placeholders);
    }

    UpdateExpression parse() {
        if (tokens.text().length() > LONGEST) {
            throw invalid("Expression size has exceeded the maximum allowed size; expression size: "
                    + tokens.text().length());
        }
        Set<String> sections = new HashSet<>();
        while (tokens.peek().kind() != Kind.END) {
            Token keyword = tokens.peek();
            String section = keyword.text().toUpperCase(Locale.ROOT);
            if (keyword.kind() != Kind.WORD
                    || !Set.of("SET", "REMOVE", "ADD", "DELETE").contains(section)) {
                throw tokens.unexpected();
            }
            if (!sections.add(section)) {
                throw invalid("The \"" + section + "\" section can only be used once in an update expression;");
            }
            tokens.take();
            do {
                changes.add(change(section));
            } while (tokens.accept(","));
        }
        Projection.requireApart(
                ExpressionKind.UPDATE, changes.stream().map(Change::path).toList());
        return new UpdateExpression(changes);
    }

    private Change change(String section) {
        Path path = paths.path();
        return switch (section) {
            case "SET" -> {
                tokens.expect("=");
                yield new Change.Set(path, sum());
            }
            case "REMOVE" -> new Change.Remove(path);
            case "ADD" -> {
                AttributeValue value = literal();
                if (!(value instanceof AttributeValue.N) && !isSet(value)) {
                    throw wrongSectionType(section, value);
                }
                yield new Change.Add(path, value);
            }
            default -> {
                AttributeValue value = literal();
                if (!isSet(value)) {
                    throw wrongSectionType(section, value);
                }
                yield new Change.Delete(path, value);
            }
        };
    }

    private static boolean isSet(AttributeValue value) {
        return value instanceof AttributeValue.SS
                || value instanceof AttributeValue.NS
                || value instanceof AttributeValue.BS;
    }

    private AttributeValue literal() {
        if (!paths.isValue()) {
            throw tokens.unexpected();
        }
        return paths.value();
    }

    private DynamoDbError wrongSectionType(String section, AttributeValue value) {
        String type =
                switch (value) {
                    case AttributeValue.S s -> "STRING";
                    case AttributeValue.N n -> "NUMBER";
                    case AttributeValue.B b -> "BINARY";
                    case AttributeValue.Bool b -> "BOOLEAN";
                    case AttributeValue.L l -> "LIST";
                    case AttributeValue.M m -> "MAP";
                    default -> value.typeName();
                };
        return invalid("Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                + type + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
    }

    private Value sum() {
        Value left = value();
        if (tokens.accept("+")) {
            return arithmetic("+", left, value());
        }
        if (tokens.accept("-")) {
            return arithmetic("-", left, value());
        }
        return left;
    }

    private Value arithmetic(String operator, Value left, Value right) {
        requireNumber(operator, left);
        requireNumber(operator, right);
        return new Value.Arithmetic(operator.equals("+"), left, right);
    }

    private void requireNumber(String operator, Value operand) {
        if (operand instanceof Value.Of(Operand.Literal(AttributeValue value))
                && !(value instanceof AttributeValue.N)) {
            throw invalid("Incorrect operand type for operator or function; operator or function: " + operator
                    + ", operand type: " + value.typeName());
        }
    }

    private Value value() {
        if (tokens.accept("(")) {
            Value inner = sum();
            tokens.expect(")");
            return inner;
        }
        if (paths.isValue()) {
            return new Value.Of(new Operand.Literal(paths.value()));
        }
        if (tokens.peek().kind() == Kind.WORD && tokens.peekSecond().is("(")) {
            return function();
        }
        return new Value.Of(new Operand.OfPath(paths.path()));
    }

    private Value function() {
        String name = tokens.take().text();
        tokens.expect("(");
        List<Value> operands = new ArrayList<>();
        if (!tokens.peek().is(")")) {
            do {
                operands.add(sum());
            } while (tokens.accept(","));
        }
        tokens.expect(")");
        if (!name.equals("if_not_exists") && !name.equals("list_append")) {
            throw invalid(
                    Set.of(
                                            "attribute_exists",
                                            "attribute_not_exists",
                                            "attribute_type",
                                            "begins_with",
                                            "contains",
                                            "size")
                                    .contains(name)
                            ? "The function is not allowed in an update expression; function: " + name
                            : "Invalid function name; function: " + name);
        }
        if (operands.size() != 2) {
            throw invalid("Incorrect number of operands for operator or function; operator or function: " + name
                    + ", number of operands: " + operands.size());
        }
        return name.equals("if_not_exists")
                ? ifNotExists(operands.get(0), operands.get(1))
                : listAppend(operands.get(0), operands.get(1));
    }

    private Value ifNotExists(Value path, Value otherwise) {
        if (!(path instanceof Value.Of(Operand.OfPath(Path there)))) {
            throw invalid("Operator or function requires a document path; operator or function: if_not_exists");
        }
        return new Value.IfNotExists(there, otherwise);
    }

    private Value listAppend(Value first, Value second) {
        for (Value operand : List.of(first, second)) {
            if (operand instanceof Value.Of(Operand.Literal(AttributeValue value))
                    && !(value instanceof AttributeValue.L)) {
                throw invalid("Incorrect operand type for operator or function; operator or function: list_append,"
                        + " operand type: " + value.typeName());
            }
        }
        return new Value.ListAppend(first, second);
    }

    private DynamoDbError invalid(String why) {
        return tokens.expression().invalid(why);
    }
}
