package org.forgelog.dynamodb.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.store.OrderedStore;

/** Fills new indexes with what is in the table, while the table is read and written. Goes on after a restart. */
public final class Backfill {

    private static final int CHUNK = 256;

    private final OrderedStore store;
    private final Catalog catalog;
    private final ItemStore items;
    private final Map<Table, Thread> underWay = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    public Backfill(OrderedStore store, Catalog catalog, ItemStore items) {
        this.store = store;
        this.catalog = catalog;
        this.items = items;
    }

    /** Goes on with all that an earlier process did not bring to its end. */
    public void startAll() {
        catalog.all().values().stream()
                .filter(table -> table.definition().indexes().stream().anyMatch(IndexDefinition::backfilling))
                .forEach(this::start);
    }

    /** Fills the new indexes of a table in the background. */
    public void start(Table table) {
        Thread thread =
                Thread.ofPlatform().daemon().name("backfill-" + table.name()).unstarted(() -> fill(table));
        underWay.put(table, thread);
        thread.start();
    }

    /** Stops, perhaps in the middle. */
    public void stop() {
        stopped = true;
        underWay.values().forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void fill(Table table) {
        List<IndexDefinition> indexes = table.definition().indexes().stream()
                .filter(IndexDefinition::backfilling)
                .toList();
        byte[] from = KeyBytes.space(table.definition().space());
        byte[] to = KeyBytes.space(table.definition().space() + 1);
        while (!stopped && catalog.find(table.name()) == table) {
            List<byte[]> keys = keys(from, to);
            for (byte[] key : keys) {
                indexes.forEach(index -> items.backfill(table, index, key));
            }
            if (keys.size() < CHUNK) {
                catalog.change(table, Backfill::filled, List.of());
                break;
            }
            from = KeyBytes.next(keys.getLast());
        }
        underWay.remove(table);
    }

    private static TableDefinition filled(TableDefinition definition) {
        return definition.withIndexes(
                definition.indexes().stream().map(IndexDefinition::filled).toList(), definition.attributes());
    }

    private List<byte[]> keys(byte[] from, byte[] to) {
        List<byte[]> keys = new ArrayList<>();
        try (OrderedStore.View view = store.view();
                OrderedStore.Cursor cursor = view.scan(from, to, false)) {
            while (keys.size() < CHUNK && cursor.next()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }
}
