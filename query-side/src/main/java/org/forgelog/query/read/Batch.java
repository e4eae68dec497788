package org.forgelog.query.read;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Range;

/** The items and pages that a view asked for and that are not there yet: one round of parallel requests. */
public final class Batch {

    private final Set<ItemKey> keys = new LinkedHashSet<>();
    private final Set<Range> ranges = new LinkedHashSet<>();

    void add(ItemKey key) {
        keys.add(key);
    }

    void add(Range range) {
        ranges.add(range);
    }

    boolean isEmpty() {
        return keys.isEmpty() && ranges.isEmpty();
    }

    List<ItemKey> keys() {
        return List.copyOf(keys);
    }

    List<Range> ranges() {
        return List.copyOf(ranges);
    }
}
