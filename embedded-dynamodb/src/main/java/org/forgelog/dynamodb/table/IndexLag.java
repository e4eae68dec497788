package org.forgelog.dynamodb.table;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.Bytes;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.store.OrderedStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes global indexes trail their tables, for tests: AWS updates them some time after the table, each item and each index
 * at a time of its own, the states of one item in their order. Once asked for, there is a copy of all indexes in memory
 * that trails so.
 */
public final class IndexLag implements AutoCloseable {

    /** A state of an item, in the order of states, and the entry that it has in an index. */
    private record State(long number, byte @Nullable [] entry) {}

    /** A change that an index does not show yet; {@code old} is the entry it had before the first that it showed. */
    private record Late(Bytes place, byte @Nullable [] old, State state, byte @Nullable [] item) {}

    private final NavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    /** Of each item and index. */
    private final Map<Bytes, State> shown = new HashMap<>();

    private long states;
    private final Set<Late> underWay = ConcurrentHashMap.newKeySet();
    private final OrderedStore store;
    private final Catalog catalog;
    private @Nullable ScheduledExecutorService carrier;
    private Random random = new Random();
    private long least;
    private long most;

    public IndexLag(OrderedStore store, Catalog catalog, ItemStore items) {
        this.store = store;
        this.catalog = catalog;
        items.onChange(this::carry);
    }

    /** From now on an index shows a change after such a time, drawn anew for each item and index. */
    public synchronized void between(Duration atLeast, Duration atMost, long seed) {
        least = atLeast.toNanos();
        most = atMost.toNanos();
        random = new Random(seed);
        if (carrier == null) {
            carrier = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("index-lag").factory());
            copyAll();
        }
    }

    /** Whether all indexes show all changes. */
    public boolean isUpToDate() {
        return underWay.isEmpty();
    }

    /** Has all indexes show all changes at once. */
    public void catchUp() {
        underWay.forEach(this::show);
    }

    private void copyAll() {
        try (OrderedStore.View view = store.view()) {
            for (Table table : catalog.all().values()) {
                for (IndexDefinition index : table.definition().indexes()) {
                    copy(table, index, view);
                }
            }
        }
    }

    private void copy(Table table, IndexDefinition index, OrderedStore.View view) {
        int keys = index.key().attributes().size();
        int space = table.definition().space();
        try (OrderedStore.Cursor cursor =
                view.scan(KeyBytes.space(index.space()), KeyBytes.space(index.space() + 1), false)) {
            while (cursor.next()) {
                byte[] item = view.get(KeyBytes.itemOfEntry(cursor.key(), keys, space));
                if (item != null) {
                    entries.put(cursor.key(), item);
                }
            }
        }
    }

    private synchronized void carry(ItemChange change) {
        ScheduledExecutorService executor = carrier;
        if (executor == null || executor.isShutdown()) {
            return;
        }
        byte[] item =
                change.after() == null ? null : StoredItem.of(change.after()).bytes();
        for (IndexDefinition index : change.table().definition().indexes()) {
            byte[] old = entry(index, change.before(), change.key());
            byte[] entry = entry(index, change.after(), change.key());
            if (!index.global() || old == null && entry == null) {
                continue;
            }
            long delay = least + (most > least ? (long) (random.nextDouble() * (most - least)) : 0);
            Bytes place = new Bytes(KeyBytes.concat(KeyBytes.space(index.space()), change.key()));
            Late late = new Late(place, old, new State(++states, entry), item);
            underWay.add(late);
            executor.schedule(() -> show(late), delay, TimeUnit.NANOSECONDS);
        }
    }

    private static byte @Nullable [] entry(
            IndexDefinition index, @Nullable Map<String, AttributeValue> item, byte[] key) {
        return item == null ? null : index.entry(item, key);
    }

    /** A state that is due before an earlier one takes its place. */
    private synchronized void show(Late late) {
        if (!underWay.contains(late)) {
            return;
        }
        State state = late.state;
        State before = shown.get(late.place);
        if (before == null || before.number < state.number) {
            byte[] gone = before == null ? late.old : before.entry;
            if (gone != null) {
                entries.remove(gone);
            }
            if (state.entry != null && late.item != null) {
                entries.put(state.entry, late.item);
            }
            shown.put(late.place, state);
        }
        underWay.remove(late);
    }

    /** What a query of that index reads that is to see it trail; null stands for the table itself. */
    public synchronized OrderedStore.View view(@Nullable IndexDefinition index, OrderedStore.View now) {
        return carrier == null || index == null || !index.global() ? now : new Trailing(now);
    }

    @Override
    public synchronized void close() {
        if (carrier != null) {
            carrier.shutdownNow();
        }
    }

    /** Entries as they were some time ago, which bring their items along. */
    public final class Trailing implements OrderedStore.View {

        private final OrderedStore.View now;

        private Trailing(OrderedStore.View now) {
            this.now = now;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return now.get(key);
        }

        @Override
        public List<byte @Nullable []> getAll(List<byte[]> keys) {
            return now.getAll(keys);
        }

        @Override
        public OrderedStore.Cursor scan(byte[] from, byte[] to, boolean descending) {
            NavigableMap<byte[], byte[]> range = entries.subMap(from, true, to, false);
            Iterator<Map.Entry<byte[], byte[]>> all =
                    (descending ? range.descendingMap() : range).entrySet().iterator();
            return new OrderedStore.Cursor() {
                private Map.@Nullable Entry<byte[], byte[]> current;

                @Override
                public boolean next() {
                    current = all.hasNext() ? all.next() : null;
                    return current != null;
                }

                @Override
                public byte[] key() {
                    return Objects.requireNonNull(current).getKey();
                }

                @Override
                public byte[] value() {
                    return Objects.requireNonNull(current).getValue();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            now.close();
        }
    }
}
