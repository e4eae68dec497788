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
 * taken a right away, or made something private. So what its sequence is about stays as it was when the sequence stopped,
 * visible to its owner alone, unless the event was of a kind that has nothing to do with rights.
 */
public final class SkippedEvents {

    /**
     * One such event.
     *
     * @param type the stored name of its type
     */
    public record Discarded(long position, String sequence, String type) {

        boolean mayConcernRights() {
            return EventCodec.mayConcernRights(type);
        }
    }

    public static final SkippedEvents NONE = new SkippedEvents(List.of());

    private final Map<Long, Discarded> all;

    public SkippedEvents(List<Discarded> all) {
        this.all = all.stream().collect(Collectors.toMap(Discarded::position, Function.identity()));
    }

    public boolean contains(StoredEvent event) {
        return all.containsKey(event.position());
    }

    /** Those of {@code events} after which nobody but the owner is let in any more. */
    List<Discarded> withholding(List<StoredEvent> events) {
        return events.stream()
                .map(event -> all.get(event.position()))
                .filter(discarded -> discarded != null && discarded.mayConcernRights())
                .toList();
    }

    /** From where on {@code sequence} lets nobody in but the owner, although it goes on. */
    public OptionalLong withheldFrom(String sequence) {
        return all.values().stream()
                .filter(discarded -> discarded.sequence().equals(sequence) && discarded.mayConcernRights())
                .mapToLong(Discarded::position)
                .min();
    }
}
