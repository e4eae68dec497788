package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.forgelog.query.read.MergeCursor.Entry;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a list: of one span, or of several merged by what orders them, each entry once. A page that filters
 * asks on until it is full or its budget is spent; then it ends early and says where to go on.
 */
final class Pager {

    /** From so many sources on, each is asked for a little at first: most of them have nothing that a page shows. */
    private static final int MANY = 100;

    private static final int LITTLE = 8;

    /** Most entries that are looked at for one page. */
    static final int BUDGET = 5_000;

    private final Lookup lookup;
    private final PageRequest request;
    private final boolean descending;
    private final MergeCursor.@Nullable Packing packing;
    private final Comparator<Entry> order;
    private final List<MergeCursor> sources = new ArrayList<>();
    private boolean exactEnd = true;
    private int budget = BUDGET;
    private int looked;
    private String lastMerged = "";

    Pager(Lookup lookup, PageRequest request, boolean descending) {
        this(lookup, request, descending, null);
    }

    /** @param packing how the items of the spans hold entries; {@code null} when each is one */
    Pager(Lookup lookup, PageRequest request, boolean descending, MergeCursor.@Nullable Packing packing) {
        this.lookup = lookup;
        this.request = request;
        this.descending = request.backward() != descending;
        this.packing = packing;
        Comparator<Entry> ascending = Comparator.comparing(Entry::suffix);
        this.order = this.descending ? ascending.reversed() : ascending;
    }

    /** Adds what lies in some spans. */
    Pager of(Collection<Span> spans) {
        spans.forEach(span -> sources.add(new MergeCursor(lookup, span, descending, request.cursor(), packing)));
        return this;
    }

    Pager of(Span span) {
        return of(List.of(span));
    }

    /** Adds entries that are there already, in any order; {@code span} says what orders them. */
    Pager with(Span span, Collection<Item> items) {
        sources.add(MergeCursor.of(lookup, span, items, descending, request.cursor()));
        return this;
    }

    /**
     * Where telling whether an entry is part of the list costs a read: one that follows the page counts as more, though it may
     * turn out not to be part of the list, and the next page to be empty.
     */
    Pager withRoughEnd(boolean rough) {
        exactEnd = !rough;
        return this;
    }

    /** Looks at so many entries at least, if there are as many. */
    Pager lookingAt(int least) {
        budget = Math.max(BUDGET, least);
        return this;
    }

    /** How many entries are needed to fill the page and, for an exact end, to know whether there is more. */
    private int needed() {
        return request.skip() + request.size() + (exactEnd ? 1 : 0);
    }

    /** A page of all entries. */
    Page page() {
        return page(entry -> true);
    }

    /** @param shown whether an entry is part of the list; asked of many at once, of some that the page has no room for */
    Page page(Predicate<Item> shown) {
        List<Entry> kept = new ArrayList<>();
        boolean spent = false;
        String lastLooked = "";
        int next = needed() + (exactEnd ? 0 : 1);
        while (true) {
            boolean first = looked == 0 && sources.size() > MANY;
            int limit = Math.min(first ? LITTLE : MergeCursor.LARGEST, next);
            sources.stream().filter(MergeCursor::mustRead).forEach(source -> source.read(limit));
            // Not more at once than may be needed: telling whether an entry may be shown costs reads of its own.
            List<Entry> candidates = merge(Math.max(looked, needed() - kept.size()));
            looked += candidates.size();
            if (!candidates.isEmpty()) {
                lastLooked = candidates.getLast().suffix();
            }
            candidates.stream()
                    .filter(entry -> !entry.item().isTombstone() && shown.test(entry.item()))
                    .forEach(kept::add);
            if (kept.size() >= needed() || sources.stream().allMatch(MergeCursor::isDone)) {
                break;
            }
            if (looked >= budget) {
                spent = true;
                break;
            }
            // As many again as were looked at in vain, so that a rare entry takes few rounds.
            next = Math.max(looked, needed() - kept.size() + 1);
        }
        return page(kept, spent, lastLooked);
    }

    /** Entries in order, as far as it is certain that no source has one that comes before. */
    private List<Entry> merge(int most) {
        List<Entry> merged = new ArrayList<>();
        if (sources.stream().anyMatch(MergeCursor::mustRead)) {
            return merged;
        }
        PriorityQueue<Integer> heads = new PriorityQueue<>(
                Comparator.<Integer, Entry>comparing(this::head, order).thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).isDone()) {
                heads.add(i);
            }
        }
        while (merged.size() < most && !heads.isEmpty()) {
            int place = heads.remove();
            MergeCursor first = sources.get(place);
            Entry entry = head(place);
            first.next();
            if (!entry.suffix().equals(lastMerged)) {
                merged.add(entry);
                lastMerged = entry.suffix();
            }
            if (first.mustRead()) {
                break;
            }
            if (!first.isDone()) {
                heads.add(place);
            }
        }
        return merged;
    }

    private Entry head(int place) {
        Entry head = sources.get(place).peek();
        if (head == null) {
            throw new IllegalStateException("a source that has not been read");
        }
        return head;
    }

    private Page page(List<Entry> kept, boolean spent, String lastLooked) {
        int skip = Math.min(request.skip(), kept.size());
        int end = Math.min(kept.size(), skip + request.size());
        List<Entry> shown = new ArrayList<>(kept.subList(skip, end));
        boolean follows = !exactEnd && sources.stream().anyMatch(source -> !source.isDone());
        boolean more = kept.size() > end || spent || follows;
        String onward = kept.size() > end && !shown.isEmpty() ? shown.getLast().suffix() : lastLooked;
        String outset = shown.isEmpty()
                ? (request.cursor() == null ? onward : request.cursor().suffix())
                : shown.getFirst().suffix();
        List<Item> items = new ArrayList<>(shown.stream().map(Entry::item).toList());
        if (request.backward()) {
            Collections.reverse(items);
            return new Page(items, new Cursor(false, outset), more ? new Cursor(true, onward) : null);
        }
        boolean later = !shown.isEmpty() && (request.cursor() != null || request.skip() > 0);
        return new Page(items, more ? new Cursor(false, onward) : null, later ? new Cursor(true, outset) : null);
    }
}
