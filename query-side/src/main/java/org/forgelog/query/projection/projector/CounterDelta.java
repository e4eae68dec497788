package org.forgelog.query.projection.projector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * What an item adds to counts that stand on items of other sequences. Such a count changes by the difference between
 * before and after, in one transaction with the item that causes it.
 *
 * @param target the item with the counts
 * @param counts by attribute
 */
public record CounterDelta(ItemKey target, Map<String, Long> counts) {

    /**
     * What {@code item} adds. Nobody but its owner may know of a private repository, so a fork counts with others only
     * while it is public.
     */
    static List<CounterDelta> of(@Nullable Item item) {
        List<CounterDelta> deltas = new ArrayList<>();
        if (item == null || item.isTombstone() || !item.is(ItemType.REPOSITORY)) {
            return deltas;
        }
        boolean hidden = item.flag(Attr.PRIVATE);
        String counter = hidden ? Attr.PRIVATE_REPOSITORIES : Attr.PUBLIC_REPOSITORIES;
        deltas.add(new CounterDelta(Keys.accountCounts(item.number(Attr.OWNER_ID)), Map.of(counter, 1L)));
        if (item.has(Attr.PARENT_ID) && !hidden) {
            deltas.add(new CounterDelta(Keys.forkCounts(item.number(Attr.PARENT_ID)), Map.of(Attr.FORKS, 1L)));
            deltas.add(new CounterDelta(Keys.forkCounts(item.number(Attr.SOURCE_ID)), Map.of(Attr.NETWORK, 1L)));
        }
        return deltas;
    }

    /**
     * How the counts of one item change.
     *
     * @param by by attribute; 0 where one event undoes another
     * @param at when the last event was appended that changed them, in seconds since 1970
     */
    public record CountChange(Map<String, Long> by, long at) {

        public CountChange plus(CountChange other) {
            Map<String, Long> sum = new HashMap<>(by);
            other.by.forEach((name, delta) -> sum.merge(name, delta, Long::sum));
            return new CountChange(sum, Math.max(at, other.at));
        }
    }

    /** What an event changes that makes {@code after} of {@code before}: by target. */
    public static Map<ItemKey, CountChange> changes(@Nullable Item before, @Nullable Item after, long at) {
        Map<ItemKey, CountChange> changes = new HashMap<>();
        difference(before, after).forEach((target, by) -> changes.put(target, new CountChange(by, at)));
        return changes;
    }

    /** What changes when {@code before} becomes {@code after}: by target, by attribute; empty when nothing does. */
    public static Map<ItemKey, Map<String, Long>> difference(@Nullable Item before, @Nullable Item after) {
        Map<ItemKey, Map<String, Long>> difference = new HashMap<>();
        of(after).forEach(deltas -> add(difference, deltas, 1));
        of(before).forEach(deltas -> add(difference, deltas, -1));
        difference.values().forEach(counts -> counts.values().removeIf(by -> by == 0));
        difference.values().removeIf(Map::isEmpty);
        return difference;
    }

    private static void add(Map<ItemKey, Map<String, Long>> sums, CounterDelta deltas, int sign) {
        Map<String, Long> counts = sums.computeIfAbsent(deltas.target, key -> new HashMap<>());
        deltas.counts.forEach((name, by) -> counts.merge(name, sign * by, Long::sum));
    }
}
