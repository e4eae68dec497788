package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.forgelog.query.table.FeedPage;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One of the sorted sources that a {@link Pager} merges: a span that is read on from a cursor, query by query. */
final class MergeCursor {

    /** Most entries asked for at once. */
    static final int LARGEST = 1_200;

    /**
     * Items that hold several entries each.
     *
     * @param entries those of an item, whose suffixes order them
     * @param of from an entry's suffix to that of the items that may hold it and its neighbours; all entries of one
     *     such suffix lie together
     * @param siblings most items with the same suffix
     */
    record Packing(Function<Item, List<Item>> entries, UnaryOperator<String> of, int siblings) {

        static final Packing OF_FEEDS = new Packing(FeedPage::entries, Keys::feedPage, FeedPage.POSITIONS);
    }

    /** @param suffix what orders the entry among all of the list */
    record Entry(Item item, String suffix) {}

    private final Lookup lookup;
    private final Span span;
    private final boolean descending;
    private final Comparator<String> order;
    private final @Nullable String cursor;
    private final @Nullable Packing packing;
    private final List<Entry> buffer = new ArrayList<>();
    private final List<Entry> held = new ArrayList<>();
    private @Nullable Map<String, AttributeValue> after;
    private boolean exhausted;

    /** @param packing how the items of the span hold entries; {@code null} when each is one */
    MergeCursor(Lookup lookup, Span span, boolean descending, @Nullable Cursor cursor, @Nullable Packing packing) {
        this.lookup = lookup;
        this.span = span;
        this.descending = descending;
        this.order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        this.cursor = cursor == null ? null : cursor.suffix();
        this.packing = packing;
    }

    /** One of entries that are there already, in any order; {@code span} says what orders them. */
    static MergeCursor of(
            Lookup lookup, Span span, Collection<Item> items, boolean descending, @Nullable Cursor cursor) {
        MergeCursor given = new MergeCursor(lookup, span, descending, cursor, null);
        given.exhausted = true;
        given.buffer(items.stream().map(given::entry).toList());
        return given;
    }

    private Entry entry(Item item) {
        return new Entry(item, span.suffix(item));
    }

    /** Whether the next entry is not known until {@link #read} was called. */
    boolean mustRead() {
        return buffer.isEmpty() && !exhausted;
    }

    boolean isDone() {
        return buffer.isEmpty() && exhausted;
    }

    /** The next entry; {@code null} when there is none, or none yet. */
    @Nullable
    Entry peek() {
        return buffer.isEmpty() ? null : buffer.getFirst();
    }

    void next() {
        buffer.removeFirst();
    }

    /** @param limit how many entries will do */
    void read(int limit) {
        String bound = bound();
        String from = bound == null || descending ? span.low() : bound;
        String to = bound == null || !descending ? span.high() : bound;
        int most = packing == null ? limit : limit + packing.siblings();
        Queried answer = lookup.page(new Range(span, from, to, descending, most, after, false));
        after = answer.more();
        exhausted = after == null;
        Packing packed = packing;
        buffer(packed == null ? answer.items().stream().map(this::entry).toList() : unpack(answer.items(), packed));
    }

    private @Nullable String bound() {
        if (cursor == null) {
            return null;
        }
        if (packing == null) {
            return span.at(cursor);
        }
        String page = span.at(packing.of().apply(cursor));
        return descending ? Span.after(page) : page;
    }

    /** Takes entries from the cursor on, but for the one that the cursor itself names. */
    private void buffer(List<Entry> entries) {
        entries.stream()
                .filter(entry -> cursor == null || order.compare(entry.suffix, cursor) > 0)
                .sorted(Comparator.comparing(Entry::suffix, order))
                .forEach(buffer::add);
    }

    /** What may have a sibling still to come is held back until it is there. */
    private List<Entry> unpack(List<Item> items, Packing packed) {
        List<Entry> entries = new ArrayList<>(held);
        items.forEach(item -> packed.entries().apply(item).forEach(each -> entries.add(entry(each))));
        held.clear();
        if (!exhausted && !entries.isEmpty()) {
            String last = packed.of().apply(entries.getLast().suffix);
            entries.stream()
                    .filter(entry -> packed.of().apply(entry.suffix).equals(last))
                    .forEach(held::add);
            entries.removeAll(held);
        }
        return entries;
    }
}
