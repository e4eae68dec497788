package org.forgelog.query.moment;

import java.time.Instant;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the past.
 *
 * @param position up to which events had been stored
 * @param known up to which the log is known now: what was deleted by then is not shown
 * @param time by which imported events had happened that belong to it, whenever they were stored; {@code null} where the
 *     order of the log alone counts
 */
public record Moment(long position, long known, @Nullable Instant time) {

    /** With all there was, for those who may know what was deleted since. */
    public static Moment whole(long position) {
        return new Moment(position, position, null);
    }

    boolean isWhole() {
        return known <= position;
    }

    /** The same, however far the log is known: what is remembered of it is brought up to that. */
    Moment settled() {
        return isWhole() ? this : new Moment(position, Long.MAX_VALUE, time);
    }

    /** Up to where events are stored that may belong to it. */
    long reach() {
        return time == null ? position : Math.max(position, known);
    }

    /** Whether an event belongs to it, given that those stored later are imported ones. */
    boolean holds(StoredEvent event) {
        return event.position() <= position
                || (time != null && !EventOrigin.happened(event).isAfter(time));
    }
}
