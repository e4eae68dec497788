package org.forgelog.query.verify;

import java.util.Map;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader.Discarded;
import org.jspecify.annotations.Nullable;

/**
 * Which events a table must have by now. It may have later ones, too.
 *
 * @param position all up to there
 * @param stops but of these sequences, only those before
 * @param discarded none of these
 */
record Standing(long position, Map<String, Long> stops, Map<Long, Discarded> discarded) {

    /** From where on a sequence lets nobody in but the owner; {@code null} when it does not. */
    @Nullable
    Long withheldFrom(String sequence) {
        Long stop = stops.get(sequence);
        if (stop != null) {
            return stop;
        }
        return discarded.values().stream()
                .filter(event -> event.sequenceKey().equals(sequence)
                        && event.position() <= position
                        && EventCodec.mayConcernRights(event.type()))
                .map(Discarded::position)
                .min(Long::compare)
                .orElse(null);
    }

    boolean isDiscarded(long event) {
        return discarded.containsKey(event);
    }

    /** The last position whose event, if it is one of {@code sequence}, must be in the table. */
    long limit(String sequence) {
        Long stop = stops.get(sequence);
        return stop == null ? position : Math.min(position, stop - 1);
    }
}
