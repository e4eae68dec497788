package org.forgelog.query.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Which issues or pull requests are wanted, in which order.
 *
 * @param open only open, only closed ones; {@code null} for both, merged
 * @param since only those changed since then, that instant included; {@code null} for all
 * @param labels names of labels that all have to be there
 * @param milestone number of what it has to be planned for, {@link #NOBODY} for nothing or {@link #ANYBODY} for anything;
 *     {@code null} for all
 * @param assignee login of somebody it has to be assigned to, {@link #NOBODY} or {@link #ANYBODY}; {@code null} for all
 * @param creator login of who opened it; {@code null} for all
 * @param headOwner login of whose the head branch is; {@code null} for all
 * @param filter what else entries must be like
 */
public record ConversationQuery(
        ConversationKind kind,
        @Nullable Boolean open,
        Sort sort,
        boolean descending,
        @Nullable Instant since,
        List<String> labels,
        @Nullable String milestone,
        @Nullable String assignee,
        @Nullable String creator,
        @Nullable String headOwner,
        Predicate<Item> filter) {

    /** A filter that lets everything through. */
    public static final Predicate<Item> EVERYTHING = item -> true;

    public static final String NOBODY = "none";
    public static final String ANYBODY = "*";

    /** Most entries that are sorted by what no index knows; later ones follow by creation. */
    static final int SORTED = 10_000;

    /** The order of a list. */
    public enum Sort {
        CREATED,
        UPDATED,
        COMMENTS
    }

    /** What the names in a query stand for; {@code null} for nothing, or for what was not asked. */
    record Ids(List<@Nullable Long> labels, @Nullable Long assignee, @Nullable Long creator, @Nullable Long headOwner) {

        /** Whether nothing can be as {@code query} wants it. */
        boolean isImpossible(ConversationQuery query) {
            return labels.contains(null) || (query.headOwner != null && headOwner == null);
        }
    }

    /** Looks up what the names stand for. */
    Ids ids(long repository, ReadContext read) {
        Names names = read.names();
        List<@Nullable Long> labelIds = new ArrayList<>();
        for (String name : labels) {
            labelIds.add(read.labels().idOf(repository, name));
        }
        return new Ids(labelIds, account(assigneeLogin(), names), account(creator, names), account(headOwner, names));
    }

    private @Nullable String assigneeLogin() {
        return assignee == null || assignee.equals(NOBODY) || assignee.equals(ANYBODY) ? null : assignee;
    }

    /** The number of the one milestone that is asked for, if it is one. */
    @Nullable
    Long milestoneNumber() {
        return milestone == null || milestone.equals(NOBODY) || milestone.equals(ANYBODY)
                ? null
                : Long.valueOf(milestone);
    }

    public boolean isOfOneMilestone() {
        return milestoneNumber() != null;
    }

    private static @Nullable Long account(@Nullable String login, Names names) {
        try {
            return login == null ? null : names.idOf(Address.login(login), Attr.ACCOUNT_ID);
        } catch (Rejection malformed) {
            return null;
        }
    }

    /** What is wrong with the names: a login that has to be somebody's is nobody's. */
    Optional<Rejection> check(Ids ids) {
        return nobody("assignee", assigneeLogin(), ids.assignee).or(() -> nobody("creator", creator, ids.creator));
    }

    private static Optional<Rejection> nobody(String field, @Nullable String login, @Nullable Long id) {
        return login != null && id == null
                ? Optional.of(Rejection.invalid("Issue", field, Fault.MISSING, field + " is nobody here"))
                : Optional.empty();
    }

    /** Whether all that is open is wanted, whatever it is like. */
    boolean isOfAllOpen() {
        return Boolean.TRUE.equals(open)
                && since == null
                && labels.isEmpty()
                && milestone == null
                && assignee == null
                && creator == null
                && headOwner == null
                && filter == EVERYTHING;
    }

    /** Whether, in such a repository, both issues and pull requests are wanted. */
    boolean wantsBoth(boolean pullsAreIssues) {
        return kind == ConversationKind.ISSUE && pullsAreIssues;
    }

    /**
     * The edges that lead to whatever may be wanted, by creation; nothing when a name that decides it is not known.
     *
     * @return {@code null} when neither a label, a milestone nor an assignee is wanted
     */
    @Nullable
    List<Span> edges(long repository, Ids ids) {
        boolean openOnly = Boolean.TRUE.equals(open);
        if (!labels.isEmpty()) {
            Long label = ids.labels.getFirst();
            return label == null ? List.of() : List.of(Spans.labelled(label, openOnly));
        }
        Long milestone = milestoneNumber();
        if (milestone != null) {
            return List.of(Spans.planned(repository, milestone, openOnly));
        }
        if (assigneeLogin() != null) {
            Long account = ids.assignee;
            return account == null ? List.of() : List.of(Spans.assignedIn(repository, account, openOnly));
        }
        return null;
    }

    /**
     * Where to read everything of a repository.
     *
     * @param both issues and pull requests, where these are issues
     */
    List<Span> spansOf(long repository, boolean both) {
        return Stream.of(ConversationKind.values())
                .filter(each -> both || each == kind)
                .flatMap(each -> spans(
                        state -> Spans.conversationsByCreation(each, repository, state),
                        state -> Spans.conversationsByUpdate(each, repository, state))
                        .stream())
                .toList();
    }

    /** One span for each state. */
    List<Span> spans(ByState byCreation, ByState byUpdate) {
        boolean updated = sort == Sort.UPDATED;
        return Stream.of(true, false)
                .filter(state -> open == null || open.equals(state))
                .map(state -> (updated ? byUpdate : byCreation).span(state))
                .map(span -> updated && since != null ? Spans.since(span, since) : span)
                .toList();
    }

    /** The part of an index that holds what is open, or what is closed. */
    @FunctionalInterface
    interface ByState {
        Span span(boolean open);
    }

    /** The same in another order. */
    ConversationQuery by(Sort other) {
        return new ConversationQuery(
                kind, open, other, descending, since, labels, milestone, assignee, creator, headOwner, filter);
    }

    /** What an entry must be like, whatever the names stand for. */
    Predicate<Item> withoutNames() {
        return filter.and(item -> open == null || open == item.flag(Attr.OPEN))
                .and(item -> since == null || !item.instant(Attr.UPDATED_AT).isBefore(since));
    }

    /**
     * What an entry must be like, given what the names stand for.
     *
     * @param owner who owns the repository
     * @param both whether issues and pull requests are wanted, where these are issues
     */
    Predicate<Item> matching(Ids ids, long owner, boolean both) {
        return withoutNames()
                .and(item -> both || isOfKind(item))
                .and(item -> labels.isEmpty() || item.numbers(Attr.LABELS).containsAll(ids.labels))
                .and(item -> milestoneNumber() == null || item.number(Attr.MILESTONE, 0) == milestoneNumber())
                .and(this::isAssignedAsWanted)
                .and(item ->
                        ids.assignee == null || item.numbers(Attr.ASSIGNEES).contains(ids.assignee))
                .and(item -> ids.creator == null || item.number(Attr.AUTHOR_ID) == ids.creator)
                .and(item -> ids.headOwner == null || ConversationViews.headOwner(item, owner) == ids.headOwner);
    }

    private boolean isAssignedAsWanted(Item item) {
        return !NOBODY.equals(assignee) && !ANYBODY.equals(assignee)
                || item.has(Attr.ASSIGNEES) == ANYBODY.equals(assignee);
    }

    /** Whether an entry is of the wanted kind, in a list of both. */
    boolean isOfKind(Item item) {
        return ConversationViews.isPull(item) == (kind == ConversationKind.PULL_REQUEST);
    }

    /** A filter of pull requests by the name of one of their branches. */
    public static Predicate<Item> branch(String attribute, String ref) {
        return item -> ConversationViews.branch(item, attribute).ref().equals(ref);
    }

    /** How entries are to be sorted once they are read; those that are equal by creation. */
    Comparator<Item> order() {
        Comparator<Item> created = Comparator.comparing(item -> item.instant(Attr.CREATED_AT));
        Comparator<Item> ascending =
                switch (sort) {
                    case CREATED -> created;
                    case UPDATED -> Comparator.comparing(item -> item.instant(Attr.UPDATED_AT));
                    case COMMENTS ->
                        Comparator.<Item>comparingLong(
                                        item -> item.number(Attr.COMMENTS, 0) + item.number(Attr.REVIEW_COMMENTS, 0))
                                .thenComparing(created);
                };
        Comparator<Item> whole = ascending.thenComparing(item -> item.number(Attr.ID));
        return descending ? whole.reversed() : whole;
    }
}
