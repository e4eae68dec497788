package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.dynamodb.expression.Tokens.Kind;
import org.forgelog.dynamodb.expression.Tokens.Token;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;

/**
 * Reads condition, filter and key condition expressions. {@code NOT} binds closer than {@code AND}, and that closer than
 * {@code OR}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     Operators and functions</a>
 */
final class ConditionParser {

    private static final Set<String> OPERATORS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final int MOST_OPERATORS = 300;
    private static final int MOST_CANDIDATES = 100;
    private static final int DEEPEST = 150;
    private static final int LONGEST = 4_096;

    private final Tokens tokens;
    private final PathParser paths;
    private int operators;
    private int depth;

    ConditionParser(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.paths = new PathParser(tokens, placeholders);
    }

    Condition parse() {
        if (tokens.text().length() > LONGEST) {
            throw invalid("Expression size has exceeded the maximum allowed size; expression size: "
                    + tokens.text().length());
        }
        Condition condition = or();
        tokens.expectEnd();
        if (operators > MOST_OPERATORS) {
            throw invalid("The expression contains too many operators; operator count: " + operators);
        }
        return condition;
    }

    private Condition or() {
        Condition left = and();
        while (tokens.acceptWord("OR")) {
            operators++;
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (tokens.acceptWord("AND")) {
            operators++;
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (++depth > DEEPEST) {
            throw invalid("The expression is nested too deeply");
        }
        try {
            if (tokens.acceptWord("NOT")) {
                operators++;
                return new Condition.Not(not());
            }
            return simple();
        } finally {
            depth--;
        }
    }

    private Condition simple() {
        if (tokens.accept("(")) {
            Condition inner = or();
            tokens.expect(")");
            return inner;
        }
        Token start = tokens.peek();
        if (start.kind() == Kind.WORD && tokens.peekSecond().is("(") && !start.isWord("SIZE")) {
            return function();
        }
        return comparison(operand());
    }

    private Condition comparison(Operand left) {
        operators++;
        Token operator = tokens.peek();
        if (operator.kind() == Kind.SYMBOL && OPERATORS.contains(operator.text())) {
            tokens.take();
            Operand right = operand();
            requireDistinct(operator.text(), left, right);
            if (!operator.text().equals("=") && !operator.text().equals("<>")) {
                requireOrdered(operator.text(), left);
                requireOrdered(operator.text(), right);
            }
            return new Condition.Comparison(operator.text(), left, right);
        }
        if (tokens.acceptWord("BETWEEN")) {
            Operand low = operand();
            tokens.expectWord("AND");
            Operand high = operand();
            return between(left, low, high);
        }
        if (tokens.acceptWord("IN")) {
            tokens.expect("(");
            List<Operand> candidates = new ArrayList<>();
            do {
                candidates.add(operand());
            } while (tokens.accept(","));
            tokens.expect(")");
            if (candidates.size() > MOST_CANDIDATES) {
                throw invalid(
                        "The IN operator is provided with too many operands; number of operands: " + candidates.size());
            }
            return new Condition.In(left, candidates);
        }
        throw tokens.unexpected();
    }

    private Condition between(Operand value, Operand low, Operand high) {
        requireOrdered("BETWEEN", value);
        requireOrdered("BETWEEN", low);
        requireOrdered("BETWEEN", high);
        if (low instanceof Operand.Literal(AttributeValue from) && high instanceof Operand.Literal(AttributeValue to)) {
            if (from.getClass() != to.getClass()) {
                throw invalid(
                        "The BETWEEN operator requires same data type for lower and upper bounds;" + bounds(from, to));
            }
            if (AttributeValue.compare(from, to) > 0) {
                throw invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
                        + bounds(from, to));
            }
        }
        return new Condition.Between(value, low, high);
    }

    private static String bounds(AttributeValue from, AttributeValue to) {
        return " lower bound operand: AttributeValue: " + from.inMessages() + ", upper bound operand: AttributeValue: "
                + to.inMessages();
    }

    private Operand operand() {
        if (paths.isValue()) {
            return new Operand.Literal(paths.value());
        }
        Token start = tokens.peek();
        if (start.kind() == Kind.WORD && tokens.peekSecond().is("(")) {
            if (!start.text().equals("size")) {
                throw invalidFunction(start.text());
            }
            tokens.take();
            tokens.take();
            if (paths.isValue()) {
                // One that is not defined is told first.
                paths.value();
                throw requiresPath("size");
            }
            Path path = paths.path();
            tokens.expect(")");
            return new Operand.Size(path);
        }
        return new Operand.OfPath(paths.path());
    }

    private Condition function() {
        operators++;
        String name = tokens.take().text();
        tokens.expect("(");
        List<Operand> operands = new ArrayList<>();
        if (!tokens.peek().is(")")) {
            do {
                operands.add(operand());
            } while (tokens.accept(","));
        }
        tokens.expect(")");
        return switch (name) {
            case "attribute_exists" -> new Condition.Exists(onlyPath(name, operands));
            case "attribute_not_exists" -> new Condition.Not(new Condition.Exists(onlyPath(name, operands)));
            case "attribute_type" -> hasType(operands);
            case "begins_with" -> beginsWith(operands);
            case "contains" -> contains(operands);
            default -> throw invalidFunction(name);
        };
    }

    private DynamoDbError invalidFunction(String name) {
        return switch (name) {
            case "if_not_exists", "list_append", "size" ->
                invalid("The function is not allowed "
                        + (tokens.expression() == ExpressionKind.FILTER
                                ? "in a filter expression"
                                : "in a condition expression")
                        + "; function: " + name);
            default -> invalid("Invalid function name; function: " + name);
        };
    }

    private Path onlyPath(String function, List<Operand> operands) {
        requireCount(function, operands, 1);
        return path(function, operands.get(0));
    }

    private Path path(String function, Operand operand) {
        return switch (operand) {
            case Operand.OfPath(Path path) -> path;
            case Operand.Literal literal -> throw requiresPath(function);
            case Operand.Size size -> throw requiresPath(function);
        };
    }

    private DynamoDbError requiresPath(String function) {
        return invalid("Operator or function requires a document path; operator or function: " + function);
    }

    private Condition hasType(List<Operand> operands) {
        String function = "attribute_type";
        requireCount(function, operands, 2);
        Path path = path(function, operands.get(0));
        if (!(operands.get(1) instanceof Operand.Literal(AttributeValue value))) {
            throw invalid("Operator or function requires an attribute value; operator or function: " + function);
        }
        if (!(value instanceof AttributeValue.S type)) {
            throw incorrectType(function, value);
        }
        if (!Condition.HasType.TYPES.contains(type.value())) {
            throw invalid("Invalid attribute type name found; type: " + type.value() + ", valid types: {"
                    + String.join(",", new TreeSet<>(Condition.HasType.TYPES)) + "}");
        }
        return new Condition.HasType(path, type.value());
    }

    private Condition beginsWith(List<Operand> operands) {
        String function = "begins_with";
        requireCount(function, operands, 2);
        for (Operand operand : operands) {
            if (operand instanceof Operand.Literal(AttributeValue value)
                    && !(value instanceof AttributeValue.S)
                    && !(value instanceof AttributeValue.B)) {
                throw incorrectType(function, value);
            }
        }
        requireDistinct(function, operands.get(0), operands.get(1));
        return new Condition.BeginsWith(operands.get(0), operands.get(1));
    }

    private Condition contains(List<Operand> operands) {
        String function = "contains";
        requireCount(function, operands, 2);
        requireDistinct(function, operands.get(0), operands.get(1));
        return new Condition.Contains(operands.get(0), operands.get(1));
    }

    private void requireCount(String function, List<Operand> operands, int count) {
        if (operands.size() != count) {
            throw invalid("Incorrect number of operands for operator or function; operator or function: " + function
                    + ", number of operands: " + operands.size());
        }
    }

    private void requireDistinct(String operator, Operand left, Operand right) {
        if (left instanceof Operand.OfPath(Path path) && left.equals(right)) {
            throw invalid(
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + path);
        }
    }

    private void requireOrdered(String operator, Operand operand) {
        if (operand instanceof Operand.Literal(AttributeValue value) && !value.isOrdered()) {
            throw incorrectType(operator, value);
        }
    }

    private DynamoDbError incorrectType(String operator, AttributeValue value) {
        return invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + value.typeName());
    }

    private DynamoDbError invalid(String why) {
        return tokens.expression().invalid(why);
    }
}
