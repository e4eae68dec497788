package org.forgelog.query.verify;

import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from.
 *
 * @param mostItems of one sequence in memory at once; one that makes more is read several times, for a part of them each
 * @param folds how events become items
 */
record Source(EventLogReader log, EventCodec codec, int mostItems, ItemFold.Factory folds) {

    /**
     * The event as this program reads it; {@code null} when it cannot.
     *
     * @param limit up to where the table has the event's sequence: what it went past must be readable
     */
    @Nullable
    DomainEvent read(StoredEvent event, long limit) {
        try {
            return codec.decode(event);
        } catch (RuntimeException e) {
            if (event.position() <= limit) {
                throw new IllegalStateException(
                        "the table went past event " + event.position() + ", which this program cannot read: "
                                + e.getMessage(),
                        e);
            }
            return null;
        }
    }
}
