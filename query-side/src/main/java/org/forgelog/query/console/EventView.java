package org.forgelog.query.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.api.http.ApiJson;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.operator.DirectoryNames;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as pages show it.
 *
 * @param about name of the repository or account
 * @param actor login of who did it; empty where nobody did
 * @param request the id of the request
 */
record EventView(
        long position,
        Instant at,
        String type,
        int revision,
        String sequence,
        String about,
        String aggregateType,
        String aggregateId,
        long number,
        String actor,
        String request,
        String payload,
        String metadata) {

    private static final JsonMapper JSON = ApiJson.mapper()
            .rebuild()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    static List<EventView> of(Collection<StoredEvent> events, DirectoryNames directory) {
        Set<String> keys = new TreeSet<>();
        events.forEach(event -> {
            keys.add(event.sequenceKey());
            keys.add(text(event, "actor"));
        });
        Map<String, String> names = directory.of(keys);
        return events.stream().map(event -> of(event, names)).toList();
    }

    private static EventView of(StoredEvent event, Map<String, String> names) {
        String actor = text(event, "actor");
        return new EventView(
                event.position(),
                event.appendedAt(),
                event.type(),
                event.revision(),
                event.sequenceKey(),
                names.getOrDefault(event.sequenceKey(), event.sequenceKey()),
                event.aggregateType(),
                event.aggregateId(),
                event.sequenceNumber(),
                names.getOrDefault(actor, actor),
                text(event, "requestId"),
                indented(event.payload()),
                indented(event.metadata()));
    }

    private static String text(StoredEvent event, String name) {
        try {
            return JSON.readTree(event.metadata()).path(name).asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private static String indented(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            return JSON.writeValueAsString(tree);
        } catch (JacksonException e) {
            return json;
        }
    }
}
