package org.forgelog.command.subscription;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a hook is told.
 *
 * @param sequenceKey the sequence within which its order counts
 * @param state {@code PENDING}, {@code DELIVERED} or {@code FAILED} for good
 * @param duration of the last attempt, in seconds
 * @param requestHeaders and the others: of the last attempt, as JSON
 */
public record Delivery(
        long id,
        long hookId,
        String sequenceKey,
        UUID guid,
        String event,
        @Nullable String action,
        String payload,
        boolean redelivery,
        String state,
        int attempts,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Double duration,
        @Nullable String status,
        @Nullable Integer statusCode,
        @Nullable String requestHeaders,
        @Nullable String responseHeaders,
        @Nullable String responseBody) {

    /** What is to be told, before it is for anybody. */
    public record Message(String event, @Nullable String action, String payload) {}

    /** How an attempt went. @param statusCode {@code null} where nothing answered */
    public record Attempt(
            boolean successful,
            String status,
            @Nullable Integer statusCode,
            double seconds,
            String requestHeaders,
            @Nullable String responseHeaders,
            @Nullable String responseBody) {}
}
