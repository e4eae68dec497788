package org.forgelog.query.verify;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.FoldedItems;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
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

    private final FoldedItems items;
    private final BiConsumer<FoldedItem, StoredEvent> changed;

    private ProjectedItems(Predicate<Key> wanted, BiConsumer<FoldedItem, StoredEvent> changed) {
        this.items = new FoldedItems(key -> wanted.test(Key.of(key)));
        this.changed = changed;
    }

    @Override
    public void apply(StoredEvent stored, DomainEvent event) {
        items.apply(stored, event).forEach(item -> changed.accept(new ProjectedItem(item), stored));
    }

    @Override
    public Collection<FoldedItem> all() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<FoldedItem> iterator() {
                return items.all().stream().<FoldedItem>map(ProjectedItem::new).iterator();
            }

            @Override
            public int size() {
                return items.all().size();
            }
        };
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
