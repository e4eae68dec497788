package org.forgelog.query.verify;

import java.util.Map;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader.SkippedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Which events a table must have by now. It may have later ones, too.
 *
 * @param position all up to there
 * @param blockedAt but of these sequences, only those before
 * @param skipped none of these
 */
record TableState(long position, Map<String, Long> blockedAt, Map<Long, SkippedEvent> skipped) {

    /** From where on a sequence lets nobody in but the owner; {@code null} when it does not. */
    @Nullable
    Long quarantinedFrom(String sequence) {
        Long blocked = blockedAt.get(sequence);
        if (blocked != null) {
            return blocked;
        }
        return skipped.values().stream()
                .filter(event -> event.sequenceKey().equals(sequence)
                        && event.position() <= position
                        && EventCodec.mayConcernRights(event.type()))
                .map(SkippedEvent::position)
                .min(Long::compare)
                .orElse(null);
    }

    boolean isSkipped(long event) {
        return skipped.containsKey(event);
    }

    /** The last position whose event, if it is one of {@code sequence}, must be in the table. */
    long limit(String sequence) {
        Long blocked = blockedAt.get(sequence);
        return blocked == null ? position : Math.min(position, blocked - 1);
    }
}
