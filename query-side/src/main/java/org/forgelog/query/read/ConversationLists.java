package org.forgelog.query.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.IssueInRepositoryJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.label.LabelName;
import org.forgelog.query.read.ConversationQuery.Ids;
import org.forgelog.query.read.ConversationQuery.Sort;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** Lists of issues and of pull requests: of one repository, or of all that concern the caller. */
public final class ConversationLists {

    /** Most repositories of the caller, or of an organization, that are looked through, those last changed first. */
    private static final int OWNED = 500;

    /** Most edges that are followed to sort what they lead to; where there are more, an index is searched instead. */
    private static final int FEW = 100;

    private static final Duration REBUILT = Duration.ofMinutes(1);

    private final ReadContext read;
    private final ConversationViews views;

    public ConversationLists(ReadContext read) {
        this.read = read;
        this.views = new ConversationViews(read);
    }

    public Listed<IssueJson> issues(Address address, ConversationQuery query, PageRequest request) {
        Page page = inRepository(address, query, request);
        return read.listed(page, views::issue).of(total(address, query));
    }

    public Listed<PullRequestJson> pulls(Address address, ConversationQuery query, PageRequest request) {
        Page page = inRepository(address, query, request);
        return read.listed(page, views::simplePull).of(total(address, query));
    }

    /** How many there are, where the repository counts just these. */
    private @Nullable Long total(Address address, ConversationQuery query) {
        if (!query.isOfAllOpen()) {
            return null;
        }
        long repository = read.names().repository(address);
        Item counters = read.lookup().item(Keys.counters(repository));
        if (counters == null) {
            return null;
        }
        long pulls = counters.number(Attr.OPEN_PULLS, 0);
        boolean both = query.wantsBoth(Conversations.pullsAreIssues(read, repository));
        return query.kind() == ConversationKind.PULL_REQUEST
                ? pulls
                : counters.number(Attr.OPEN_ISSUES, 0) + (both ? pulls : 0);
    }

    private Page inRepository(Address address, ConversationQuery query, PageRequest request) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        Conversations.requireEnabled(read, query.kind(), repository);
        Ids ids = query.ids(repository, read);
        query.check(ids).ifPresent(read.lookup()::reject);
        requireMilestone(repository, query);
        Page page = ids.isImpossible(query) ? new Page(List.of(), null, null) : page(repository, query, ids, request);
        readLabels(read, repository, page.items());
        return page;
    }

    private void requireMilestone(long repository, ConversationQuery query) {
        Long number = query.milestoneNumber();
        if (number != null && read.lookup().item(Keys.milestone(repository, number)) == null) {
            read.lookup().reject(Rejection.invalid("Issue", "milestone", Fault.INVALID, null));
        }
    }

    /** Whether something is planned for a milestone, or for none, where that is asked; one that is deleted is none. */
    private boolean isPlanned(ConversationQuery query, Item item) {
        if (ConversationQuery.ANYBODY.equals(query.milestone())) {
            return item.has(Attr.MILESTONE)
                    && read.lookup().mayBe(() -> read.milestones().itemOf(item) != null);
        }
        return !ConversationQuery.NOBODY.equals(query.milestone())
                || !item.has(Attr.MILESTONE)
                || read.lookup().mayBe(() -> read.milestones().itemOf(item) == null);
    }

    private Page page(long repository, ConversationQuery query, Ids ids, PageRequest request) {
        Item item = read.lookup().item(Keys.repository(repository));
        boolean both = query.wantsBoth(item != null && Conversations.pullsAreIssues(item));
        Predicate<Item> matching = query.matching(ids, item == null ? 0 : item.number(Attr.OWNER_ID), both)
                .and(entry -> isPlanned(query, entry));
        List<Span> edges = read.hasEdges() ? query.edges(repository, ids) : null;
        boolean updated = query.sort() == Sort.UPDATED;
        if (edges == null || (updated && !areFew(edges, request))) {
            int sorted = query.sort() == Sort.COMMENTS ? ConversationQuery.SORTED : 0;
            return page(query.spansOf(repository, both), query, sorted, request, matching);
        }
        int sorted = updated ? FEW : query.sort() == Sort.COMMENTS ? ConversationQuery.SORTED : 0;
        return page(edges, query, sorted, request, matching);
    }

    /** @param sorted how many entries are sorted by what no index knows; 0 where one does */
    private Page page(
            List<Span> spans, ConversationQuery query, int sorted, PageRequest request, Predicate<Item> matching) {
        SortedPrefix prefix = new SortedPrefix(request, sorted, query.order());
        Page page = read.pager(sorted > 0 ? prefix.wanted() : request, sorted > 0 || query.descending())
                .of(spans)
                .withRoughEnd(spans.stream().anyMatch(Edge::isIn))
                .lookingAt(sorted)
                .page(followed(matching));
        Page followed = new Page(
                page.items().stream().map(this::follow).filter(Objects::nonNull).toList(),
                page.next(),
                page.previous());
        return sorted > 0 ? prefix.page(followed) : followed;
    }

    /** Whether there are so few edges that what they lead to can be sorted; the cursor knows what it was. */
    private boolean areFew(List<Span> edges, PageRequest request) {
        Cursor cursor = request.cursor();
        return cursor != null
                ? ListPage.isPlace(cursor)
                : edges.stream()
                        .allMatch(span -> read.lookup()
                                        .page(new Range(span, span.low(), span.high(), true, FEW + 1, null, false))
                                        .more()
                                == null);
    }

    /** The same of what an edge leads to. */
    private Predicate<Item> followed(Predicate<Item> matching) {
        return entry -> !Edge.isEdge(entry)
                ? matching.test(entry)
                : read.lookup().mayBe(() -> {
                    Item item = follow(entry);
                    return item != null && matching.test(item);
                });
    }

    /** What an edge leads to, and else the entry itself; {@code null} when it is not there, or not yet. */
    private @Nullable Item follow(Item entry) {
        return Edge.isEdge(entry) ? read.lookup().item(Edge.target(entry)) : entry;
    }

    /** Reads all labels of a repository for a list of what may carry them. */
    static void readLabels(ReadContext read, long repository, Collection<Item> entries) {
        if (read.lookup().isBlind() || entries.stream().anyMatch(entry -> entry.has(Attr.LABELS))) {
            read.labels().readWhole(repository);
        }
    }

    /** Why an issue concerns somebody. */
    public enum Concern {
        ASSIGNED,
        CREATED,
        OWNED
    }

    /**
     * Issues that concern the caller, in any repository that the caller may see.
     *
     * @param concerns one of them has to hold
     */
    public Listed<IssueInRepositoryJson> issuesOf(
            long self, Set<Concern> concerns, ConversationQuery query, PageRequest request) {
        return across(spans(self, self, concerns, query), concerns, query, request, item -> true);
    }

    /** As {@link #issuesOf}, in those repositories alone that an organization owns, rather than the caller. */
    public Listed<IssueInRepositoryJson> issuesIn(
            String organization, long self, Set<Concern> concerns, ConversationQuery query, PageRequest request) {
        long owner = read.names().account(organization);
        Organizations.require(read, owner);
        return across(spans(self, owner, concerns, query), concerns, query, request, item -> read.lookup()
                .mayBe(() -> {
                    Item repository = read.lookup().item(Keys.repository(item.number(Attr.REPOSITORY_ID)));
                    return repository != null && repository.number(Attr.OWNER_ID) == owner;
                }));
    }

    /** Whether no index knows the order. */
    private static boolean isSorted(Set<Concern> concerns, ConversationQuery query) {
        return query.sort() == Sort.COMMENTS
                || (query.sort() == Sort.UPDATED
                        && (concerns.contains(Concern.CREATED) || concerns.contains(Concern.ASSIGNED)));
    }

    /** @param also what the entries that the caller may see must be like too */
    private Listed<IssueInRepositoryJson> across(
            List<Span> spans,
            Set<Concern> concerns,
            ConversationQuery query,
            PageRequest request,
            Predicate<Item> also) {
        int sorted = isSorted(concerns, query) ? ConversationQuery.SORTED : 0;
        Predicate<Item> asWanted = item -> (query.labels().isEmpty() || item.has(Attr.LABELS))
                && query.withoutNames().test(item)
                && isShown(query, item);
        Page shown =
                page(spans, query, sorted, request, asWanted.and(also).and(item -> isLabelled(item, query.labels())));
        read.labels().expect(shown.items());
        return read.listed(shown, views::issueInRepository);
    }

    /**
     * Whether an entry is of the wanted kind, in a repository that the caller may see; a pull request is an issue as well where
     * numbers are shared.
     */
    private boolean isShown(ConversationQuery query, Item item) {
        long repository = item.number(Attr.REPOSITORY_ID);
        new RepositoryViews(read).expect(repository);
        boolean wanted = query.isOfKind(item)
                || read.lookup().mayBe(() -> query.wantsBoth(Conversations.pullsAreIssues(read, repository)));
        return wanted && read.visibility().canSee(repository);
    }

    private List<Span> spans(long self, long owner, Set<Concern> concerns, ConversationQuery query) {
        ConversationQuery asked = isSorted(concerns, query) ? query.by(Sort.CREATED) : query;
        List<Span> spans = new ArrayList<>();
        for (Concern concern : Concern.values()) {
            if (concerns.contains(concern)) {
                spans.addAll(
                        switch (concern) {
                            case ASSIGNED -> List.of(assigned(self, query));
                            case CREATED ->
                                asked.spans(state -> Spans.managed(self, state), state -> Spans.managed(self, state));
                            case OWNED ->
                                owned(owner).stream()
                                        .flatMap(repository -> asked
                                                .spansOf(
                                                        repository.number(Attr.ID),
                                                        query.wantsBoth(Conversations.pullsAreIssues(repository)))
                                                .stream())
                                        .toList();
                        });
            }
        }
        return spans;
    }

    private Span assigned(long self, ConversationQuery query) {
        if (!read.hasEdges()) {
            throw HttpFailure.unavailable("The table is of an older version; it is being rebuilt", REBUILT);
        }
        return Spans.assigned(self, Boolean.TRUE.equals(query.open()));
    }

    private List<Item> owned(long owner) {
        return new RepositoryLists(read).newest(owner, OWNED);
    }

    private boolean isLabelled(Item item, List<String> wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        return read.lookup().mayBe(() -> {
            Set<String> names = read.labels().itemsOf(item).stream()
                    .map(label -> LabelName.key(label.string(Attr.NAME)))
                    .collect(Collectors.toCollection(HashSet::new));
            return wanted.stream().map(LabelName::key).allMatch(names::contains);
        });
    }
}
