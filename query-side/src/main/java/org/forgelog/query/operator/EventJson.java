package org.forgelog.query.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.eventlog.EventLogReader.SkippedEvent;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * An event as it is stored, to the letter; for operators.
 *
 * @param discarded {@code null} where it was not, and in explanations
 * @param appendedAt to the microsecond, unlike times elsewhere: an exported log is restored as it was
 */
record EventJson(
        long position,
        String eventId,
        String aggregateType,
        String aggregateId,
        long sequenceNumber,
        String type,
        int revision,
        String sequence,
        String appendedAt,
        RawValue metadata,
        RawValue payload,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SkippedJson discarded) {

    /** Why, by whom and when the event was discarded. */
    record SkippedJson(String reason, String by, String at) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The keys of what the events are about, and of who did it. */
    static Set<String> keys(List<StoredEvent> events) {
        Set<String> keys = new TreeSet<>();
        for (StoredEvent event : events) {
            keys.add(event.sequenceKey());
            keys.add(JSON.readTree(event.metadata()).path("actor").asString(""));
        }
        return keys;
    }

    static EventJson of(StoredEvent event) {
        return of(event, null);
    }

    /** @param discarded {@code null} when the event was not */
    static EventJson of(StoredEvent event, @Nullable SkippedEvent discarded) {
        return new EventJson(
                event.position(),
                event.eventId(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequenceNumber(),
                event.type(),
                event.revision(),
                event.sequenceKey(),
                event.appendedAt().toString(),
                new RawValue(event.metadata()),
                new RawValue(event.payload()),
                discarded == null
                        ? null
                        : new SkippedJson(
                                discarded.reason(),
                                discarded.by(),
                                discarded.at().toString()));
    }
}
