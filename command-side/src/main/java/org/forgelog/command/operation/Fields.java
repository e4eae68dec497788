package org.forgelog.command.operation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.api.openapi.Body;
import org.forgelog.api.openapi.Moments;
import org.forgelog.api.openapi.Operation;
import org.forgelog.domain.Change;
import org.forgelog.domain.PublicIds;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Rejection.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a JSON body and collects what is wrong with them: a field of another JSON type is never taken for
 * what it might have meant. Fields that nobody asks for are ignored; what is asked for must be declared, as must that a
 * field has to be there, and which words it takes. Read all, then {@link #check()}.
 */
final class Fields {

    private final Operation operation;
    private final String resource;
    private final ObjectNode body;
    private final List<FieldError> errors = new ArrayList<>();

    Fields(Operation operation, String resource, ObjectNode body) {
        this.operation = operation;
        this.resource = resource;
        this.body = body;
    }

    /** A text that may be missing or null. */
    @Nullable
    String text(String field) {
        JsonNode node = present(field);
        return node == null ? null : textOf(field, node);
    }

    /** A text that must be there, and not blank. */
    String requiredText(String field) {
        checkRequired(field);
        JsonNode node = present(field);
        String text = node == null ? "" : textOf(field, node);
        if (text != null && text.isBlank()) {
            error(field, Fault.MISSING_FIELD);
        }
        return text == null ? "" : text;
    }

    /** A text to set, to clear (null), or to leave alone (missing). */
    @Nullable
    Change<String> textChange(String field) {
        return has(field) ? Change.to(text(field)) : null;
    }

    /** A whole number that may be missing or null. */
    @Nullable
    Integer integer(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            error(field, Fault.INVALID);
            return null;
        }
        return node.intValue();
    }

    /** A public id that may be missing or null; some clients send its digits as a text. */
    @Nullable
    Long id(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (node.isString() && node.stringValue().matches("[1-9][0-9]{0,14}")) {
            return Long.valueOf(node.stringValue());
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 1
                || node.longValue() > PublicIds.MAX) {
            error(field, Fault.INVALID);
            return null;
        }
        return node.longValue();
    }

    /** A public id to set, to clear (null, or an empty text), or to leave alone (missing). */
    @Nullable
    Change<Long> idChange(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode node = present(field);
        return Change.to(node != null && node.isString() && node.stringValue().isEmpty() ? null : id(field));
    }

    /** A time to set, to clear (null), or to leave alone (missing). */
    @Nullable
    Change<Instant> instantChange(String field) {
        if (!has(field)) {
            return null;
        }
        String text = text(field);
        try {
            return Change.to(text == null ? null : Moments.read(text).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            error(field, Fault.INVALID);
            return null;
        }
    }

    /** A position of the log, from zero, that may be missing or null. */
    @Nullable
    Long position(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            error(field, Fault.INVALID);
            return null;
        }
        return node.longValue();
    }

    /** A truth value that may be missing or null. */
    @Nullable
    Boolean flag(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            error(field, Fault.INVALID);
            return null;
        }
        return node.booleanValue();
    }

    boolean flag(String field, boolean otherwise) {
        Boolean flag = flag(field);
        return flag == null ? otherwise : flag;
    }

    /** A truth value to set, to clear (null), or to leave alone (missing). */
    @Nullable
    Change<Boolean> flagChange(String field) {
        return has(field) ? Change.to(flag(field)) : null;
    }

    /** One of the words that the field is declared to take; may be missing or null. */
    @Nullable
    String word(String field) {
        String word = text(field);
        if (word != null && !declared(field).wordsOf(field).contains(word)) {
            error(field, Fault.INVALID);
            return null;
        }
        return word;
    }

    /** A list of texts; empty when missing or null. */
    List<String> texts(String field) {
        JsonNode node = present(field);
        List<String> texts = new ArrayList<>();
        if (node == null) {
            return texts;
        }
        if (!node.isArray()) {
            error(field, Fault.INVALID);
            return texts;
        }
        for (JsonNode element : node) {
            String text = textOf(field, element);
            if (text == null) {
                break;
            }
            texts.add(text);
        }
        return texts;
    }

    /** As {@link #texts}, but the field must be there. */
    List<String> requiredTexts(String field) {
        checkRequired(field);
        if (present(field) == null) {
            error(field, Fault.MISSING_FIELD);
        }
        return texts(field);
    }

    /**
     * A list of names, each a text or an object with a {@code name}, as labels come; {@code null} when missing or null.
     */
    @Nullable
    List<String> names(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        if (!node.isArray()) {
            error(field, Fault.INVALID);
            return names;
        }
        for (JsonNode element : node) {
            JsonNode name = element.isObject() ? element.get("name") : element;
            if (name == null || !name.isString()) {
                error(field, Fault.INVALID);
                break;
            }
            names.add(name.stringValue());
        }
        return names;
    }

    /** As {@link #names}, but the field must be there. */
    List<String> requiredNames(String field) {
        checkRequired(field);
        List<String> names = names(field);
        if (names == null) {
            error(field, Fault.MISSING_FIELD);
            return List.of();
        }
        return names;
    }

    /** Whether the field is there, be it null. */
    boolean has(String field) {
        declared(field);
        return body.has(field);
    }

    void error(String field, Fault fault) {
        errors.add(new FieldError(resource, field, fault, null));
    }

    /** @throws Rejection when anything read so far is wrong */
    void check() {
        if (!errors.isEmpty()) {
            throw Rejection.invalid(errors);
        }
    }

    private Body declared(String field) {
        Body declared = operation.body();
        if (declared == null || !declared.has(field)) {
            throw new IllegalStateException(operation.id() + " is declared without a field " + field);
        }
        return declared;
    }

    private void checkRequired(String field) {
        if (!declared(field).requires(field)) {
            throw new IllegalStateException(operation.id() + " is declared as if " + field + " could be missing");
        }
    }

    private @Nullable JsonNode present(String field) {
        declared(field);
        JsonNode node = body.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private @Nullable String textOf(String field, JsonNode node) {
        if (!node.isString()) {
            error(field, Fault.INVALID);
            return null;
        }
        return node.stringValue();
    }
}
