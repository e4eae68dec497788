package org.forgelog.dynamodb.item;

import tools.jackson.core.JsonParser;

/** JSON of another type than the protocol has there; the message is AWS's. */
public final class UnexpectedTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnexpectedTokenException(String message) {
        super(message, null, false, false);
    }

    static UnexpectedTokenException insteadOfString(JsonParser parser) {
        return new UnexpectedTokenException(
                switch (parser.currentToken()) {
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE cannot be converted to String";
                    case VALUE_TRUE -> "TRUE_VALUE cannot be converted to String";
                    case VALUE_FALSE -> "FALSE_VALUE cannot be converted to String";
                    case START_ARRAY -> "Unrecognized collection type class java.lang.String";
                    default -> "Start of structure or map found where not expected";
                });
    }

    static UnexpectedTokenException insteadOfStructure(JsonParser parser) {
        return new UnexpectedTokenException(
                switch (parser.currentToken()) {
                    case START_ARRAY ->
                        "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue";
                    case START_OBJECT -> "Start of structure or map found where not expected";
                    default -> "Unexpected value type in payload";
                });
    }
}
