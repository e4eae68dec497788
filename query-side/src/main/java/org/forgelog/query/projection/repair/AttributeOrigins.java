package org.forgelog.query.projection.repair;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;

/** Tells which event made each attribute of an item what it is. */
public final class AttributeOrigins {

    private final EventCodec codec;

    public AttributeOrigins(EventCodec codec) {
        this.codec = codec;
    }

    /**
     * The position of the event that changed each attribute last.
     *
     * @param events that made the item, in the log's order
     */
    public Map<String, Long> of(Item item, List<StoredEvent> events) {
        Map<String, Long> origins = new HashMap<>();
        Item current = null;
        for (StoredEvent event : events) {
            Item after = after(item.key(), event, current);
            if (after != null) {
                for (String name : names(current, after)) {
                    if (current == null
                            || !after.attributes().containsKey(name)
                            || !after.attributes()
                                    .get(name)
                                    .equals(current.attributes().get(name))) {
                        origins.put(name, event.position());
                    }
                }
                current = after;
            }
        }
        return origins;
    }

    private static Set<String> names(@Nullable Item before, Item after) {
        Set<String> names = new TreeSet<>(after.attributes().keySet());
        if (before != null) {
            names.addAll(before.attributes().keySet());
        }
        return names;
    }

    private @Nullable Item after(ItemKey key, StoredEvent event, @Nullable Item before) {
        try {
            PendingItem pending = new PendingItem(key);
            for (ItemMutation mutation :
                    Projectors.all(event, codec.decode(event.type(), event.revision(), event.payload()))) {
                if (mutation.key().equals(key)) {
                    pending.add(event, mutation);
                }
            }
            Write write = pending.isEmpty() ? null : pending.after(before);
            return write == null ? null : write.after();
        } catch (RuntimeException e) {
            // It made nothing of the item, then.
            return null;
        }
    }
}
