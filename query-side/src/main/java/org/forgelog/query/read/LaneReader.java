package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.FeedPage;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a span from a cursor on, query by query: one query ends at 1 MB, wherever the span ends. */
final class LaneReader {

    /**
     * Items that hold several entries each.
     *
     * @param entries those of an item, whose suffixes order them
     * @param of from an entry's suffix to that of the items that may hold it and its neighbours; all entries of one
     *     such suffix lie together
     * @param siblings most items with the same suffix
     */
    record Pages(Function<Item, List<Item>> entries, UnaryOperator<String> of, int siblings) {

        static final Pages OF_FEEDS = new Pages(FeedPage::entries, Keys::feedPage, FeedPage.POSITIONS);
    }

    private final Span span;
    private final boolean descending;
    private final @Nullable String cursor;
    private final @Nullable Pages pages;
    private final List<Item> held = new ArrayList<>();
    private @Nullable Answer pending;
    private @Nullable Map<String, AttributeValue> after;
    private boolean exhausted;

    LaneReader(Span span, boolean descending, @Nullable Cursor cursor, @Nullable Pages pages) {
        this.span = span;
        this.descending = descending;
        this.cursor = cursor == null ? null : cursor.suffix();
        this.pages = pages;
    }

    void ask(Round round, int limit) {
        String bound = bound();
        String from = bound == null || descending ? span.low() : bound;
        String to = bound == null || !descending ? span.high() : bound;
        int most = pages == null ? limit : limit + pages.siblings();
        pending = round.query(
                new Range(span, from, to, descending, most, after, span.index() == null && round.isConsistent()));
    }

    private @Nullable String bound() {
        if (cursor == null) {
            return null;
        }
        if (pages == null) {
            return span.at(cursor);
        }
        String page = span.at(pages.of().apply(cursor));
        return descending ? Span.after(page) : page;
    }

    /** The entries of the last query, from the cursor on, but for the one that the cursor itself names. */
    List<Item> take() {
        Answer answer = pending;
        if (answer == null) {
            return List.of();
        }
        pending = null;
        after = answer.more();
        exhausted = after == null;
        return pages == null
                ? answer.items().stream()
                        .filter(item -> !suffix(item).equals(cursor))
                        .toList()
                : unfold(answer.items(), pages);
    }

    /** What may have a sibling still to come is held back until it is there. */
    private List<Item> unfold(List<Item> items, Pages unfolding) {
        Comparator<String> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<Item> entries = new ArrayList<>(held);
        items.forEach(item -> entries.addAll(unfolding.entries().apply(item)));
        held.clear();
        if (!exhausted && !entries.isEmpty()) {
            // The siblings of the last item may be in the next answer.
            String last = siblings(entries.getLast(), unfolding);
            entries.stream()
                    .filter(entry -> siblings(entry, unfolding).equals(last))
                    .forEach(held::add);
            entries.removeAll(held);
        }
        return entries.stream()
                .filter(entry -> cursor == null || order.compare(suffix(entry), cursor) > 0)
                .sorted(Comparator.comparing(this::suffix, order))
                .toList();
    }

    private String siblings(Item entry, Pages unfolding) {
        return unfolding.of().apply(suffix(entry));
    }

    Span span() {
        return span;
    }

    String suffix(Item item) {
        return span.suffix(item);
    }

    boolean isExhausted() {
        return exhausted;
    }
}
