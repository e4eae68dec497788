package org.forgelog.query.projection.batch;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;

/**
 * The events that operators left out for good. What such an event said about rights nobody knows any more: it may have
 * taken a right away, or made something private. So what its sequence is about stays as it was when the sequence was blocked,
 * visible to its owner alone, unless the event was of a kind that has nothing to do with rights.
 */
public final class SkippedEvents {

    /**
     * One such event.
     *
     * @param type the stored name of its type
     */
    public record SkippedEvent(long position, String sequence, String type) {

        boolean mayConcernRights() {
            return EventCodec.mayConcernRights(type);
        }
    }

    public static final SkippedEvents NONE = new SkippedEvents(List.of());

    private final Map<Long, SkippedEvent> all;

    public SkippedEvents(List<SkippedEvent> all) {
        this.all = all.stream().collect(Collectors.toMap(SkippedEvent::position, Function.identity()));
    }

    public boolean contains(StoredEvent event) {
        return all.containsKey(event.position());
    }

    /** Those of {@code events} that quarantine what their sequence is about. */
    List<SkippedEvent> quarantining(List<StoredEvent> events) {
        return events.stream()
                .map(event -> all.get(event.position()))
                .filter(skipped -> skipped != null && skipped.mayConcernRights())
                .toList();
    }

    /** From where on what {@code sequence} is about is quarantined: visible to its owner alone. */
    public OptionalLong quarantinedFrom(String sequence) {
        return all.values().stream()
                .filter(skipped -> skipped.sequence().equals(sequence) && skipped.mayConcernRights())
                .mapToLong(SkippedEvent::position)
                .min();
    }
}
