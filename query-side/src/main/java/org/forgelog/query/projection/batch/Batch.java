package org.forgelog.query.projection.batch;

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
import org.forgelog.query.projection.batch.PendingItem.FoldFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/** Some events in the log's order, and what they do to the table. Pure but for its own bookkeeping. */
public final class Batch {

    private final Map<ItemKey, PendingItem> touched = new LinkedHashMap<>();
    private final Map<String, DeadLetter> stops = new HashMap<>();

    /**
     * Projects {@code events}. A sequence with an event that cannot be read or projected stops there.
     *
     * @param stopped sequences whose events are left alone
     */
    public static Batch of(List<StoredEvent> events, EventCodec codec, Set<String> stopped) {
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
            touch(event, Projectors.all(event, read));
        } catch (RuntimeException e) {
            stop(event, String.valueOf(e.getMessage()));
        }
    }

    private void touch(StoredEvent event, List<ItemMutation> folds) {
        for (ItemMutation fold : folds) {
            if (!fold.key().isPossible()) {
                throw new IllegalArgumentException("the key " + fold.key() + " is too long");
            }
            touched.computeIfAbsent(fold.key(), PendingItem::new).add(event, fold);
        }
    }

    /** DeadLetterItems the event's sequence there: neither it nor what follows it changes anything. */
    void stop(StoredEvent event, String error) {
        stops.merge(
                event.sequenceKey(),
                new DeadLetter(event.sequenceKey(), event.position(), error),
                (a, b) -> a.position() <= b.position() ? a : b);
        touched.values().forEach(t -> t.forget(event.sequenceKey(), event.position()));
        touched.values().removeIf(PendingItem::isEmpty);
    }

    public Collection<DeadLetter> stops() {
        return stops.values();
    }

    /** The items that must be known before {@link #writes}. */
    List<ItemKey> toLoad() {
        return touched.values().stream()
                .filter(PendingItem::mustBeLoaded)
                .map(PendingItem::key)
                .toList();
    }

    /** What to write, given the items as they lie in the table; sequences whose folds fail are stopped on the way. */
    public List<Write> writes(Map<ItemKey, Item> stored) {
        while (true) {
            try {
                List<Write> writes = new ArrayList<>();
                for (PendingItem item : touched.values()) {
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
