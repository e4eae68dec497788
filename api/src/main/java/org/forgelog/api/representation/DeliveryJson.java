package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a webhook was told (GitHub's {@code hook-delivery-item}, and {@code hook-delivery} with the last three).
 *
 * @param attempts how often it was tried
 */
public record DeliveryJson(
        long id,
        String guid,
        Instant deliveredAt,
        boolean redelivery,
        double duration,
        String status,
        int statusCode,
        String event,
        @Nullable String action,
        @Nullable Long installationId,
        @Nullable Long repositoryId,
        @Nullable Instant throttledAt,
        int attempts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryRequest request,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryResponse response) {

    /** What was sent. */
    public record DeliveryRequest(@Nullable Map<String, Object> headers, @Nullable Map<String, Object> payload) {}

    /** What was answered. */
    public record DeliveryResponse(@Nullable Map<String, Object> headers, @Nullable String payload) {}
}
