package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.domain.label.LabelName;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.read.ThreadQuery.Ids;
import org.forgelog.query.read.ThreadQuery.Sort;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;

/** Lists of issues and of pull requests: of one repository, or of all that concern the caller. */
public final class ThreadLists {

    /** Most repositories of the caller, or of an organization, that are looked through, those last changed first. */
    private static final int OWNED = 50;

    private final Reading reading;
    private final ThreadViews threads;

    public ThreadLists(Reading reading) {
        this.reading = reading;
        this.threads = new ThreadViews(reading);
    }

    public Listed<IssueJson> issues(Address address, ThreadQuery query, PageRequest request) {
        Page page = inRepository(address, query, request);
        return new Listed<>(page.items().stream().map(threads::issue).toList(), page);
    }

    public Listed<PullRequestJson> pulls(Address address, ThreadQuery query, PageRequest request) {
        Page page = inRepository(address, query, request);
        return new Listed<>(page.items().stream().map(threads::simplePull).toList(), page);
    }

    private record Asked(List<Span> spans, Pager pager) {}

    /** What the names led to before is guessed, and confirmed by the round that reads by them. */
    private Page inRepository(Address address, ThreadQuery query, PageRequest request) {
        Ranked ranked = new Ranked(request, ThreadQuery.RANKED, query.order());
        PageRequest wanted = query.sort() == Sort.COMMENTS ? ranked.wanted() : request;
        Opened<Asked> opened = reading.repository(address, (round, id) -> {
            threads.expectIn(round, id, query.kind() == ThreadKind.PULL);
            round.get(query.names(id));
            return ask(round, query, wanted, query.spans(id, query.ids(id, (key, attribute) -> reading.guess(key))));
        });
        Repositories.checkEnabled(reading, query.kind(), opened.id());
        Ids ids = query.ids(opened.id(), reading::confirmed);
        query.check(ids);
        if (query.isImpossible(ids)) {
            return new Page(List.of(), null, null);
        }
        List<Span> spans = query.spans(opened.id(), ids);
        Asked asked = opened.asked();
        if (!spans.equals(asked.spans)) {
            Round round = reading.session().round();
            asked = ask(round, query, wanted, spans);
            round.run();
        }
        Predicate<Item> matching = query.matching(ids, reading.owner(opened.id()));
        Page page = asked.pager.collect(reading.session(), items -> matching);
        page = query.sort() == Sort.COMMENTS ? ranked.page(page) : page;
        threads.prepare(opened.id(), page.items());
        return page;
    }

    private Asked ask(Round round, ThreadQuery query, PageRequest wanted, List<Span> spans) {
        boolean descending = query.descending() || query.sort() == Sort.COMMENTS;
        return new Asked(spans, reading.pager(round, wanted, spans, descending, item -> true));
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
    public Listed<IssueJson> issuesOf(long self, Set<Concern> concerns, ThreadQuery query, PageRequest request) {
        Round round = reading.session().round();
        Pager pager = across(round, self, self, concerns, query, request);
        round.run();
        return across(pager, concerns, query, request, item -> true);
    }

    /** As {@link #issuesOf}, in those repositories alone that an organization owns, rather than the caller. */
    public Listed<IssueJson> issuesIn(
            String organization, long self, Set<Concern> concerns, ThreadQuery query, PageRequest request) {
        Opened<Pager> opened = reading.account(organization, (round, id) -> {
            round.get(Keys.account(id));
            return across(round, self, id, concerns, query, request);
        });
        long owner = opened.id();
        Organizations.require(reading, owner);
        return across(
                opened.asked(), concerns, query, request, item -> reading.owner(Reading.repositoryOf(item)) == owner);
    }

    /** Whether no index knows the order. */
    private static boolean isRanked(Set<Concern> concerns, ThreadQuery query) {
        return query.sort() == Sort.COMMENTS || (query.sort() == Sort.UPDATED && concerns.contains(Concern.CREATED));
    }

    private static Ranked ranked(ThreadQuery query, PageRequest request) {
        return new Ranked(request, ThreadQuery.RANKED, query.order());
    }

    private Pager across(
            Round round, long self, long owner, Set<Concern> concerns, ThreadQuery query, PageRequest request) {
        boolean ranks = isRanked(concerns, query);
        ThreadQuery asked = ranks ? query.by(Sort.CREATED) : query;
        return reading.pager(
                round,
                ranks ? ranked(query, request).wanted() : request,
                spans(self, owner, EnumSet.copyOf(concerns), asked),
                ranks || query.descending(),
                item -> query.isOfKind(item)
                        && (query.labels().isEmpty() || item.has(Attr.LABELS))
                        && query.withoutNames().test(item));
    }

    /** @param also what the entries that the caller may see must be like too */
    private Listed<IssueJson> across(
            Pager pager, Set<Concern> concerns, ThreadQuery query, PageRequest request, Predicate<Item> also) {
        boolean ranks = isRanked(concerns, query);
        Page page = pager.collect(
                reading.session(),
                reading.visible(false, !ranks, (along, items) -> reading.labels()
                                .expect(along, items))
                        .andThen(visible -> visible.and(also).and(item -> isLabelled(item, query.labels()))));
        page = ranks ? ranked(query, request).page(page) : page;
        threads.prepare(page.items());
        return new Listed<>(page.items().stream().map(threads::issue).toList(), page);
    }

    private List<Span> spans(long self, long owner, Set<Concern> concerns, ThreadQuery query) {
        List<Span> spans = new ArrayList<>();
        for (Concern concern : concerns) {
            spans.addAll(
                    switch (concern) {
                        case ASSIGNED ->
                            query.spans(
                                    state -> Keys.assignedByCreation(self, state),
                                    state -> Keys.assignedByUpdate(self, state));
                        case CREATED ->
                            query.spans(state -> Keys.managed(self, state), state -> Keys.managed(self, state));
                        case OWNED ->
                            owned(owner).stream()
                                    .flatMap(repository -> query.spansOf(repository).stream())
                                    .toList();
                    });
        }
        return spans;
    }

    private List<Long> owned(long owner) {
        Round round = reading.session().round();
        Span span = Keys.ownedByUpdate(owner);
        Answer answer = round.query(new Table.Range(span, span.low(), span.high(), true, OWNED, null, false));
        round.run();
        return answer.items().stream().map(item -> item.number(Attr.ID)).toList();
    }

    private boolean isLabelled(Item item, List<String> wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        Set<String> names = threads.labels(item).stream()
                .map(label -> LabelName.key(label.name()))
                .collect(Collectors.toCollection(HashSet::new));
        return wanted.stream().map(LabelName::key).allMatch(names::contains);
    }
}
