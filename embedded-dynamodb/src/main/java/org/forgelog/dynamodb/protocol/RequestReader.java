package org.forgelog.dynamodb.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.InvalidValueException;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.item.UnexpectedTokenException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads the JSON of a request once: items and keys into attribute values, everything else into maps and lists. */
final class RequestReader {

    private static final String REQUEST_ITEMS = "RequestItems";
    private static final String VALUES = "ExpressionAttributeValues";

    private final JsonParser parser;

    private RequestReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws DynamoDbError when it is no JSON object */
    static Map<String, Object> read(byte[] json) {
        try (JsonParser parser = ItemJson.FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw DynamoDbError.serialization(null);
            }
            Map<String, Object> request = new RequestReader(parser).object(false);
            if (parser.nextToken() != null) {
                throw DynamoDbError.serialization(null);
            }
            return request;
        } catch (UnexpectedTokenException e) {
            throw DynamoDbError.serialization(e.getMessage());
        } catch (JacksonException e) {
            throw DynamoDbError.serialization(null);
        }
    }

    /** @param names whether the object's names are a user's own, which mean nothing here: names of tables */
    private Map<String, Object> object(boolean names) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            Object value = names ? value(token, "") : value(token, name);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private @Nullable Object value(JsonToken token, String name) {
        return switch (token) {
            case START_OBJECT ->
                switch (name) {
                    case "Item", "Key", "ExclusiveStartKey" -> item();
                    case VALUES -> values();
                    default -> object(name.equals(REQUEST_ITEMS));
                };
            case START_ARRAY -> list(name.equals("Keys") ? "Key" : "");
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private Object integer() {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) parser.getDoubleValue()
                : (Object) parser.getLongValue();
    }

    private List<Object> list(String member) {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            Object value = value(token, member);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private Attributes item() {
        int depth = depth();
        try {
            return new Attributes(ItemJson.readItem(parser), null);
        } catch (InvalidValueException e) {
            skipTo(depth);
            return new Attributes(Map.of(), e.getMessage());
        }
    }

    private Attributes values() {
        int depth = depth();
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        String name = "";
        try {
            for (name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new UnexpectedTokenException("Unexpected value type in payload");
                }
                values.put(name, ItemJson.readValue(parser));
            }
            return new Attributes(values, null);
        } catch (InvalidValueException e) {
            skipTo(depth);
            return new Attributes(values, VALUES + " contains invalid value: " + e.getMessage() + " for key " + name);
        }
    }

    private int depth() {
        return parser.streamReadContext().getNestingDepth();
    }

    /** Reads on to the end of the object of that depth. */
    private void skipTo(int depth) {
        while (depth() >= depth) {
            if (parser.nextToken() == null) {
                return;
            }
        }
    }
}
