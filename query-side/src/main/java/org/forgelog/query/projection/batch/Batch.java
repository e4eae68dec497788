package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.ProjectionFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/** Some events in the log's order, and what they do to the table. Pure but for its own bookkeeping. */
public final class Batch {

    private final Map<ItemKey, PendingItem> pending = new LinkedHashMap<>();
    private final Map<String, DeadLetter> deadLetters = new HashMap<>();

    /**
     * Projects {@code events}. A sequence with an event that cannot be read or projected is blocked there.
     *
     * @param blocked sequences whose events are left alone
     */
    public static Batch of(List<StoredEvent> events, EventCodec codec, Set<String> blocked) {
        Batch batch = new Batch();
        for (StoredEvent event : events) {
            if (!blocked.contains(event.sequenceKey()) && !batch.deadLetters.containsKey(event.sequenceKey())) {
                batch.add(event, codec);
            }
        }
        return batch;
    }

    private void add(StoredEvent event, EventCodec codec) {
        try {
            add(event, Projectors.all(event, codec.decode(event)));
        } catch (RuntimeException e) {
            block(event, e);
        }
    }

    private void add(StoredEvent event, List<ItemMutation> mutations) {
        for (ItemMutation mutation : mutations) {
            if (!mutation.key().isPossible()) {
                throw new IllegalArgumentException("the key " + mutation.key() + " is too long");
            }
            pending.computeIfAbsent(mutation.key(), PendingItem::new).add(event, mutation);
        }
    }

    /** Blocks the event's sequence there: neither it nor what follows it changes anything. */
    void block(StoredEvent event, RuntimeException failure) {
        deadLetters.merge(
                event.sequenceKey(),
                DeadLetter.of(event.sequenceKey(), event.position(), failure),
                (a, b) -> a.position() <= b.position() ? a : b);
        pending.values().forEach(t -> t.forget(event.sequenceKey(), event.position()));
        pending.values().removeIf(PendingItem::isEmpty);
    }

    public Collection<DeadLetter> deadLetters() {
        return deadLetters.values();
    }

    /**
     * The items that must be known before {@link #writes}.
     *
     * @param unconditional see {@link PendingItem#mustBeLoaded}
     */
    List<ItemKey> toLoad(boolean unconditional) {
        return pending.values().stream()
                .filter(item -> item.mustBeLoaded(unconditional))
                .map(PendingItem::key)
                .toList();
    }

    Set<ItemKey> keys() {
        return pending.keySet();
    }

    /** What to write, given the items as they lie in the table; sequences whose folds fail are stopped on the way. */
    public List<Write> writes(Map<ItemKey, Item> stored) {
        while (true) {
            try {
                List<Write> writes = new ArrayList<>();
                for (PendingItem item : pending.values()) {
                    Write write = item.after(stored.get(item.key()));
                    if (write != null) {
                        writes.add(write);
                    }
                }
                return writes;
            } catch (ProjectionFailure e) {
                block(e.event(), e);
            }
        }
    }
}
