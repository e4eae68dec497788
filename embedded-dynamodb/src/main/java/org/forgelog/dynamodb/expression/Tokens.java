package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tokens of an expression, read one after the other. */
final class Tokens {

    /** What a token can be. */
    enum Kind {
        /** An attribute's name, a keyword or a function's name. */
        WORD,
        /** A placeholder of a name: {@code #n}. */
        NAME,
        /** A placeholder of a value: {@code :v}. */
        VALUE,
        /** A whole number: the index into a list. */
        NUMBER,
        SYMBOL,
        /** No part of the language. */
        STRAY,
        END
    }

    record Token(Kind kind, String text, int start, int end) {

        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(word);
        }
    }

    private final ExpressionKind expression;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(ExpressionKind expression, String text) {
        this.expression = expression;
        this.text = text;
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                Token token = token(at);
                tokens.add(token);
                at = token.end;
            }
        }
        if (tokens.isEmpty()) {
            throw expression.invalid("The expression can not be empty;");
        }
        tokens.add(new Token(Kind.END, "<EOF>", text.length(), text.length()));
    }

    private Token token(int start) {
        char c = text.charAt(start);
        if (isNameStart(c)) {
            return token(Kind.WORD, start, endOfName(start + 1));
        }
        if (c == '#' || c == ':') {
            int end = endOfName(start + 1);
            return token(end == start + 1 ? Kind.STRAY : c == '#' ? Kind.NAME : Kind.VALUE, start, end);
        }
        if (c >= '0' && c <= '9') {
            int end = start + 1;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return token(Kind.NUMBER, start, end);
        }
        if (text.startsWith("<>", start) || text.startsWith("<=", start) || text.startsWith(">=", start)) {
            return token(Kind.SYMBOL, start, start + 2);
        }
        return token("=<>(),[].+-".indexOf(c) >= 0 ? Kind.SYMBOL : Kind.STRAY, start, start + 1);
    }

    private Token token(Kind kind, int start, int end) {
        return new Token(kind, text.substring(start, end), start, end);
    }

    private int endOfName(int from) {
        int end = from;
        while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        return peek().kind == Kind.END ? peek() : tokens.get(next++);
    }

    /** Takes the next token if it is that symbol. */
    boolean accept(String symbol) {
        if (peek().is(symbol)) {
            next++;
            return true;
        }
        return false;
    }

    /** Takes the next token if it is that keyword. */
    boolean acceptWord(String word) {
        if (peek().isWord(word)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw unexpected();
        }
    }

    void expectEnd() {
        if (peek().kind != Kind.END) {
            throw unexpected();
        }
    }

    /** That the next token cannot stand where it stands. */
    RuntimeException unexpected() {
        Token token = peek();
        Token before = tokens.get(Math.max(next - 1, 0));
        Token after = peekSecond();
        return expression.invalid("Syntax error; token: \"" + token.text + "\", near: \""
                + text.substring(before.start, after.end) + "\"");
    }

    ExpressionKind expression() {
        return expression;
    }

    String text() {
        return text;
    }
}
