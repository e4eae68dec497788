package org.forgelog.query.projection.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.PendingItem;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.CounterDelta.CountChange;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/** Runs the projectors on one event and tells what they make of each item, writing nothing. */
public final class EventTrial {

    private static final int BATCH = 500;
    /** A sequence that is longer than this is not folded to know what one of its events changed. */
    private static final int LONGEST = 50_000;

    /**
     * What becomes of one item.
     *
     * @param before as it is, {@code null} where it is not there or not known
     * @param after as it would be, {@code null} where nothing would be written
     * @param counts what is added to it, where it holds counts of several sequences
     * @param why nothing would be written; empty otherwise
     */
    public record Change(
            ItemKey key, @Nullable Item before, @Nullable Item after, Map<String, Long> counts, String why) {}

    /**
     * What an event does.
     *
     * @param error why it cannot be projected; empty when it can
     * @param trace where in the program that failed
     */
    public record Trial(StoredEvent event, List<Change> changes, String error, String trace) {

        public boolean failed() {
            return !error.isEmpty();
        }
    }

    private final EventLogReader log;
    private final EventCodec codec;

    public EventTrial(EventLogReader log, EventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /** What an event would do to a table as it is now. */
    public Trial on(Table table, StoredEvent event) {
        return run(event, keys -> {
            Map<ItemKey, Item> found = new HashMap<>();
            for (ItemKey key : keys) {
                Item item = table.find(key);
                if (item != null) {
                    found.put(key, item);
                }
            }
            return found;
        });
    }

    /** What an event did, by the log: to items that its own sequence makes. */
    public Trial inLog(StoredEvent event) {
        return run(event, keys -> before(event, Set.copyOf(keys)));
    }

    @FunctionalInterface
    private interface Stored {
        Map<ItemKey, Item> find(Collection<ItemKey> keys);
    }

    private Trial run(StoredEvent event, Stored stored) {
        List<Change> changes = new ArrayList<>();
        try {
            Map<ItemKey, PendingItem> pending = pending(event, codec.decode(event));
            Map<ItemKey, Item> before = stored.find(pending.keySet());
            pending.forEach((key, item) -> add(changes, item, before.get(key)));
            return new Trial(event, changes, "", "");
        } catch (RuntimeException e) {
            return new Trial(event, changes, String.valueOf(e.getMessage()), DeadLetter.trace(e));
        }
    }

    private static Map<ItemKey, PendingItem> pending(StoredEvent event, DomainEvent read) {
        Map<ItemKey, PendingItem> pending = new LinkedHashMap<>();
        for (ItemMutation mutation : Projectors.all(event, read)) {
            pending.computeIfAbsent(mutation.key(), PendingItem::new).add(event, mutation);
        }
        return pending;
    }

    private static void add(List<Change> changes, PendingItem pending, @Nullable Item before) {
        Write write = pending.after(before);
        if (write == null) {
            boolean has = before != null && before.pos() >= pending.last().position();
            String why = has ? "has this event, or a later one, already" : "stays as it is";
            changes.add(new Change(pending.key(), before, null, Map.of(), why));
            return;
        }
        changes.add(new Change(pending.key(), before, write.after(), Map.of(), ""));
        for (IssueEdges.EdgeWrite edge : IssueEdges.of(write)) {
            changes.add(new Change(edge.after().key(), edge.before(), edge.after(), Map.of(), ""));
        }
        for (Map.Entry<ItemKey, CountChange> count : write.counts().entrySet()) {
            changes.add(new Change(count.getKey(), null, null, count.getValue().by(), ""));
        }
    }

    /** Some items as the events of the sequence had made them before {@code event}. */
    private Map<ItemKey, Item> before(StoredEvent event, Set<ItemKey> keys) {
        Map<ItemKey, Item> items = new HashMap<>();
        long from = 0;
        for (int read = 0; ; ) {
            List<StoredEvent> events = log.ofSequence(event.sequenceKey(), from, BATCH);
            for (StoredEvent earlier : events) {
                if (earlier.position() >= event.position()) {
                    return items;
                }
                fold(earlier, keys, items);
            }
            read += events.size();
            if (events.isEmpty()) {
                return items;
            }
            if (read > LONGEST) {
                throw new IllegalStateException("the sequence has more than " + LONGEST + " events before this one");
            }
            from = events.getLast().position();
        }
    }

    private void fold(StoredEvent event, Set<ItemKey> keys, Map<ItemKey, Item> items) {
        Map<ItemKey, PendingItem> pending;
        try {
            pending = pending(event, codec.decode(event));
        } catch (RuntimeException e) {
            // It made nothing of any item, then.
            return;
        }
        pending.forEach((key, item) -> {
            if (keys.contains(key)) {
                Write write = item.after(items.get(key));
                if (write != null) {
                    items.put(key, write.after());
                }
            }
        });
    }
}
