package org.forgelog.command.operation;

import java.util.Map;
import org.forgelog.api.representation.DeliveryJson;
import org.forgelog.api.representation.HookJson;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Hook;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Hooks and deliveries as they are answered. */
final class HookViews {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HookViews() {}

    /** @param url its address in the API */
    static HookJson hook(String url, Hook hook) {
        Hook.Outcome last = hook.last();
        return HookJson.of(
                url,
                hook.repositoryId() != null,
                hook.id(),
                hook.active(),
                hook.events(),
                config(hook),
                hook.createdAt(),
                hook.updatedAt(),
                last == null
                        ? new HookJson.HookResponse(null, "unused", null)
                        : new HookJson.HookResponse(last.code(), last.status(), last.status()));
    }

    static HookJson.WebhookConfig config(Hook hook) {
        return HookJson.WebhookConfig.of(
                hook.config().url(), hook.config().contentType(), hook.config().secret() != null);
    }

    /** @param whole whether with what was sent and answered */
    static DeliveryJson delivery(Hook hook, Delivery d, boolean whole) {
        return new DeliveryJson(
                d.id(),
                d.guid().toString(),
                d.sentAt() == null ? d.createdAt() : d.sentAt(),
                d.redelivery(),
                d.duration() == null ? 0 : d.duration(),
                d.status() == null ? "pending" : d.status(),
                d.statusCode() == null ? 0 : d.statusCode(),
                d.event(),
                d.action(),
                null,
                hook.repositoryId() == null ? null : hook.repositoryId().value(),
                null,
                d.attempts(),
                whole ? hook.config().url() : null,
                whole ? new DeliveryJson.DeliveryRequest(tree(d.requestHeaders()), tree(d.payload())) : null,
                whole ? new DeliveryJson.DeliveryResponse(tree(d.responseHeaders()), d.responseBody()) : null);
    }

    private static @Nullable Map<String, Object> tree(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
    }
}
