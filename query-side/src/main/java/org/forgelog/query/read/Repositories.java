package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/** Answers about one repository and what lies in it, for those who may see it. */
public final class Repositories {

    /** An issue or pull request and its body. */
    private static final int THREAD_ITEMS = 2;

    private final Reading reading;
    private final ThreadViews threads;

    public Repositories(Reading reading) {
        this.reading = reading;
        this.threads = new ThreadViews(reading);
    }

    /**
     * The repository itself, a fork with what it comes from. Keys: its name's, its own, its counters'; of parent and
     * source their own, in the same round where this node has met the fork.
     */
    public RepositoryJson repository(Address address) {
        Opened<Boolean> opened = reading.repository(address, (round, id) -> {
            round.get(Keys.counters(id), Keys.forkCounts(id));
            expectOrigin(round, reading.originGuess(id));
            return true;
        });
        List<Long> origin = reading.origin(opened.id());
        Round round = reading.session().round();
        expectOrigin(round, origin);
        round.run();
        reading.took();
        reading.settleAll(origin);
        List<Long> owners = new ArrayList<>(reading.ownersOf(origin));
        owners.add(reading.owner(opened.id()));
        reading.people().ensure(owners);
        return new RepositoryViews(reading).full(opened.id());
    }

    private void expectOrigin(Round round, List<Long> origin) {
        reading.expect(round, origin);
        origin.forEach(repository -> round.get(Keys.forkCounts(repository)));
    }

    /** The order of a list of forks. */
    public enum ForkOrder {
        NEWEST,
        OLDEST,
        STARS
    }

    /** Most forks that are sorted by their stars; older ones follow by age. */
    private static final int RANKED_FORKS = 300;

    /** Forks of the repository that the caller may see. Index: gsi2. */
    public Listed<RepositoryJson> forks(Address address, ForkOrder order, PageRequest request) {
        boolean ranks = order == ForkOrder.STARS;
        Ranked ranked = new Ranked(
                request, RANKED_FORKS, Comparator.comparing(this::stars).reversed());
        Opened<Pager> opened = reading.repository(
                address,
                (round, id) -> reading.pager(
                        round,
                        ranks ? ranked.wanted() : request,
                        List.of(Keys.forks(id)),
                        order != ForkOrder.OLDEST,
                        reading.listedTo()));
        Page read = reading.pageAcross(opened.asked(), true, false);
        Page page = ranks ? ranked.page(read) : read;
        RepositoryViews views = new RepositoryViews(reading);
        return new Listed<>(
                page.items().stream()
                        .map(item -> views.counted(item.number(Attr.ID)))
                        .toList(),
                page);
    }

    private long stars(Item repository) {
        Item counters = reading.session().item(Keys.counters(repository.number(Attr.ID)));
        return counters == null ? 0 : counters.number(Attr.STARS, 0);
    }

    public IssueJson issue(Address address, long number) {
        return threads.issue(thread(address, ThreadKind.ISSUE, number, true));
    }

    public PullRequestJson pull(Address address, long number) {
        return threads.pull(thread(address, ThreadKind.PULL, number, true));
    }

    /** Whether a pull request that is there was merged. */
    public boolean isMerged(Address address, long number) {
        return thread(address, ThreadKind.PULL, number, false).has(Attr.MERGED_AT);
    }

    /** The labels of an issue or pull request. */
    public List<LabelJson> labels(Address address, ThreadKind kind, long number) {
        return threads.labels(thread(address, kind, number, true));
    }

    private Item thread(Address address, ThreadKind kind, long number, boolean shown) {
        Opened<Boolean> opened = reading.repository(address, (round, id) -> {
            Span span = Keys.threadWithBody(Keys.thread(kind, id, number));
            round.query(Table.Range.all(span, THREAD_ITEMS, reading.session().isConsistent()));
            threads.expectIn(round, id, kind == ThreadKind.PULL);
            return true;
        });
        checkEnabled(reading, kind, opened.id());
        Item item = reading.session().item(Keys.thread(kind, opened.id(), number));
        if (item == null) {
            throw Rejection.notFound();
        }
        if (shown) {
            threads.prepare(opened.id(), List.of(item));
        }
        return item;
    }

    /** @throws Rejection when it is about issues and the repository has them switched off */
    static void checkEnabled(Reading reading, ThreadKind kind, long repository) {
        if (kind == ThreadKind.ISSUE
                && !RepositoryViews.settings(reading.repositoryItem(repository)).flag(RepositoryFlag.HAS_ISSUES)) {
            throw Rejection.of(Rejection.Code.ISSUES_DISABLED, "Issues are disabled for this repo");
        }
    }

    /** A repository with its issues and pull requests. */
    public record Activity(RepositoryJson repository, Listed<Map.Entry<String, Object>> entries) {}

    /**
     * The repository with its issues and pull requests, open before closed, newest first.
     *
     * @param open only open, only closed ones; {@code null} for both
     */
    public Activity activity(Address address, @Nullable Boolean open, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            round.get(Keys.counters(id), Keys.forkCounts(id));
            threads.expectIn(round, id, true);
            Span span = open == null ? Keys.activity(id) : Keys.activity(id, open);
            return reading.pager(round, request, List.of(span), true, item -> true);
        });
        Page page = reading.page(opened.asked());
        threads.prepare(opened.id(), page.items());
        List<Map.Entry<String, Object>> entries = page.items().stream()
                .map(item -> Map.entry(word(item), threads.either(item)))
                .toList();
        return new Activity(new RepositoryViews(reading).counted(opened.id()), new Listed<>(entries, page));
    }

    /** The word that tells issues from pull requests in a list of both. */
    static String word(Item item) {
        return item.is(ItemType.ISSUE) ? "issue" : "pull_request";
    }

    /** The repository's topics. */
    public List<String> topics(Address address) {
        Opened<Boolean> opened = reading.repository(address, (round, id) -> true);
        return reading.repositoryItem(opened.id()).texts(Attr.TOPICS);
    }

    /** Users who starred the repository, newest first, with the dates. */
    public Listed<Stargazer> stargazers(Address address, PageRequest request) {
        Opened<Pager> opened = reading.repository(
                address,
                (round, id) -> reading.pager(round, request, List.of(Keys.stargazers(id)), true, item -> true));
        Page page = reading.page(opened.asked());
        reading.people()
                .ensure(page.items().stream()
                        .map(item -> item.number(Attr.ACCOUNT_ID))
                        .toList());
        List<Stargazer> entries = page.items().stream()
                .map(item -> new Stargazer(
                        Objects.requireNonNull(item.instantOrNull(Attr.STARRED_AT)),
                        reading.people().user(item.number(Attr.ACCOUNT_ID))))
                .toList();
        return new Listed<>(entries, page);
    }

    /** A filter of pull requests by the name of one of their branches. */
    public static Predicate<Item> branch(String attribute, String ref) {
        return item -> ThreadViews.branch(item, attribute).ref().equals(ref);
    }
}
