package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON object of a request, or of an answer: which fields there are, and which must be there. */
final class Body {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    Body copy() {
        Body copy = new Body();
        copy.fields.putAll(fields);
        copy.required.addAll(required);
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

    boolean isRequired() {
        return !required.isEmpty();
    }

    Schema schema() {
        Schema schema = Schema.anyObject();
        if (!required.isEmpty()) {
            schema = schema.with("required", List.copyOf(required));
        }
        return schema.with("properties", fields);
    }
}
