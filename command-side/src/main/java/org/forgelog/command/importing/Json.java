package org.forgelog.command.importing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields of records that others wrote: what is missing, or not of the kind expected, is {@code null}. */
final class Json {

    /** A record that cannot be understood. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private Json() {}

    static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    static String text(JsonNode node, String field, String otherwise) {
        String text = text(node, field);
        return text == null ? otherwise : text;
    }

    static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() ? Long.valueOf(value.longValue()) : null;
    }

    static @Nullable Integer integer(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0
                ? Integer.valueOf(value.intValue())
                : null;
    }

    static @Nullable Boolean flag(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : null;
    }

    static boolean isTrue(JsonNode node, String field) {
        return Boolean.TRUE.equals(flag(node, field));
    }

    /** In milliseconds. */
    static @Nullable Instant moment(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new Malformed(field + " is no date: " + cut(text));
        }
    }

    static <T extends @Nullable Object> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new Malformed(field + " is missing");
        }
        return value;
    }

    /** Reads an element of a list; {@code null} leaves it out. */
    interface Reader<T> {
        @Nullable
        T read(JsonNode node);
    }

    static <T> List<T> list(JsonNode array, Reader<T> reader) {
        List<T> list = new ArrayList<>();
        for (JsonNode element : array) {
            T value = reader.read(element);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
