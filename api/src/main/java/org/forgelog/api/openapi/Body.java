package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request, or of an answer: which fields there are, and which must be there. */
public final class Body {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private @Nullable Schema instead;

    Body copy() {
        Body copy = new Body();
        copy.fields.putAll(fields);
        copy.required.addAll(required);
        copy.instead = instead;
        return copy;
    }

    /** Adds a field that must be there. */
    Body must(String name, Schema schema) {
        required.add(name);
        fields.put(name, schema.json());
        return this;
    }

    /** Adds a field that may be missing, or null, which is the same or clears what was there. */
    Body may(String name, Schema schema) {
        fields.put(name, schema.orNull().json());
        return this;
    }

    /** Adds a field that may be missing, but is never null. */
    Body optional(String name, Schema schema) {
        fields.put(name, schema.json());
        return this;
    }

    /** Something else that is taken in place of the object. */
    Body or(Schema other) {
        instead = other;
        return this;
    }

    /** Whether there is such a field. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether that field must be there. */
    public boolean requires(String name) {
        return required.contains(name);
    }

    /** The words that a field takes; empty where it takes any text, or none. */
    public List<String> wordsOf(String name) {
        return fields.get(name) instanceof Map<?, ?> schema && schema.get("enum") instanceof List<?> words
                ? words.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    boolean isRequired() {
        return !required.isEmpty();
    }

    Schema schema() {
        Schema schema = Schema.anyObject();
        if (!required.isEmpty()) {
            schema = schema.with("required", List.copyOf(required));
        }
        schema = schema.with("properties", fields);
        return instead == null ? schema : Schema.anyOf(schema, instead);
    }
}
