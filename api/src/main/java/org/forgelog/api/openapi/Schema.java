package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.PublicIds;

/**
 * A JSON Schema (2020-12), as a tree of maps, lists, texts and numbers.
 *
 * @param json the tree; in place of the address of another schema it may hold that {@link Component} itself
 */
record Schema(Map<String, Object> json) {

    private static final String TYPE = "type";
    private static final String REF = "$ref";
    private static final String NULL = "null";

    /** A schema that stands under a name of its own and is only pointed to elsewhere. */
    sealed interface Component {

        /** What the record is written as. */
        record OfRecord(Class<?> type) implements Component {}

        /** The same with further fields before its own. */
        record Extended(String name, Body first, Class<?> type) implements Component {}

        /** Something that no record of this module stands for. */
        record Named(String name, Schema schema) implements Component {}
    }

    static Schema of(Class<?> record) {
        return new Schema(Map.of(REF, new Component.OfRecord(record)));
    }

    /** The same with further fields before its own. */
    static Schema extended(String name, Body first, Class<?> record) {
        return new Schema(Map.of(REF, new Component.Extended(name, first, record)));
    }

    static Schema named(String name, Schema schema) {
        return new Schema(Map.of(REF, new Component.Named(name, schema)));
    }

    static Schema text() {
        return new Schema(Map.of(TYPE, "string"));
    }

    /** @param limit longest text, in characters */
    static Schema text(int limit) {
        return text().with("maxLength", limit);
    }

    static Schema words(String... words) {
        return words(List.of(words));
    }

    static Schema words(List<String> words) {
        return text().with("enum", words);
    }

    static Schema flag() {
        return new Schema(Map.of(TYPE, "boolean"));
    }

    static Schema whole() {
        return new Schema(Map.of(TYPE, "integer")).with("format", "int32");
    }

    static Schema count() {
        return new Schema(Map.of(TYPE, "integer")).with("format", "int64");
    }

    static Schema decimal() {
        return new Schema(Map.of(TYPE, "number")).with("format", "double");
    }

    /** A public id, or a number of an issue or pull request. */
    static Schema id() {
        return count().with("minimum", 1).with("maximum", PublicIds.MAX);
    }

    static Schema instant() {
        return text().with("format", "date-time");
    }

    static Schema listOf(Schema entry) {
        return new Schema(Map.of(TYPE, "array")).with("items", entry.json);
    }

    /** An object with fields that are none of ours to name. */
    static Schema anyObject() {
        return new Schema(Map.of(TYPE, "object"));
    }

    static Schema mapOf(Schema value) {
        return anyObject().with("additionalProperties", value.json);
    }

    static Schema anyOf(Schema... schemas) {
        return new Schema(
                Map.of("anyOf", Arrays.stream(schemas).map(Schema::json).toList()));
    }

    /** An object with all of these fields: name, schema, name, schema ... */
    static Schema object(Object... fields) {
        Body body = new Body();
        for (int i = 0; i < fields.length; i += 2) {
            body.must((String) fields[i], (Schema) fields[i + 1]);
        }
        return body.schema();
    }

    /** The same, or null. */
    Schema orNull() {
        if (!(json.get(TYPE) instanceof String type)) {
            return anyOf(this, new Schema(Map.of(TYPE, NULL)));
        }
        Schema schema = with(TYPE, List.of(type, NULL));
        if (json.get("enum") instanceof List<?> words) {
            List<Object> more = new ArrayList<>(words);
            more.add(null);
            return schema.with("enum", more);
        }
        return schema;
    }

    /** The same, with what counts when nothing was sent. */
    Schema otherwise(Object value) {
        return with("default", value);
    }

    Schema described(String description) {
        return with("description", description);
    }

    Schema with(String keyword, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(json);
        more.put(keyword, value);
        return new Schema(more);
    }
}
