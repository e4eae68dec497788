package org.forgelog.query.moment;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.forgelog.api.http.ApiJson;
import org.forgelog.domain.account.AccountId;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who did what an event tells of, and when. */
public final class EventOrigin {

    private static final JsonMapper JSON = ApiJson.mapper();

    private EventOrigin() {}

    /** Who did it: whom the event names, and else who asked for it; {@code null} where that is nobody with an account. */
    public static @Nullable Long actor(StoredEvent event) {
        for (Map.Entry<String, JsonNode> field : JSON.readTree(event.payload()).properties()) {
            boolean names = field.getKey().endsWith("_by") || field.getKey().equals("author_id");
            if (names && field.getValue().isIntegralNumber()) {
                return field.getValue().asLong();
            }
        }
        String asked = JSON.readTree(event.metadata()).path("actor").asString("");
        return asked.matches("a:[0-9]{1,16}")
                ? Long.valueOf(new AccountId(Long.parseLong(asked.substring(2))).value())
                : null;
    }

    /** When it happened, which may be long before it was stored: the latest time that the event itself tells of. */
    public static Instant happened(StoredEvent event) {
        Instant latest = null;
        for (Map.Entry<String, JsonNode> field : JSON.readTree(event.payload()).properties()) {
            if (field.getKey().endsWith("_at") && field.getValue().isString()) {
                Instant at = instant(field.getValue().asString());
                latest = latest == null || (at != null && at.isAfter(latest)) ? at : latest;
            }
        }
        return latest == null ? event.appendedAt() : latest;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
