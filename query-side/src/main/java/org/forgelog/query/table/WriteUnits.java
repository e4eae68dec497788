package org.forgelog.query.table;

import org.jspecify.annotations.Nullable;

/** Write units of one write, by AWS's rules. */
public final class WriteUnits {

    private WriteUnits() {}

    /** Of the item and of all indexes. */
    public static long of(@Nullable Item before, Item after, boolean inTransaction) {
        return ofItem(before, after, inTransaction) + ofIndexes(before, after);
    }

    /** Of the item itself: the larger of before and after counts; a transaction counts twice. */
    public static long ofItem(@Nullable Item before, Item after, boolean inTransaction) {
        long size = Math.max(before == null ? 0 : ItemSize.of(before), ItemSize.of(after));
        return ItemSize.writeUnits(size) * (inTransaction ? 2 : 1);
    }

    /** Of all indexes: one write for each that it enters, leaves or stays in, two where its key there changes. */
    public static long ofIndexes(@Nullable Item before, Item after) {
        long wide = ItemSize.writeUnits(ItemSize.of(after));
        long old = before == null ? 0 : ItemSize.writeUnits(ItemSize.of(before));
        long units = 0;
        for (Index index : Index.values()) {
            String was = key(before, index);
            String is = key(after, index);
            if (was == null) {
                units += is == null ? 0 : wide;
            } else if (is == null) {
                units += old;
            } else {
                units += was.equals(is) ? Math.max(old, wide) : old + wide;
            }
        }
        return units;
    }

    private static @Nullable String key(@Nullable Item item, Index index) {
        return item == null || !item.has(index.pk()) ? null : item.string(index.pk()) + " " + item.string(index.sk());
    }

    /** What one event costs. */
    public record Cost(int items, long itemUnits, long indexUnits) {

        public Cost plus(Cost other) {
            return new Cost(items + other.items, itemUnits + other.itemUnits, indexUnits + other.indexUnits);
        }

        public long total() {
            return itemUnits + indexUnits;
        }
    }
}
