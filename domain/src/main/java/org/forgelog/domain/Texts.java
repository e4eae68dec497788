package org.forgelog.domain;

import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/** The rules that any text a client sends must keep. Nothing here rewrites what was sent. */
public final class Texts {

    /** Longest title, in characters (code points). */
    public static final int TITLE_LIMIT = 256;
    /** Longest body, in characters (code points). */
    public static final int BODY_LIMIT = 65_536;

    private Texts() {}

    /** A title: not blank, one line, at most {@value #TITLE_LIMIT} characters. */
    public static String title(String resource, @Nullable String text) {
        return requiredLine(resource, "title", text, TITLE_LIMIT);
    }

    /** A body: any text of at most {@value #BODY_LIMIT} characters that can be stored. */
    public static @Nullable String body(String resource, @Nullable String text) {
        return body(resource, "body", text);
    }

    /** The same in a field of another name. */
    public static @Nullable String body(String resource, String field, @Nullable String text) {
        return optional(resource, field, text, BODY_LIMIT, false);
    }

    /** A body that must be there: not blank, at most {@value #BODY_LIMIT} characters. */
    public static String requiredBody(String resource, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Rejection.invalid(resource, "body", Fault.MISSING_FIELD, null);
        }
        check(resource, "body", text, BODY_LIMIT, false);
        return text;
    }

    /** A text that must be there: not blank, one line, at most {@code limit} characters. */
    public static String requiredLine(String resource, String field, @Nullable String text, int limit) {
        if (text == null || text.isBlank()) {
            throw Rejection.invalid(resource, field, Fault.MISSING_FIELD, null);
        }
        check(resource, field, text, limit, true);
        return text;
    }

    /** A text of one line that may be missing, of at most {@code limit} characters. */
    public static @Nullable String line(String resource, String field, @Nullable String text, int limit) {
        return optional(resource, field, text, limit, true);
    }

    private static @Nullable String optional(
            String resource, String field, @Nullable String text, int limit, boolean oneLine) {
        if (text != null) {
            check(resource, field, text, limit, oneLine);
        }
        return text;
    }

    private static void check(String resource, String field, String text, int limit, boolean oneLine) {
        if (text.codePointCount(0, text.length()) > limit) {
            throw Rejection.invalid(
                    resource, field, Fault.CUSTOM, field + " is too long (maximum is " + limit + " characters)");
        }
        if (text.codePoints().anyMatch(c -> unstorable(c) || (oneLine && Character.isISOControl(c)))) {
            throw Rejection.invalid(resource, field, Fault.INVALID, field + " holds a character that cannot be stored");
        }
    }

    /** PostgreSQL's {@code jsonb} takes neither U+0000 nor half of a surrogate pair. */
    private static boolean unstorable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
