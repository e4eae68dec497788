package org.forgelog.query.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.representation.EventJson;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Answers about what happened, newest first. Everything an entry names is read and shown as it is now, to those who may
 * see it now: what is gone, or became private, takes its entries along.
 */
public final class Feeds {

    /** Most entries that a feed shows. */
    public static final int LONGEST = 300;

    /** Most repositories whose feeds are merged into one. */
    private static final int REPOSITORIES = 100;

    private final Reading reading;
    private final Instant since;
    private final ThreadViews threads;
    private final CommentViews comments;
    /** Repositories whose labels were asked for: which an issue carries is known too late for the second round. */
    private final Set<Long> labelled = new HashSet<>();

    /** @param since what happened before is not shown any more */
    public Feeds(Reading reading, Instant since) {
        this.reading = reading;
        this.since = since;
        this.threads = new ThreadViews(reading);
        this.comments = new CommentViews(reading);
    }

    /**
     * A page of a feed.
     *
     * @param isLast whether none follows
     */
    public record Slice(List<EventJson> entries, boolean isLast) {}

    public Slice ofRepository(Address address, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            reading.labels().expectIn(round, id);
            labelled.add(id);
            return pager(round, request, List.of(Keys.feedOfRepository(id)));
        });
        return slice(opened.asked(), request, false);
    }

    /** @param publicOnly whether what the caller may see, but not everybody, is left out */
    public Slice ofAccount(String login, boolean publicOnly, PageRequest request) {
        Opened<Pager> opened =
                reading.account(login, (round, id) -> pager(round, request, List.of(Keys.feedOfAccount(id))));
        return slice(opened.asked(), request, publicOnly);
    }

    public Slice ofAll(PageRequest request) {
        Round round = reading.session().round();
        Pager pager = pager(round, request, Keys.feedOfAll());
        round.run();
        return slice(pager, request, true);
    }

    /** What happened in public in the repositories of an organization, those changed last. */
    public Slice ofOrganization(String login, PageRequest request) {
        Opened<Answer> opened = reading.account(login, (round, id) -> {
            round.get(Keys.account(id));
            return newest(round, Keys.ownedByUpdate(id));
        });
        Organizations.require(reading, opened.id());
        return across(
                opened.asked().items().stream()
                        .filter(item -> !isHidden(item))
                        .map(item -> item.number(Attr.ID))
                        .toList(),
                request);
    }

    /** What happened in public in a repository's network: in its source, and in forks of it, the newest ones. */
    public Slice ofNetwork(Address address, PageRequest request) {
        try {
            return across(network(address), request);
        } catch (MovedException e) {
            return across(network(Address.of(e.repository())), request);
        }
    }

    private Collection<Long> network(Address address) {
        Opened<Answer> opened = reading.repository(address, (round, id) -> forks(round.get(Keys.forkCounts(id)), id));
        List<Long> origin = reading.origin(opened.id());
        long source = origin.isEmpty() ? opened.id() : origin.getLast();
        Answer forks = opened.asked();
        if (source != opened.id()) {
            Round round = reading.session().round().get(Keys.forkCounts(source));
            forks = forks(round, source);
            round.run();
        }
        Set<Long> network = new LinkedHashSet<>(List.of(source, opened.id()));
        List<Long> level = ids(List.of(forks));
        network.addAll(level);
        boolean deeper = counted(source, Attr.NETWORK) > counted(source, Attr.FORKS);
        while (deeper && !level.isEmpty() && network.size() < REPOSITORIES) {
            Round counts = reading.session().round();
            level.forEach(fork -> counts.get(Keys.forkCounts(fork)));
            counts.run();
            Round round = reading.session().round();
            List<Answer> answers = level.stream()
                    .filter(fork -> counted(fork, Attr.FORKS) > 0)
                    .map(fork -> forks(round, fork))
                    .toList();
            round.run();
            level = ids(answers).stream().filter(network::add).toList();
        }
        return network.stream().limit(REPOSITORIES).toList();
    }

    private static Answer forks(Round round, long repository) {
        return newest(round, Keys.forks(repository));
    }

    private static Answer newest(Round round, Span span) {
        return round.query(new Table.Range(span, span.low(), span.high(), true, REPOSITORIES, null, false));
    }

    private static List<Long> ids(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.items().stream())
                .map(item -> item.number(Attr.ID))
                .toList();
    }

    private long counted(long repository, String attribute) {
        Item counts = reading.session().item(Keys.forkCounts(repository));
        return counts == null ? 0 : counts.number(attribute, 0);
    }

    private Slice across(Collection<Long> repositories, PageRequest request) {
        Round round = reading.session().round();
        Pager pager = pager(
                round,
                request,
                repositories.stream().map(Keys::feedOfRepository).toList());
        round.run();
        return slice(pager, request, true);
    }

    private Pager pager(Round round, PageRequest request, List<Span> spans) {
        Pager pager = new Pager(
                request,
                spans,
                true,
                entry -> !entry.instant(Attr.CREATED_AT).isBefore(since),
                LaneReader.Pages.OF_FEEDS);
        pager.ask(round);
        return pager;
    }

    private Slice slice(Pager pager, PageRequest request, boolean publicOnly) {
        Page page = pager.collect(reading.session(), items -> shown(items, publicOnly));
        int left = Math.max(0, LONGEST - request.skip());
        List<EventJson> entries =
                page.items().stream().limit(left).map(this::event).toList();
        return new Slice(entries, page.next() == null || left <= request.size());
    }

    /** Reads what the entries name; those of which something is gone or hidden are not shown. */
    private Predicate<Item> shown(List<Item> entries, boolean publicOnly) {
        Set<Long> repositories = new HashSet<>();
        Round round = reading.session().round();
        for (Item entry : entries) {
            repositories.add(entry.number(Attr.REPOSITORY_ID));
            if (entry.has(Attr.FORK_ID)) {
                repositories.add(entry.number(Attr.FORK_ID));
            }
            round.get(named(entry));
            if (entry.has(Attr.NUMBER) && labelled.add(entry.number(Attr.REPOSITORY_ID))) {
                reading.labels().expectIn(round, entry.number(Attr.REPOSITORY_ID));
            }
            reading.people().expect(round, people(entry));
        }
        for (Long repository : repositories) {
            round.get(Keys.repository(repository));
            reading.people().expectIn(round, repository);
            reading.associations().expectIn(round, repository);
            reading.expect(round, reading.headsGuess(repository));
        }
        reading.expectRights(round, repositories);
        round.run();
        reading.took();
        reading.settle(repositories.stream()
                .map(repository -> reading.session().item(Keys.repository(repository)))
                .filter(Objects::nonNull)
                .toList());
        Predicate<Item> shown = entry -> isShown(entry, publicOnly);
        prepare(entries.stream().filter(shown).toList());
        return shown;
    }

    private boolean isShown(Item entry, boolean publicOnly) {
        Item repository = reading.session().item(Keys.repository(entry.number(Attr.REPOSITORY_ID)));
        if (repository == null || !isSeen(repository, publicOnly)) {
            return false;
        }
        if (entry.has(Attr.FORK_ID)) {
            Item fork = reading.session().item(Keys.repository(entry.number(Attr.FORK_ID)));
            return fork != null && isSeen(fork, publicOnly);
        }
        boolean ofIssues = kind(entry) == ThreadKind.ISSUE;
        return (!(entry.has(Attr.NUMBER) && ofIssues)
                        || RepositoryViews.settings(repository).flag(RepositoryFlag.HAS_ISSUES))
                && named(entry).stream().allMatch(key -> reading.session().item(key) != null);
    }

    private boolean isSeen(Item repository, boolean publicOnly) {
        return reading.canSee(repository.number(Attr.ID)) && !(publicOnly && isHidden(repository));
    }

    private static boolean isHidden(Item repository) {
        return repository.flag(Attr.PRIVATE) || repository.has(Attr.STOPPED);
    }

    /** Reads whom and what the things mention that the entries are about, in one round if anything is missing. */
    private void prepare(Collection<Item> entries) {
        List<Item> threadItems = new ArrayList<>();
        List<Item> commentItems = new ArrayList<>();
        Set<Long> accounts = new HashSet<>();
        Round round = reading.session().round();
        for (Item entry : entries) {
            accounts.add(reading.owner(entry.number(Attr.REPOSITORY_ID)));
            if (entry.has(Attr.FORK_ID)) {
                accounts.add(reading.owner(entry.number(Attr.FORK_ID)));
            }
            if (entry.has(Attr.NUMBER)) {
                threadItems.add(item(thread(entry)));
            }
            if (entry.has(Attr.COMMENT_ID)) {
                Item comment = item(comment(entry));
                accounts.add(comment.number(Attr.AUTHOR_ID));
                commentItems.add(comment);
                round.get(CommentViews.bodies(List.of(comment)));
            }
        }
        accounts.addAll(ThreadViews.people(threadItems));
        round.get(ThreadViews.bodies(threadItems));
        reading.people().expect(round, accounts);
        reading.associations().expect(round, threadItems);
        reading.associations().expect(round, commentItems);
        reading.labels().expect(round, threadItems);
        Set<Long> heads = ThreadViews.heads(threadItems);
        reading.expect(round, heads);
        round.run();
        reading.took();
        reading.settleAll(heads);
        reading.people().ensure(reading.ownersOf(heads));
    }

    private static List<Long> people(Item entry) {
        List<Long> accounts = new ArrayList<>(List.of(entry.number(Attr.ACCOUNT_ID)));
        if (entry.has(Attr.MEMBER_ID)) {
            accounts.add(entry.number(Attr.MEMBER_ID));
        }
        return accounts;
    }

    /** The items that an entry cannot be shown without, but for repositories. */
    private static List<ItemKey> named(Item entry) {
        List<ItemKey> keys = new ArrayList<>();
        if (entry.has(Attr.NUMBER)) {
            keys.add(thread(entry));
        }
        if (entry.has(Attr.COMMENT_ID)) {
            keys.add(comment(entry));
        }
        return keys;
    }

    private static ItemKey thread(Item entry) {
        return Keys.thread(kind(entry), entry.number(Attr.REPOSITORY_ID), entry.number(Attr.NUMBER));
    }

    private static ThreadKind kind(Item entry) {
        return entry.string(Attr.EVENT).startsWith("PullRequest") ? ThreadKind.PULL : ThreadKind.ISSUE;
    }

    private static ItemKey comment(Item entry) {
        return Keys.comment(thread(entry), entry.instant(Attr.CREATED_AT), entry.number(Attr.COMMENT_ID));
    }

    private Item item(ItemKey key) {
        return Objects.requireNonNull(reading.session().item(key), "an item that was not read");
    }

    private EventJson event(Item entry) {
        long repository = entry.number(Attr.REPOSITORY_ID);
        return new EventJson(
                Long.toString(entry.number(Attr.ID)),
                entry.string(Attr.EVENT),
                EventJson.Actor.of(reading.people().user(entry.number(Attr.ACCOUNT_ID))),
                EventJson.Repo.of(reading.links(), new RepositoryId(repository), reading.ref(repository)),
                payload(entry),
                !isHidden(reading.repositoryItem(repository)),
                entry.instant(Attr.CREATED_AT));
    }

    private Map<String, Object> payload(Item entry) {
        Map<String, Object> payload = new LinkedHashMap<>();
        put(payload, "action", entry.text(Attr.ACTION, null));
        if (entry.has(Attr.NUMBER)) {
            Item thread = item(thread(entry));
            boolean isIssue = kind(entry) == ThreadKind.ISSUE;
            put(payload, "number", isIssue ? null : entry.number(Attr.NUMBER));
            put(payload, isIssue ? "issue" : "pull_request", threads.either(thread));
        }
        if (entry.has(Attr.COMMENT_ID)) {
            put(payload, "comment", comments.comment(item(comment(entry))));
        }
        if (entry.has(Attr.MEMBER_ID)) {
            put(payload, "member", reading.people().user(entry.number(Attr.MEMBER_ID)));
        }
        if (entry.has(Attr.FORK_ID)) {
            put(payload, "forkee", new RepositoryViews(reading).uncounted(entry.number(Attr.FORK_ID)));
        }
        if (entry.string(Attr.EVENT).equals("CreateEvent")) {
            Item repository = reading.repositoryItem(entry.number(Attr.REPOSITORY_ID));
            payload.put("ref", null);
            payload.put("ref_type", "repository");
            payload.put("master_branch", repository.string(Attr.DEFAULT_BRANCH));
            payload.put("description", repository.text(Attr.DESCRIPTION, null));
            payload.put("pusher_type", "user");
        }
        return payload;
    }

    private static void put(Map<String, Object> payload, String name, @Nullable Object value) {
        if (value != null) {
            payload.put(name, value);
        }
    }
}
