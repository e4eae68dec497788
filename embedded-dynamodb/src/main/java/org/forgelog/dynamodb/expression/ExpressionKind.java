package org.forgelog.dynamodb.expression;

import org.forgelog.dynamodb.protocol.DynamoDbError;

/** The five kinds of expressions, by the name of the parameter that holds one. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression");

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    public String parameter() {
        return parameter;
    }

    DynamoDbError invalid(String why) {
        return DynamoDbError.validation("Invalid " + parameter + ": " + why);
    }
}
