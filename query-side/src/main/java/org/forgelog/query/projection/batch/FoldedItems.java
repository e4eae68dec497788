package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;

/** Items as the projectors make them, in memory, event by event. */
public final class FoldedItems {

    private final Predicate<ItemKey> wanted;
    private final Map<ItemKey, Item> items = new LinkedHashMap<>();

    /** @param wanted which items to keep */
    public FoldedItems(Predicate<ItemKey> wanted) {
        this.wanted = wanted;
    }

    /**
     * Folds an event into all items that it touches, or, where that fails, into none.
     *
     * @return those that it changed
     */
    public List<Item> apply(StoredEvent stored, DomainEvent event) {
        Map<ItemKey, PendingItem> pending = new LinkedHashMap<>();
        for (ItemMutation mutation : Projectors.all(stored, event)) {
            if (wanted.test(mutation.key())) {
                pending.computeIfAbsent(mutation.key(), PendingItem::new).add(stored, mutation);
            }
        }
        List<Item> changed = new ArrayList<>();
        pending.forEach((key, item) -> {
            Write write = item.after(items.get(key));
            if (write != null) {
                changed.add(write.after());
            }
        });
        changed.forEach(item -> items.put(item.key(), item));
        return changed;
    }

    /** An item as it is so far; {@code null} when there is none, or none any more. */
    public @Nullable Item get(ItemKey key) {
        Item item = items.get(key);
        return item == null || item.isTombstone() ? null : item;
    }

    /** All items so far, tombstones of deleted ones included. */
    public Collection<Item> all() {
        return items.values();
    }
}
