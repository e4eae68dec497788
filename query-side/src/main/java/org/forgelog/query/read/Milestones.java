package org.forgelog.query.read;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.MilestoneJson;
import org.forgelog.api.representation.MilestoneView;
import org.forgelog.domain.Rejection;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * The milestones of repositories, and those that an answer shows, by their present titles. What is planned for a milestone
 * knows its number alone, so that editing or deleting one shows everywhere at once.
 */
public final class Milestones {

    /** Most milestones that are sorted; older ones follow, the newest first. */
    private static final int SORTED = Pager.BUDGET;
    /** Most of what is planned for a milestone that is looked through for labels, the newest. */
    private static final int LABELLED = 1_000;

    /** The order of a list. */
    public enum Sort {
        DUE_ON,
        COMPLETENESS
    }

    private final ReadContext read;

    public Milestones(ReadContext read) {
        this.read = read;
    }

    /**
     * The milestones of a repository. Without a due date they are due later than all others.
     *
     * @param open only open, only closed ones; {@code null} for both
     */
    public Listed<MilestoneJson> list(
            Address address, @Nullable Boolean open, Sort sort, boolean descending, PageRequest request) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        SortedPrefix prefix = new SortedPrefix(request, SORTED, order(sort, descending));
        Predicate<Item> wanted = item -> open == null || open != item.has(Attr.CLOSED_AT);
        Page page = prefix.page(read.pager(prefix.wanted(), true)
                .of(Spans.milestones(repository))
                .page(wanted));
        return read.listed(page, this::json);
    }

    private static Comparator<Item> order(Sort sort, boolean descending) {
        Comparator<Item> ascending =
                switch (sort) {
                    case DUE_ON ->
                        Comparator.comparing(
                                item -> item.instantOrNull(Attr.DUE_ON),
                                Comparator.nullsLast(Comparator.naturalOrder()));
                    case COMPLETENESS -> Comparator.comparingDouble(Milestones::completeness);
                };
        Comparator<Item> whole = ascending.thenComparing(item -> item.number(Attr.NUMBER));
        return descending ? whole.reversed() : whole;
    }

    private static double completeness(Item milestone) {
        long closed = milestone.number(Attr.CLOSED_ISSUES);
        long all = closed + milestone.number(Attr.OPEN_ISSUES);
        return all == 0 ? 0 : (double) closed / all;
    }

    public MilestoneJson byNumber(Address address, long number) {
        return json(require(read.names().repository(address), number));
    }

    private Item require(long repository, long number) {
        Item milestone = read.lookup().item(Keys.milestone(repository, number));
        if (milestone == null) {
            throw Rejection.notFound();
        }
        return milestone;
    }

    /** The labels of what is planned for a milestone, by name. */
    public List<LabelJson> labels(Address address, long number) {
        long repository = read.names().repository(address);
        read.labels().readWhole(repository);
        Set<Long> labels = new HashSet<>();
        Span span = Spans.planned(repository, number, false);
        for (Item edge : read.lookup()
                .page(new Range(span, span.low(), span.high(), true, LABELLED, null, false))
                .items()) {
            Item planned = edge.isTombstone() ? null : read.lookup().item(Edge.target(edge));
            if (planned != null) {
                labels.addAll(planned.numbers(Attr.LABELS));
            }
        }
        require(repository, number);
        return read.labels().named(repository, labels).stream()
                .sorted(Comparator.comparing(label -> label.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** What an issue or pull request is planned for, if that still exists. */
    @Nullable
    Item itemOf(Item planned) {
        return planned.has(Attr.MILESTONE)
                ? read.lookup().item(Keys.milestone(planned.number(Attr.REPOSITORY_ID), planned.number(Attr.MILESTONE)))
                : null;
    }

    /** As {@link #itemOf}, as it is shown. */
    @Nullable
    MilestoneJson of(Item planned) {
        Item milestone = itemOf(planned);
        return milestone == null ? null : json(milestone);
    }

    private MilestoneJson json(Item item) {
        return MilestoneJson.of(
                read.links(),
                new MilestoneView(
                        new RepositoryViews(read).ref(item.number(Attr.REPOSITORY_ID)),
                        item.number(Attr.NUMBER),
                        item.number(Attr.ID),
                        item.string(Attr.TITLE),
                        item.text(Attr.DESCRIPTION, null),
                        read.people().user(item.number(Attr.CREATOR_ID)),
                        item.number(Attr.OPEN_ISSUES),
                        item.number(Attr.CLOSED_ISSUES),
                        item.instant(Attr.CREATED_AT),
                        item.instant(Attr.UPDATED_AT),
                        item.instantOrNull(Attr.DUE_ON),
                        item.instantOrNull(Attr.CLOSED_AT)));
    }
}
