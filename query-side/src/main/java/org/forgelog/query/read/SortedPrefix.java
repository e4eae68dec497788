package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.forgelog.query.table.Item;

/**
 * A page of a list in an order that no index has. The first {@code most} entries of another order are read and sorted;
 * what lies behind them follows in that other order, so that the list is whole however long it is.
 *
 * @param order how the first entries are sorted; those it holds for equal stay as they were read
 */
record SortedPrefix(PageRequest request, int most, Comparator<Item> order) {

    /** What is to be read for the page. */
    PageRequest wanted() {
        return isBehind()
                ? request
                : new PageRequest(Math.max(most, ListPage.begin(request) + request.size()), 1, null);
    }

    /** The page, made of what was read for it. */
    Page page(Page read) {
        if (isBehind()) {
            return new Page(read.items(), read.next(), null);
        }
        List<Item> sorted = new ArrayList<>(read.items());
        sorted.subList(0, Math.min(most, sorted.size())).sort(order);
        ListPage<Item> part = ListPage.of(sorted, request);
        Cursor next = part.page().next();
        return new Page(
                part.entries(), next == null ? read.next() : next, part.page().previous());
    }

    /** Whether the page lies behind the sorted entries: its cursor, if any, is a place in the other order then. */
    private boolean isBehind() {
        Cursor cursor = request.cursor();
        return cursor == null ? request.skip() >= most : !ListPage.isPlace(cursor);
    }
}
