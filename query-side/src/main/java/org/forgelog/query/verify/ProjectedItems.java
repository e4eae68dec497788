package org.forgelog.query.verify;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.PendingItem;
import org.forgelog.query.projection.projector.ItemMutation;
import org.forgelog.query.projection.projector.Projectors;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as the projectors make them, in memory. */
final class ProjectedItems implements ItemFold {

    static final Factory FACTORY = new Factory() {
        @Override
        public ItemFold ofSequence(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
            return new ProjectedItems(key -> !key.isName() && wanted.test(key), changed);
        }

        @Override
        public ItemFold ofNames(BiConsumer<FoldedItem, StoredEvent> changed) {
            return new ProjectedItems(Key::isName, changed);
        }
    };

    private final Predicate<Key> wanted;
    private final BiConsumer<FoldedItem, StoredEvent> changed;
    private final Map<ItemKey, ProjectedItem> items = new LinkedHashMap<>();

    private ProjectedItems(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
        this.wanted = wanted;
        this.changed = changed;
    }

    @Override
    public void apply(StoredEvent stored, DomainEvent event) {
        Map<ItemKey, PendingItem> pending = new LinkedHashMap<>();
        for (ItemMutation mutation : Projectors.all(stored, event)) {
            if (wanted.test(Key.of(mutation.key()))) {
                pending.computeIfAbsent(mutation.key(), PendingItem::new).add(stored, mutation);
            }
        }
        pending.forEach((key, item) -> {
            ProjectedItem before = items.get(key);
            PendingItem.Write write = item.after(before == null ? null : before.stored);
            if (write != null) {
                ProjectedItem after = new ProjectedItem(write.after());
                items.put(key, after);
                changed.accept(after, stored);
            }
        });
    }

    @Override
    public Collection<? extends FoldedItem> all() {
        return items.values();
    }

    private record ProjectedItem(Item stored) implements FoldedItem {

        @Override
        public Key key() {
            return Key.of(stored.key());
        }

        @Override
        public String type() {
            return stored.string(Attr.TYPE);
        }

        @Override
        public boolean isLive() {
            return !stored.isTombstone();
        }

        @Override
        public @Nullable Object get(String name) {
            AttributeValue value = stored.attributes().get(name);
            return value == null ? null : CanonicalItem.of(value);
        }

        @Override
        public Map<String, Object> item() {
            return CanonicalItem.item(stored.attributes());
        }

        @Override
        public Map<Key, Map<String, Object>> edges() {
            Map<Key, Map<String, Object>> edges = new HashMap<>();
            IssueEdges.of(stored).forEach((key, edge) -> edges.put(Key.of(key), CanonicalItem.item(edge.attributes())));
            return edges;
        }
    }
}
