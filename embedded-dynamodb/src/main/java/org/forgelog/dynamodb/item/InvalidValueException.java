package org.forgelog.dynamodb.item;

/** A value that DynamoDB does not accept; the message is AWS's. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message, null, false, false);
    }
}
