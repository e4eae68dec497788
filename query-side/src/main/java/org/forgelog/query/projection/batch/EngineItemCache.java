package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Items as they lie in the table, from memory where this engine itself wrote them last. Memory may be wrong when
 * another engine wrote too; the conditional write then fails and says what is really there.
 */
public final class EngineItemCache {

    private static final int REMEMBERED = 20_000;

    private final Table table;
    private final WorkerPool workers;
    private final Map<ItemKey, Item> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<ItemKey, Item> eldest) {
            return size() > REMEMBERED;
        }
    };

    public EngineItemCache(Table table, WorkerPool workers) {
        this.table = table;
        this.workers = workers;
    }

    /** Those of {@code keys} that are there. */
    public Map<ItemKey, Item> load(Collection<ItemKey> keys) {
        return load(keys, List.of());
    }

    /** Those of {@code keys} that are there, as they lie in the table, whatever this engine remembers. */
    Map<ItemKey, Item> readAll(Collection<ItemKey> keys) {
        keys.forEach(remembered::remove);
        return load(keys);
    }

    /** @param also keys of which only those are answered that are remembered */
    Map<ItemKey, Item> load(Collection<ItemKey> keys, Collection<ItemKey> also) {
        Map<ItemKey, Item> found = new HashMap<>();
        for (ItemKey key : also) {
            Item item = remembered.get(key);
            if (item != null) {
                found.put(key, item);
            }
        }
        List<ItemKey> missing = new ArrayList<>();
        for (ItemKey key : keys) {
            Item item = remembered.get(key);
            if (item == null) {
                missing.add(key);
            } else {
                found.put(key, item);
            }
        }
        List<List<ItemKey>> chunks = new ArrayList<>();
        for (int i = 0; i < missing.size(); i += Table.GET_LIMIT) {
            chunks.add(missing.subList(i, Math.min(i + Table.GET_LIMIT, missing.size())));
        }
        workers.each(chunks, this::read).forEach(items -> items.forEach(item -> found.put(item.key(), item)));
        return found;
    }

    /** At most {@value Table#GET_LIMIT} items as they lie in the table, whatever this engine remembers. */
    public List<Item> read(List<ItemKey> keys) {
        List<Item> items = new ArrayList<>();
        Backoff backoff = new Backoff();
        List<ItemKey> left = keys;
        while (!left.isEmpty()) {
            Table.Got got = table.get(left, true);
            items.addAll(got.items());
            left = got.unprocessed();
            if (!left.isEmpty()) {
                workers.throttled();
                backoff.pause();
            }
        }
        return items;
    }

    void remember(Item item) {
        remembered.put(item.key(), item);
    }

    public void forget(ItemKey key) {
        remembered.remove(key);
    }

    public void forgetAll() {
        remembered.clear();
    }
}
