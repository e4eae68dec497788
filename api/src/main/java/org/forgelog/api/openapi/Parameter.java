package org.forgelog.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A part of the path, of the query, or a header of a request: what it is called, what it may be, what it is for, and how
 * its text is read. Routes are described by it and requests are parsed by it.
 *
 * @param <T> what its text says
 * @see Parameters
 */
public final class Parameter<T extends @Nullable Object> {

    static final String QUERY = "query";
    static final String HEADER = "header";
    static final String PATH = "path";

    /** What a text says. */
    @FunctionalInterface
    interface Parser<T extends @Nullable Object> {

        /**
         * @param text {@code null} when nothing was sent
         * @throws Invalid when that cannot be
         */
        T parse(@Nullable String text);
    }

    /** What is wrong with a text. */
    static final class Invalid extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final Fault fault;

        Invalid(Fault fault, String message) {
            super(message, null, false, false);
            this.fault = fault;
        }
    }

    private final String in;
    private final String name;
    private final Schema schema;
    private final @Nullable String description;
    private final @Nullable String shared;
    private final Parser<T> parser;

    Parameter(
            String in,
            String name,
            Schema schema,
            @Nullable String description,
            @Nullable String shared,
            Parser<T> parser) {
        this.in = in;
        this.name = name;
        this.schema = schema;
        this.description = description;
        this.shared = shared;
        this.parser = parser;
    }

    /** The same with a word on what it is for. */
    Parameter<T> described(String text) {
        return new Parameter<>(in, name, schema, text, shared, parser);
    }

    /** The same, described once for all operations that have it. */
    Parameter<T> shared(String key) {
        return new Parameter<>(in, name, schema, description, key, parser);
    }

    public String name() {
        return name;
    }

    public boolean isInPath() {
        return in.equals(PATH);
    }

    /** The name under which it is described once for all operations; {@code null} for one that a single operation has. */
    @Nullable
    String shared() {
        return shared;
    }

    /**
     * What a request says.
     *
     * @param resource what the request is about, as errors name it
     * @param text {@code null} when nothing was sent
     * @throws Rejection invalid, or not found for a part of a path, when that cannot be
     */
    public T parse(String resource, @Nullable String text) {
        try {
            return parser.parse(text);
        } catch (Invalid e) {
            if (isInPath()) {
                throw Rejection.notFound();
            }
            throw Rejection.invalid(resource, name, e.fault, name + " " + e.getMessage());
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("in", in);
        if (isInPath()) {
            json.put("required", true);
        }
        if (description != null) {
            json.put("description", description);
        }
        json.put("schema", schema.json());
        return json;
    }
}
