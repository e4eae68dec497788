package org.forgelog.eventlog;

import java.time.Instant;

/**
 * An event as it lies in the log.
 *
 * @param position its place in the order of commits; grows, may skip numbers
 * @param sequenceNumber its place among its aggregate's events, 0, 1, 2 ... without a hole
 * @param type stored alias of the event's type
 * @param payload JSON text
 * @param metadata JSON text
 * @param sequenceKey the sequence within which order matters to projectors
 * @param appendedAt when it was appended, by the clock that all nodes share; when it happened is in the payload
 */
public record StoredEvent(
        long position,
        String eventId,
        String aggregateType,
        String aggregateId,
        long sequenceNumber,
        String type,
        int revision,
        String payload,
        String metadata,
        String sequenceKey,
        Instant appendedAt) {

    /** The event as if it had been appended at another time. */
    public StoredEvent appended(Instant at) {
        return new StoredEvent(
                position,
                eventId,
                aggregateType,
                aggregateId,
                sequenceNumber,
                type,
                revision,
                payload,
                metadata,
                sequenceKey,
                at);
    }
}
