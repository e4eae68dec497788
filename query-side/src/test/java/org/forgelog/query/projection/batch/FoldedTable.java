package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/** A table in memory that batches are folded into: projectors without any engine. */
public final class FoldedTable {

    private static final EventCodec CODEC = new EventCodec();

    private final Map<ItemKey, Item> items = new HashMap<>();
    private final Map<ItemKey, Map<String, Long>> counts = new HashMap<>();
    private final Map<ItemKey, Item> edges = new HashMap<>();
    private final List<StoredEvent> log = new ArrayList<>();
    private final Set<String> blocked = new HashSet<>();
    private List<DeadLetter> lastDeadLetters = List.of();

    /** Appends events and folds them as one batch. */
    public List<Write> happened(DomainEvent... events) {
        List<StoredEvent> stored = new ArrayList<>();
        for (DomainEvent event : events) {
            stored.add(store(event));
        }
        log.addAll(stored);
        return fold(stored);
    }

    private StoredEvent store(DomainEvent event) {
        EventCodec.Encoded encoded = CODEC.encode(event);
        return stored(encoded.type(), encoded.revision(), encoded.json(), event.sequenceKey());
    }

    public StoredEvent stored(String type, int revision, String json, String sequence) {
        return new StoredEvent(
                log.size() + 1L + pending++,
                "id",
                "type",
                "aggregate",
                0,
                type,
                revision,
                json,
                "{}",
                sequence,
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private long pending;

    public List<Write> fold(List<StoredEvent> events) {
        pending = 0;
        Batch batch = Batch.of(events, CODEC, blocked);
        List<Write> writes = batch.writes(items);
        for (Write write : writes) {
            write.counts().forEach((target, change) -> change.by()
                    .forEach((name, delta) ->
                            counts.computeIfAbsent(target, k -> new HashMap<>()).merge(name, delta, Long::sum)));
            IssueEdges.of(write).forEach(edge -> {
                Item there = edges.get(edge.after().key());
                if (there == null || there.pos() < edge.after().pos()) {
                    edges.put(edge.after().key(), edge.after());
                }
            });
            items.put(write.pending().key(), write.after());
        }
        lastDeadLetters = List.copyOf(batch.deadLetters());
        lastDeadLetters.forEach(letter -> blocked.add(letter.sequence()));
        return writes;
    }

    /** Delivers the whole log again from {@code from} on. */
    public List<Write> deliverAgain(int from) {
        return fold(log.subList(from, log.size()));
    }

    public List<DeadLetter> lastDeadLetters() {
        return lastDeadLetters;
    }

    /** The item, {@code null} when it is gone. */
    public Item item(ItemKey key) {
        Item item = items.get(key);
        return item == null || item.isTombstone() ? null : item;
    }

    public Item raw(ItemKey key) {
        return items.get(key);
    }

    public long count(ItemKey key, String name) {
        return counts.getOrDefault(key, Map.of()).getOrDefault(name, 0L);
    }

    public void sweepEdges(java.util.function.Predicate<Item> which) {
        edges.values().removeIf(which);
    }

    /** What is counted on items that others change. */
    public Map<ItemKey, Map<String, Long>> counts() {
        return counts;
    }

    /** The edges that are there, but for their positions, which depend on how events came in batches. */
    public Map<ItemKey, Item> edges() {
        Map<ItemKey, Item> left = new HashMap<>(edges);
        left.values().removeIf(Item::isTombstone);
        left.replaceAll((key, edge) -> edge.without(Attr.POS));
        return left;
    }

    public Map<ItemKey, Item> items() {
        return items;
    }
}
