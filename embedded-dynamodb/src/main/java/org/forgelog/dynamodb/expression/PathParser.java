package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.dynamodb.expression.Tokens.Kind;
import org.forgelog.dynamodb.expression.Tokens.Token;
import org.forgelog.dynamodb.item.AttributeValue;

/** Reads what all expressions are made of: paths and placeholders. */
final class PathParser {

    /** The same as {@code maxNestingDepth} of an item, in AWS's words. */
    private static final int DEEPEST = 32;

    private final Tokens tokens;
    private final Placeholders placeholders;

    PathParser(Tokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.placeholders = placeholders;
    }

    Path path() {
        String attribute = name();
        List<Object> steps = new ArrayList<>();
        while (true) {
            if (tokens.accept(".")) {
                steps.add(name());
            } else if (tokens.accept("[")) {
                Token index = tokens.peek();
                if (index.kind() != Kind.NUMBER) {
                    throw tokens.unexpected();
                }
                tokens.take();
                steps.add(index(index.text()));
                tokens.expect("]");
            } else {
                break;
            }
        }
        if (steps.size() >= DEEPEST) {
            throw tokens.expression()
                    .invalid("The document path has too many nesting elements;" + " nesting levels: "
                            + (steps.size() + 1));
        }
        return new Path(attribute, steps);
    }

    private Integer index(String digits) {
        if (digits.length() > 9) {
            throw tokens.expression().invalid("List index is not within the allowable range; index: [" + digits + "]");
        }
        return Integer.valueOf(digits);
    }

    private String name() {
        Token token = tokens.peek();
        if (token.kind() == Kind.NAME) {
            tokens.take();
            return placeholders.name(token.text(), tokens.expression());
        }
        if (token.kind() != Kind.WORD) {
            throw tokens.unexpected();
        }
        tokens.take();
        if (ReservedWords.contains(token.text())) {
            throw tokens.expression()
                    .invalid("Attribute name is a reserved keyword; reserved keyword: " + token.text());
        }
        return token.text();
    }

    boolean isValue() {
        return tokens.peek().kind() == Kind.VALUE;
    }

    AttributeValue value() {
        return placeholders.value(tokens.take().text(), tokens.expression());
    }
}
