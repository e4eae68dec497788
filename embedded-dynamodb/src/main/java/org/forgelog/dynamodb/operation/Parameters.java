package org.forgelog.dynamodb.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.Attributes;
import org.forgelog.dynamodb.protocol.Constraints;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;

/** Parameters that several operations have. */
final class Parameters {

    static final String[] CAPACITY = {"INDEXES", "TOTAL", "NONE"};
    static final String[] METRICS = {"SIZE", "NONE"};
    static final String[] RETURN_VALUES = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"};
    static final String[] ON_FAILURE = {"ALL_OLD", "NONE"};

    /** Before there were expressions. */
    private static final List<String> LEGACY = List.of(
            "AttributesToGet",
            "AttributeUpdates",
            "Expected",
            "ConditionalOperator",
            "KeyConditions",
            "QueryFilter",
            "ScanFilter");

    private Parameters() {}

    static Constraints capacity(Constraints constraints, Request request) {
        return constraints.oneOf("returnConsumedCapacity", request.string("ReturnConsumedCapacity"), CAPACITY);
    }

    /** @throws DynamoDbError when the request has parameters from before there were expressions */
    static void refuseLegacy(Request request, ExpressionKind... expressions) {
        List<String> legacy = LEGACY.stream().filter(request::has).toList();
        if (legacy.isEmpty()) {
            return;
        }
        List<String> modern = new ArrayList<>();
        for (ExpressionKind expression : expressions) {
            if (request.has(expression.parameter())) {
                modern.add(expression.parameter());
            }
        }
        throw DynamoDbError.validation(
                modern.isEmpty()
                        ? "Legacy parameters are not supported by this engine; use expressions instead: "
                                + String.join(", ", legacy)
                        : "Can not use both expression and non-expression parameters in the same request:"
                                + " Non-expression parameters: {" + String.join(", ", legacy)
                                + "} Expression parameters: {" + String.join(", ", modern) + "}");
    }

    /** The values of a parameter that must be there. */
    static Map<String, AttributeValue> sound(Request request, String name) {
        Attributes attributes = request.attributes(name);
        return attributes == null ? Map.of() : attributes.sound();
    }
}
