package org.forgelog.dynamodb.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.dynamodb.expression.Condition;
import org.forgelog.dynamodb.expression.Projection;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.forgelog.dynamodb.item.ItemSize;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.table.Capacity;
import org.forgelog.dynamodb.table.IndexDefinition;
import org.forgelog.dynamodb.table.IndexLag;
import org.forgelog.dynamodb.table.StoredItem;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Reads one page of a table or an index: items until there are no more, until so many were looked at, or until they are
 * one megabyte, before any is filtered out.
 */
final class PageReader {

    private static final long PAGE_BYTES = 1024L * 1024;
    private static final int CHUNK = 32;

    /**
     * What is read and how it is shown.
     *
     * @param index null for the table itself
     * @param wholeItems whether items are shown whole although the index does not show all of them
     * @param countOnly whether only the number of items is asked for
     * @param limit items to look at, at most
     */
    record Wanted(
            Table table,
            @Nullable IndexDefinition index,
            byte[] from,
            byte[] to,
            boolean descending,
            boolean consistent,
            long limit,
            @Nullable Condition filter,
            @Nullable Projection projection,
            boolean wholeItems,
            boolean countOnly) {}

    private final Wanted wanted;
    private long scanned;
    private long matched;
    private long bytes;
    private double unitsOfWholeItems;

    PageReader(Wanted wanted) {
        this.wanted = wanted;
    }

    /** Writes {@code Items}, {@code Count}, {@code ScannedCount} and {@code LastEvaluatedKey}. */
    void write(OrderedStore.View view, JsonGenerator json) {
        if (!wanted.countOnly) {
            json.writeName("Items");
            json.writeStartArray();
        }
        StoredItem end;
        try (OrderedStore.Cursor cursor = view.scan(wanted.from, wanted.to, wanted.descending)) {
            end = readsReferences(view) ? readEntries(cursor, view, json) : readItems(cursor, json);
        }
        if (!wanted.countOnly) {
            json.writeEndArray();
        }
        json.writeNumberProperty("Count", matched);
        json.writeNumberProperty("ScannedCount", scanned);
        if (end != null) {
            json.writeName("LastEvaluatedKey");
            ItemJson.write(keyAfter(end.item()), json);
        }
    }

    /** Whether entries have to be followed to their items. */
    private boolean readsReferences(OrderedStore.View view) {
        return wanted.index != null && !(view instanceof IndexLag.Trailing);
    }

    /** Answers the last item that was read if the page ends before the range does. */
    private @Nullable StoredItem readItems(OrderedStore.Cursor cursor, JsonGenerator json) {
        StoredItem previous = null;
        while (cursor.next()) {
            StoredItem stored = new StoredItem(cursor.value());
            if (previous != null && bytes + size(stored) > PAGE_BYTES) {
                return previous;
            }
            take(stored, json);
            previous = stored;
            if (scanned == wanted.limit) {
                return stored;
            }
        }
        return null;
    }

    private @Nullable StoredItem readEntries(OrderedStore.Cursor cursor, OrderedStore.View view, JsonGenerator json) {
        IndexDefinition index = Objects.requireNonNull(wanted.index);
        int keys = index.key().attributes().size();
        int tableSpace = wanted.table.definition().space();
        StoredItem previous = null;
        boolean more = true;
        while (more) {
            List<byte[]> itemKeys = new ArrayList<>();
            long room = Math.min(CHUNK, wanted.limit - scanned);
            while (itemKeys.size() < room && (more = cursor.next())) {
                itemKeys.add(KeyBytes.itemOfEntry(cursor.key(), keys, tableSpace));
            }
            for (byte @Nullable [] value : view.getAll(itemKeys)) {
                if (value == null) {
                    throw new IllegalStateException(
                            "index " + index.name() + " has an entry of an item that is not there");
                }
                StoredItem stored = new StoredItem(value);
                if (previous != null && bytes + size(stored) > PAGE_BYTES) {
                    return previous;
                }
                take(stored, json);
                previous = stored;
            }
            if (scanned == wanted.limit) {
                return previous;
            }
        }
        return null;
    }

    /** Bytes that the table, or the index, has of an item. */
    private int size(StoredItem stored) {
        return wanted.index == null || wanted.index.showsAll()
                ? stored.size()
                : ItemSize.of(wanted.index.project(stored.item(), wanted.table.key()));
    }

    private void take(StoredItem stored, JsonGenerator json) {
        scanned++;
        bytes += size(stored);
        boolean isPart = wanted.index != null && !wanted.index.showsAll();
        if (isPart && wanted.wholeItems) {
            unitsOfWholeItems += Capacity.read(stored.size(), wanted.consistent);
        }
        boolean cut = isPart && !wanted.wholeItems;
        if (wanted.filter == null && wanted.projection == null && !cut) {
            matched++;
            if (!wanted.countOnly) {
                stored.write(json);
            }
            return;
        }
        Map<String, AttributeValue> item = stored.item();
        if (cut && wanted.index != null) {
            item = wanted.index.project(item, wanted.table.key());
        }
        if (wanted.filter != null && !wanted.filter.holds(item)) {
            return;
        }
        matched++;
        if (!wanted.countOnly) {
            ItemJson.write(wanted.projection == null ? item : wanted.projection.of(item), json);
        }
    }

    private Map<String, AttributeValue> keyAfter(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = wanted.table.keyOf(item);
        if (wanted.index != null) {
            wanted.index.key().names().forEach(name -> {
                AttributeValue value = item.get(name);
                if (value != null) {
                    key.put(name, value);
                }
            });
        }
        return key;
    }

    /** What was consumed. */
    Capacity capacity() {
        Capacity capacity = new Capacity();
        double units = Capacity.read(bytes, wanted.consistent);
        if (wanted.index == null) {
            capacity.addTable(units);
        } else {
            capacity.addIndex(wanted.index, units);
            capacity.addTable(unitsOfWholeItems);
        }
        return capacity;
    }
}
