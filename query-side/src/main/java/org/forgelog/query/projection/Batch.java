package org.forgelog.query.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.Touched.FoldFailure;
import org.forgelog.query.projection.Touched.Write;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/** Some events in the log's order, and what they do to the table. Pure but for its own bookkeeping. */
final class Batch {

    /** A sequence that cannot go on. */
    record Stop(String sequence, long position, String error) {}

    private final Map<ItemKey, Touched> touched = new LinkedHashMap<>();
    private final Map<String, Stop> stops = new HashMap<>();

    /**
     * Projects {@code events}. A sequence with an event that cannot be read or projected stops there.
     *
     * @param stopped sequences whose events are left alone
     */
    static Batch of(List<StoredEvent> events, EventCodec codec, Set<String> stopped) {
        Batch batch = new Batch();
        for (StoredEvent event : events) {
            if (!stopped.contains(event.sequenceKey()) && !batch.stops.containsKey(event.sequenceKey())) {
                batch.add(event, codec);
            }
        }
        return batch;
    }

    private void add(StoredEvent event, EventCodec codec) {
        try {
            DomainEvent read = codec.decode(event.type(), event.revision(), event.payload());
            if (!read.sequenceKey().equals(event.sequenceKey())) {
                throw new IllegalArgumentException("is stored in another sequence than its own, " + read.sequenceKey());
            }
            touch(event, Projectors.folds(read));
            touch(event, FeedProjector.folds(event, read));
            touch(event, HistoryProjector.folds(event, read));
        } catch (RuntimeException e) {
            stop(event, String.valueOf(e.getMessage()));
        }
    }

    private void touch(StoredEvent event, List<Fold> folds) {
        for (Fold fold : folds) {
            if (!fold.key().isPossible()) {
                throw new IllegalArgumentException("the key " + fold.key() + " is too long");
            }
            touched.computeIfAbsent(fold.key(), Touched::new).add(event, fold);
        }
    }

    /** Stops the event's sequence there: neither it nor what follows it changes anything. */
    void stop(StoredEvent event, String error) {
        stops.merge(
                event.sequenceKey(),
                new Stop(event.sequenceKey(), event.position(), error),
                (a, b) -> a.position() <= b.position() ? a : b);
        touched.values().forEach(t -> t.forget(event.sequenceKey(), event.position()));
        touched.values().removeIf(Touched::isEmpty);
    }

    Collection<Stop> stops() {
        return stops.values();
    }

    /** The items that must be known before {@link #writes}. */
    List<ItemKey> toLoad() {
        return touched.values().stream()
                .filter(Touched::mustBeLoaded)
                .map(Touched::key)
                .toList();
    }

    /** What to write, given the items as they lie in the table; sequences whose folds fail are stopped on the way. */
    List<Write> writes(Map<ItemKey, Item> stored) {
        while (true) {
            try {
                List<Write> writes = new ArrayList<>();
                for (Touched item : touched.values()) {
                    Write write = item.after(stored.get(item.key()));
                    if (write != null) {
                        writes.add(write);
                    }
                }
                return writes;
            } catch (FoldFailure e) {
                stop(e.event(), String.valueOf(e.getMessage()));
            }
        }
    }
}
