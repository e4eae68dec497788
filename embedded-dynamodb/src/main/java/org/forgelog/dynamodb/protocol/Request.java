package org.forgelog.dynamodb.protocol;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, or of a part of one. A parameter of the wrong JSON type is a serialization error. */
public final class Request {

    private static final String STRUCTURE_EXPECTED = "Unexpected field type";

    private final Map<String, Object> parameters;

    private Request(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    /** @throws DynamoDbError when it is no JSON object */
    public static Request read(byte[] json) {
        return new Request(RequestReader.read(json));
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    public Set<String> names() {
        return parameters.keySet();
    }

    public @Nullable String string(String name) {
        Object value = parameters.get(name);
        return value == null ? null : asString(value);
    }

    private static String asString(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> throw DynamoDbError.serialization("NUMBER_VALUE cannot be converted to String");
            case Boolean flag ->
                throw DynamoDbError.serialization((flag ? "TRUE" : "FALSE") + "_VALUE cannot be converted to String");
            case List<?> list ->
                throw DynamoDbError.serialization("Unrecognized collection type class java.lang.String");
            default -> throw DynamoDbError.serialization("Start of structure or map found where not expected");
        };
    }

    public @Nullable Long integer(String name) {
        return switch (parameters.get(name)) {
            case null -> null;
            case Long number -> number;
            case Number number -> number.longValue();
            case String text -> throw DynamoDbError.serialization("STRING_VALUE cannot be converted to Integer");
            case Boolean flag ->
                throw DynamoDbError.serialization((flag ? "TRUE" : "FALSE") + "_VALUE cannot be converted to Integer");
            default -> throw DynamoDbError.serialization("Start of structure or map found where not expected");
        };
    }

    public @Nullable Boolean bool(String name) {
        return switch (parameters.get(name)) {
            case null -> null;
            case Boolean flag -> flag;
            default -> throw DynamoDbError.serialization("Unexpected token received from parser");
        };
    }

    /** Whether the parameter is there and true. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(bool(name));
    }

    public @Nullable Request object(String name) {
        Object value = parameters.get(name);
        return value == null ? null : asRequest(value);
    }

    @SuppressWarnings("unchecked") // the reader makes maps of this type alone
    private static Request asRequest(Object value) {
        return switch (value) {
            case Map<?, ?> map -> new Request((Map<String, Object>) map);
            case Attributes attributes ->
                throw DynamoDbError.serialization("Start of structure or map found where not expected");
            case List<?> list -> throw DynamoDbError.serialization("Unrecognized collection type class");
            default -> throw DynamoDbError.serialization(STRUCTURE_EXPECTED);
        };
    }

    /** The members of a list of objects; null where there is none. */
    public @Nullable List<Request> objects(String name) {
        List<?> list = list(name);
        return list == null ? null : list.stream().map(Request::asRequest).toList();
    }

    /** The members of a list of strings; null where there is none. */
    public @Nullable List<String> strings(String name) {
        List<?> list = list(name);
        return list == null ? null : list.stream().map(Request::asString).toList();
    }

    /** The members of a list of keys; null where there is none. */
    public @Nullable List<Attributes> keys(String name) {
        List<?> list = list(name);
        return list == null ? null : list.stream().map(Request::asAttributes).toList();
    }

    private @Nullable List<?> list(String name) {
        return switch (parameters.get(name)) {
            case null -> null;
            case List<?> list -> list;
            case Map<?, ?> map ->
                throw DynamoDbError.serialization("Start of structure or map found where not expected");
            default -> throw DynamoDbError.serialization(STRUCTURE_EXPECTED);
        };
    }

    /** An item, a key, or values of expressions; null where there are none. */
    public @Nullable Attributes attributes(String name) {
        Object value = parameters.get(name);
        return value == null ? null : asAttributes(value);
    }

    private static Attributes asAttributes(Object value) {
        return switch (value) {
            case Attributes attributes -> attributes;
            case List<?> list -> throw DynamoDbError.serialization("Unrecognized collection type class");
            default -> throw DynamoDbError.serialization(STRUCTURE_EXPECTED);
        };
    }

    /** All parameters, as they were read. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return parameters.toString();
    }
}
