package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemDigest;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** What a view asked for in one pass, in its order. */
final class ReadSet {

    private final Set<ItemKey> items = new LinkedHashSet<>();
    private final Set<Range> pages = new LinkedHashSet<>();
    private final List<String> others = new ArrayList<>();

    void add(ItemKey key) {
        items.add(key);
    }

    void add(Range range) {
        pages.add(range);
    }

    /** Adds something else than what is read. */
    void add(String dependency) {
        others.add(dependency);
    }

    boolean holds(ItemKey key) {
        return items.contains(key);
    }

    void clear() {
        items.clear();
        pages.clear();
        others.clear();
    }

    /**
     * A digest of all of it. Two answers of one view to one caller that differ are made from something different, so their
     * digests differ.
     */
    byte[] digest(Map<ItemKey, @Nullable Item> readItems, Map<Range, Queried> readPages) {
        ItemDigest digest = new ItemDigest();
        for (ItemKey key : items) {
            digest.add(key, readItems.get(key));
        }
        for (Range range : pages) {
            digest.add(range, Objects.requireNonNull(readPages.get(range), "a page that was not read"));
        }
        others.forEach(digest::add);
        return digest.done();
    }
}
