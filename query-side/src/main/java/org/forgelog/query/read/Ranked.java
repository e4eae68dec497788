package org.forgelog.query.read;

import java.util.Comparator;
import java.util.List;
import org.forgelog.query.table.Item;

/**
 * A page of a list in an order that no index has. The first {@code most} entries of another order are read and sorted;
 * what lies behind them follows in that other order, so that the list is whole however long it is.
 *
 * @param order how the first entries are sorted; those it holds for equal stay as they were read
 */
record Ranked(PageRequest request, int most, Comparator<Item> order) {

    /** What is to be read for the page. */
    PageRequest wanted() {
        return isBehind() ? request : new PageRequest(most, 1, null);
    }

    /** The page, made of what was read for it. */
    Page page(Page read) {
        if (isBehind()) {
            return new Page(read.items(), read.next(), null);
        }
        List<Item> sorted = read.items().stream().sorted(order).toList();
        Slice<Item> slice = Slice.of(sorted, request);
        Cursor next = slice.page().next();
        return new Page(
                slice.entries(), next == null ? read.next() : next, slice.page().previous());
    }

    /** Whether the page lies behind the sorted entries: its cursor is a place in the other order then. */
    private boolean isBehind() {
        Cursor cursor = request.cursor();
        return cursor != null && !Slice.isPlace(cursor);
    }
}
