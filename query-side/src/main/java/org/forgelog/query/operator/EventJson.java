package org.forgelog.query.operator;

import org.forgelog.eventlog.StoredEvent;
import tools.jackson.databind.util.RawValue;

/**
 * An event as it is stored, to the letter; for operators.
 *
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
        RawValue payload) {

    static EventJson of(StoredEvent event) {
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
                new RawValue(event.payload()));
    }
}
