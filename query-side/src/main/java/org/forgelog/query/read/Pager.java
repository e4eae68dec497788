package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a list: of one span, or of several merged by what orders them, each entry once. A page that filters asks on until it
 * is full or its budget is spent; then it ends early and says where to go on.
 */
final class Pager {

    /** Most entries that are looked at for one page. */
    static final int BUDGET = 5_000;

    private record Entry(Item item, String suffix) {}

    private final PageRequest request;
    private final List<Lane> lanes;
    private final boolean direction;
    private final Comparator<Entry> order;
    private final Predicate<Item> filter;
    private final LaneReader.@Nullable Pages pages;
    private int looked;
    private String lastMerged = "";

    /** @param filter what entries must be like, as far as they tell by themselves */
    Pager(PageRequest request, List<Span> spans, boolean descending, Predicate<Item> filter) {
        this(request, spans, descending, filter, null);
    }

    /** @param pages how the items of the spans hold entries; {@code null} when each is one */
    Pager(
            PageRequest request,
            List<Span> spans,
            boolean descending,
            Predicate<Item> filter,
            LaneReader.@Nullable Pages pages) {
        this.request = request;
        this.pages = pages;
        this.filter = filter;
        boolean direction = request.backward() != descending;
        Comparator<Entry> ascending = Comparator.comparing(Entry::suffix);
        this.order = direction ? ascending.reversed() : ascending;
        this.lanes = new ArrayList<>();
        this.direction = direction;
        spans.forEach(this::lane);
    }

    private Lane lane(Span span) {
        Lane lane = new Lane(new LaneReader(span, direction, request.cursor(), pages));
        lanes.add(lane);
        return lane;
    }

    /** Adds a span while others may have been asked for already, and its first query to a round. */
    void ask(Round round, Span span) {
        lane(span).ask(round, Math.min(needed() + 1, Lane.LARGEST));
    }

    /** Leaves out a span that turned out not to belong here. */
    void drop(Span span) {
        lanes.removeIf(lane -> span.equals(lane.span()));
    }

    /** Adds entries that are there already, in any order; {@code span} says what orders them. */
    void add(Span span, Collection<Item> items) {
        Lane lane = new Lane(null);
        String from = request.cursor() == null ? null : request.cursor().suffix();
        Comparator<String> ascending = Comparator.naturalOrder();
        Comparator<String> suffixes = direction ? ascending.reversed() : ascending;
        items.stream()
                .map(item -> new Entry(item, span.suffix(item)))
                .filter(entry -> from == null || suffixes.compare(entry.suffix, from) > 0)
                .sorted(order)
                .forEach(lane.buffer::add);
        lanes.add(lane);
    }

    /** How many entries are needed to fill the page and to know whether there is more. */
    private int needed() {
        return request.skip() + request.size() + 1;
    }

    /** Adds the first queries to a round. */
    void ask(Round round) {
        lanes.forEach(lane -> lane.ask(round, Math.min(needed() + 1, Lane.LARGEST)));
    }

    /**
     * Takes the answers, and asks on as long as it must.
     *
     * @param visible given some entries, reads what it must to tell which of them may be shown
     */
    Page collect(ReadSession session, Function<List<Item>, Predicate<Item>> visible) {
        List<Entry> kept = new ArrayList<>();
        boolean spent = false;
        String lastLooked = "";
        while (true) {
            // Not more at once than may be needed: telling whether an entry may be shown costs reads of its own.
            List<Entry> candidates = takeMerged(Math.max(looked, needed() - kept.size()));
            looked += candidates.size();
            if (!candidates.isEmpty()) {
                lastLooked = candidates.getLast().suffix;
            }
            List<Entry> passed = candidates.stream()
                    .filter(e -> !e.item.isTombstone() && filter.test(e.item))
                    .toList();
            if (!passed.isEmpty()) {
                Predicate<Item> shown =
                        visible.apply(passed.stream().map(Entry::item).toList());
                passed.stream().filter(e -> shown.test(e.item)).forEach(kept::add);
            }
            if (kept.size() >= needed() || lanes.stream().allMatch(Lane::isDone)) {
                break;
            }
            if (looked >= BUDGET) {
                spent = true;
                break;
            }
            Round round = session.round();
            // As many again as were looked at in vain, so that a rare entry takes few rounds.
            int more = Math.min(Lane.LARGEST, Math.max(looked, needed() - kept.size() + 1));
            lanes.stream().filter(Lane::mustAsk).forEach(lane -> lane.ask(round, more));
            round.run();
        }
        return page(kept, spent, lastLooked);
    }

    /** Entries in order, as far as it is certain that no lane has one that comes before. */
    private List<Entry> takeMerged(int most) {
        lanes.forEach(Lane::take);
        List<Entry> merged = new ArrayList<>();
        while (merged.size() < most) {
            Lane first = null;
            for (Lane lane : lanes) {
                if (lane.buffer.isEmpty()) {
                    if (lane.isDone()) {
                        continue;
                    }
                    return merged;
                }
                if (first == null || order.compare(lane.buffer.getFirst(), first.buffer.getFirst()) < 0) {
                    first = lane;
                }
            }
            if (first == null) {
                return merged;
            }
            Entry entry = first.buffer.removeFirst();
            if (!entry.suffix.equals(lastMerged)) {
                merged.add(entry);
                lastMerged = entry.suffix;
            }
        }
        return merged;
    }

    private Page page(List<Entry> kept, boolean spent, String lastLooked) {
        int skip = Math.min(request.skip(), kept.size());
        int end = Math.min(kept.size(), skip + request.size());
        List<Entry> shown = new ArrayList<>(kept.subList(skip, end));
        boolean more = kept.size() > end || spent;
        String onward = kept.size() > end && !shown.isEmpty() ? shown.getLast().suffix : lastLooked;
        String outset = shown.isEmpty()
                ? (request.cursor() == null ? onward : request.cursor().suffix())
                : shown.getFirst().suffix;
        List<Item> items = new ArrayList<>(shown.stream().map(Entry::item).toList());
        if (request.backward()) {
            Collections.reverse(items);
            return new Page(items, new Cursor(false, outset), more ? new Cursor(true, onward) : null);
        }
        boolean later = !shown.isEmpty() && (request.cursor() != null || request.skip() > 0);
        return new Page(items, more ? new Cursor(false, onward) : null, later ? new Cursor(true, outset) : null);
    }

    /** One span being read, or entries that were read before. */
    private static final class Lane {

        /** Most entries asked for at once. */
        static final int LARGEST = 1_200;

        private final @Nullable LaneReader reader;
        private final List<Entry> buffer = new ArrayList<>();

        /** @param reader {@code null} when all entries are there already */
        Lane(@Nullable LaneReader reader) {
            this.reader = reader;
        }

        @Nullable
        Span span() {
            return reader == null ? null : reader.span();
        }

        void ask(Round round, int limit) {
            if (reader != null) {
                reader.ask(round, limit);
            }
        }

        void take() {
            LaneReader from = reader;
            if (from != null) {
                from.take().forEach(item -> buffer.add(new Entry(item, from.suffix(item))));
            }
        }

        boolean mustAsk() {
            return buffer.isEmpty() && !isExhausted();
        }

        boolean isDone() {
            return buffer.isEmpty() && isExhausted();
        }

        private boolean isExhausted() {
            return reader == null || reader.isExhausted();
        }
    }
}
