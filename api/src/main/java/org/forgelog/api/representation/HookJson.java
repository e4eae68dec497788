package org.forgelog.api.representation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook (GitHub's {@code hook} and {@code org-hook}). */
public record HookJson(
        String type,
        long id,
        String name,
        boolean active,
        List<String> events,
        WebhookConfig config,
        Instant updatedAt,
        Instant createdAt,
        String url,
        String pingUrl,
        String deliveriesUrl,
        String testUrl,
        HookResponse lastResponse) {

    /** Where and how it is told; {@code secret} is never shown. */
    public record WebhookConfig(String url, String contentType, String insecureSsl, @Nullable String secret) {

        private static final String HIDDEN = "********";

        public static WebhookConfig of(String url, String contentType, boolean signed) {
            return new WebhookConfig(url, contentType, "0", signed ? HIDDEN : null);
        }
    }

    /** How its last delivery went. */
    public record HookResponse(@Nullable Integer code, @Nullable String status, @Nullable String message) {}

    /** @param url its own address */
    public static HookJson of(
            String url,
            boolean ofRepository,
            long id,
            boolean active,
            List<String> events,
            WebhookConfig config,
            Instant createdAt,
            Instant updatedAt,
            HookResponse last) {
        return new HookJson(
                ofRepository ? "Repository" : "Organization",
                id,
                "web",
                active,
                events,
                config,
                updatedAt,
                createdAt,
                url,
                url + "/pings",
                url + "/deliveries",
                url + "/tests",
                last);
    }
}
