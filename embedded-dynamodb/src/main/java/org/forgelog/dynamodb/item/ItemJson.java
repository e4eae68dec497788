package org.forgelog.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Attribute values as the protocol writes them: <code>{"name": {"S": "ada"}}</code>. */
public final class ItemJson {

    /** Levels of lists and maps that DynamoDB takes. */
    private static final int NESTING = 32;

    /** For all JSON of this engine. Bounds keep what a request can cost in proportion to its size. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(256)
                    .maxStringLength(20 * 1024 * 1024)
                    .maxNameLength(100_000)
                    .build())
            .build();

    private ItemJson() {}

    /** The JSON of an item, in UTF-8. */
    public static byte[] write(Map<String, AttributeValue> item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(item, generator);
        }
        return out.toByteArray();
    }

    /** Writes an item as a JSON object. */
    public static void write(Map<String, AttributeValue> item, JsonGenerator out) {
        out.writeStartObject();
        item.forEach((name, value) -> {
            out.writeName(name);
            write(value, out);
        });
        out.writeEndObject();
    }

    private static void write(AttributeValue value, JsonGenerator out) {
        out.writeStartObject();
        out.writeName(value.typeName());
        switch (value) {
            case AttributeValue.S s -> out.writeString(s.value());
            case AttributeValue.N n -> out.writeString(n.value());
            case AttributeValue.B b -> out.writeBinary(b.value().content());
            case AttributeValue.Bool bool -> out.writeBoolean(bool.value());
            case AttributeValue.Null none -> out.writeBoolean(true);
            case AttributeValue.SS set -> writeAll(set.value(), out, out::writeString);
            case AttributeValue.NS set -> writeAll(set.value(), out, out::writeString);
            case AttributeValue.BS set -> writeAll(set.value(), out, b -> out.writeBinary(b.content()));
            case AttributeValue.L list -> writeAll(list.value(), out, v -> write(v, out));
            case AttributeValue.M map -> write(map.value(), out);
        }
        out.writeEndObject();
    }

    private static <T> void writeAll(Iterable<T> values, JsonGenerator out, java.util.function.Consumer<T> each) {
        out.writeStartArray();
        values.forEach(each);
        out.writeEndArray();
    }

    /** Reads an item that {@link #write(Map)} wrote, from {@code offset} on. */
    public static Map<String, AttributeValue> read(byte[] json, int offset) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json, offset, json.length - offset)) {
            parser.nextToken();
            return readItem(parser);
        }
    }

    /**
     * Reads the object at which the parser stands.
     *
     * @throws InvalidValueException when a value is none that DynamoDB takes
     * @throws UnexpectedTokenException when it is not of the protocol's form
     */
    public static Map<String, AttributeValue> readItem(JsonParser parser) {
        return readItem(parser, 0);
    }

    private static Map<String, AttributeValue> readItem(JsonParser parser, int depth) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw UnexpectedTokenException.insteadOfStructure(parser);
            }
            item.put(name, readValue(parser, depth));
        }
        return item;
    }

    /** Reads the attribute value at whose start the parser stands. */
    public static AttributeValue readValue(JsonParser parser) {
        return readValue(parser, 0);
    }

    private static AttributeValue readValue(JsonParser parser, int depth) {
        if (depth > NESTING) {
            throw new InvalidValueException("Nesting Levels have exceeded supported limits");
        }
        AttributeValue value = null;
        for (String type = parser.nextName(); type != null; type = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            AttributeValue read = readTyped(type, token, parser, depth);
            if (read != null && value != null) {
                throw new InvalidValueException("Supplied AttributeValue has more than one datatypes set, must contain"
                        + " exactly one of the supported datatypes");
            }
            value = read == null ? value : read;
        }
        if (value == null) {
            throw new InvalidValueException(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        return value;
    }

    private static @Nullable AttributeValue readTyped(String type, JsonToken token, JsonParser parser, int depth) {
        return switch (type) {
            case "S" -> new AttributeValue.S(text(token, parser));
            case "N" -> new AttributeValue.N(Numbers.canonical(text(token, parser)));
            case "B" -> new AttributeValue.B(bytes(text(token, parser)));
            case "BOOL" -> new AttributeValue.Bool(flag(token, parser));
            case "NULL" -> {
                if (!flag(token, parser)) {
                    throw new InvalidValueException("One or more parameter values were invalid: "
                            + "Null attribute value types must have the value of true");
                }
                yield AttributeValue.Null.INSTANCE;
            }
            case "SS" ->
                new AttributeValue.SS(set(token, parser, Function.identity(), "An string set  may not be empty"));
            case "NS" ->
                new AttributeValue.NS(set(token, parser, Numbers::canonical, "An number set  may not be empty"));
            case "BS" -> new AttributeValue.BS(set(token, parser, ItemJson::bytes, "Binary sets should not be empty"));
            case "L" -> new AttributeValue.L(list(token, parser, depth));
            case "M" -> {
                if (token != JsonToken.START_OBJECT) {
                    throw UnexpectedTokenException.insteadOfStructure(parser);
                }
                yield new AttributeValue.M(readItem(parser, depth + 1));
            }
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }

    private static String text(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_STRING) {
            throw UnexpectedTokenException.insteadOfString(parser);
        }
        return parser.getString();
    }

    private static boolean flag(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw new UnexpectedTokenException("Unexpected token received from parser");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static Bytes bytes(String base64) {
        try {
            return new Bytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new UnexpectedTokenException("Invalid base64 value");
        }
    }

    private static <T> Set<T> set(JsonToken token, JsonParser parser, Function<String, T> member, String empty) {
        if (token != JsonToken.START_ARRAY) {
            throw UnexpectedTokenException.insteadOfStructure(parser);
        }
        List<T> members = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            members.add(member.apply(text(next, parser)));
        }
        if (members.isEmpty()) {
            throw new InvalidValueException("One or more parameter values were invalid: " + empty);
        }
        Set<T> distinct = new HashSet<>(members);
        if (distinct.size() < members.size()) {
            throw new InvalidValueException(
                    "One or more parameter values were invalid: Input collection " + members + " contains duplicates.");
        }
        return distinct;
    }

    private static List<AttributeValue> list(JsonToken token, JsonParser parser, int depth) {
        if (token != JsonToken.START_ARRAY) {
            throw UnexpectedTokenException.insteadOfStructure(parser);
        }
        List<AttributeValue> members = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next != JsonToken.START_OBJECT) {
                throw UnexpectedTokenException.insteadOfStructure(parser);
            }
            members.add(readValue(parser, depth + 1));
        }
        return members;
    }
}
