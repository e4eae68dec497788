package org.forgelog.query.projection;

import java.util.HashMap;
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
record Contributions(ItemKey target, Map<String, Long> counts) {

    /** What {@code item} adds; {@code null} when it is no item that adds to anything. */
    static @Nullable Contributions of(@Nullable Item item) {
        if (item == null || item.isTombstone() || !item.is(ItemType.REPOSITORY)) {
            return null;
        }
        String counter = item.flag(Attr.PRIVATE) ? Attr.PRIVATE_REPOSITORIES : Attr.PUBLIC_REPOSITORIES;
        return new Contributions(Keys.accountCounts(item.number(Attr.OWNER_ID)), Map.of(counter, 1L));
    }

    /** What changes when {@code before} becomes {@code after}: by target, by attribute; empty when nothing does. */
    static Map<ItemKey, Map<String, Long>> difference(@Nullable Item before, @Nullable Item after) {
        Map<ItemKey, Map<String, Long>> difference = new HashMap<>();
        add(difference, of(after), 1);
        add(difference, of(before), -1);
        difference.values().forEach(counts -> counts.values().removeIf(by -> by == 0));
        difference.values().removeIf(Map::isEmpty);
        return difference;
    }

    private static void add(Map<ItemKey, Map<String, Long>> sums, @Nullable Contributions contributions, int sign) {
        if (contributions != null) {
            Map<String, Long> counts = sums.computeIfAbsent(contributions.target, key -> new HashMap<>());
            contributions.counts.forEach((name, by) -> counts.merge(name, sign * by, Long::sum));
        }
    }
}
