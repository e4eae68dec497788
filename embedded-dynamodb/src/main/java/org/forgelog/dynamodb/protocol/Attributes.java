package org.forgelog.dynamodb.protocol;

import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values of a request. Whether they are sound is asked for only after what AWS checks before.
 *
 * @param values what was read until the first value that DynamoDB does not take
 * @param problem AWS's message on that value
 */
public record Attributes(Map<String, AttributeValue> values, @Nullable String problem) {

    /**
     * The values.
     *
     * @throws DynamoDbError when one of them is none that DynamoDB takes
     */
    public Map<String, AttributeValue> sound() {
        if (problem != null) {
            throw DynamoDbError.validation(problem);
        }
        return values;
    }
}
