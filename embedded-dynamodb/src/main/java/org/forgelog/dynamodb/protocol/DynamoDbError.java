package org.forgelog.dynamodb.protocol;

import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.item.AttributeValue;
import org.jspecify.annotations.Nullable;

/** An error answer with AWS's type and message. */
public final class DynamoDbError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String SERVICE = "com.amazonaws.dynamodb.v20120810#";
    private static final String FRAMEWORK = "com.amazon.coral.service#";

    private final int status;
    private final String type;
    private final transient @Nullable Map<String, AttributeValue> item;
    private final transient List<CancellationReason> reasons;

    /**
     * What one action of a transaction has to do with its cancellation.
     *
     * @param code {@code None} for an action that would have succeeded
     * @param item the item that failed the condition, where the request asked for it
     */
    public record CancellationReason(
            String code, @Nullable String message, @Nullable Map<String, AttributeValue> item) {

        public static final CancellationReason NONE = new CancellationReason("None", null, null);
    }

    private DynamoDbError(
            int status,
            String type,
            @Nullable String message,
            @Nullable Map<String, AttributeValue> item,
            List<CancellationReason> reasons) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.item = item;
        this.reasons = reasons;
    }

    private static DynamoDbError refused(String type, @Nullable String message) {
        return new DynamoDbError(400, type, message, null, List.of());
    }

    public static DynamoDbError validation(String message) {
        return refused("com.amazon.coral.validate#ValidationException", message);
    }

    /** {@link #validation} with the words that begin most of these messages. */
    public static DynamoDbError invalidParameter(String message) {
        return validation("One or more parameter values were invalid: " + message);
    }

    /** The request is no JSON, or not of the operation's form. */
    public static DynamoDbError serialization(@Nullable String message) {
        return refused(FRAMEWORK + "SerializationException", message);
    }

    public static DynamoDbError unknownOperation() {
        return refused(FRAMEWORK + "UnknownOperationException", null);
    }

    /** An item operation on a table that there is not. */
    public static DynamoDbError resourceNotFound() {
        return resourceNotFound("Requested resource not found");
    }

    public static DynamoDbError resourceNotFound(String message) {
        return refused(SERVICE + "ResourceNotFoundException", message);
    }

    public static DynamoDbError resourceInUse(String message) {
        return refused(SERVICE + "ResourceInUseException", message);
    }

    public static DynamoDbError limitExceeded(String message) {
        return refused(SERVICE + "LimitExceededException", message);
    }

    /** @param item the item as it is, where the request asked for it */
    public static DynamoDbError conditionFailed(@Nullable Map<String, AttributeValue> item) {
        return new DynamoDbError(
                400, SERVICE + "ConditionalCheckFailedException", "The conditional request failed", item, List.of());
    }

    public static DynamoDbError transactionCanceled(List<CancellationReason> reasons) {
        return new DynamoDbError(
                400,
                SERVICE + "TransactionCanceledException",
                "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                        + String.join(
                                ", ",
                                reasons.stream().map(CancellationReason::code).toList()) + "]",
                null,
                reasons);
    }

    public static DynamoDbError idempotentParameterMismatch() {
        return refused(
                SERVICE + "IdempotentParameterMismatchException",
                "Request token was already used with different parameters");
    }

    public static DynamoDbError throttled() {
        return refused(
                SERVICE + "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                        + " provisioning level with the UpdateTable API.");
    }

    public static DynamoDbError internal() {
        return new DynamoDbError(500, SERVICE + "InternalServerError", "Internal server error", null, List.of());
    }

    /** A resource that is not the caller's. */
    public static DynamoDbError accessDenied(String arn) {
        return refused(FRAMEWORK + "AccessDeniedException", "User is not authorized to access resource: " + arn);
    }

    /** An error of signing, see the server. */
    public static DynamoDbError authentication(String type, String message) {
        return refused(FRAMEWORK + type, message);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The error's full name, as in {@code __type}. */
    public String type() {
        return type;
    }

    /** The error's name without its name space. */
    public String code() {
        return type.substring(type.indexOf('#') + 1);
    }

    public @Nullable Map<String, AttributeValue> item() {
        return item;
    }

    public List<CancellationReason> reasons() {
        return reasons;
    }
}
