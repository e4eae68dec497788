package org.forgelog.query;

import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemSize;

/** Write units of one write, by AWS's rules. */
final class WriteUnits {

    private WriteUnits() {}

    /** Of the item itself: the larger of before and after counts; a transaction counts twice. */
    static long ofItem(Item before, Item after, boolean inTransaction) {
        long size = Math.max(before == null ? 0 : ItemSize.of(before), ItemSize.of(after));
        return ItemSize.writeUnits(size) * (inTransaction ? 2 : 1);
    }

    /** Of all indexes: one write for each that it enters, leaves or stays in, two where its key there changes. */
    static long ofIndexes(Item before, Item after) {
        long units = 0;
        for (Index index : Index.values()) {
            String old = key(before, index);
            String now = key(after, index);
            if (old == null && now == null) {
                continue;
            }
            if (old == null) {
                units += ItemSize.writeUnits(ItemSize.of(after));
            } else if (now == null) {
                units += ItemSize.writeUnits(ItemSize.of(before));
            } else if (old.equals(now)) {
                units += ItemSize.writeUnits(Math.max(ItemSize.of(before), ItemSize.of(after)));
            } else {
                units += ItemSize.writeUnits(ItemSize.of(before)) + ItemSize.writeUnits(ItemSize.of(after));
            }
        }
        return units;
    }

    private static String key(Item item, Index index) {
        return item == null || !item.has(index.pk()) ? null : item.string(index.pk()) + " " + item.string(index.sk());
    }

    /** What one event costs. */
    record Cost(int items, long itemUnits, long indexUnits) {

        Cost plus(Cost other) {
            return new Cost(items + other.items, itemUnits + other.itemUnits, indexUnits + other.indexUnits);
        }

        long total() {
            return itemUnits + indexUnits;
        }
    }
}
