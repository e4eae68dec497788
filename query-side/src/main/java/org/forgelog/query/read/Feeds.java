package org.forgelog.query.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.api.representation.EventJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.jspecify.annotations.Nullable;

/**
 * Answers about what happened, newest first. Everything an entry names is read and shown as it is now, to those who may
 * see it now: what is gone, or became private, takes its entries along.
 */
public final class Feeds {

    /** Most entries that a feed shows. */
    public static final int LONGEST = 300;

    /** Most repositories whose feeds are merged into one. */
    private static final int REPOSITORIES = 1_000;

    private final ReadContext read;
    private final Instant since;
    private final ConversationViews conversations;
    private final CommentViews comments;
    private final RepositoryViews repositories;

    /** @param since what happened before is not shown any more */
    public Feeds(ReadContext read, Instant since) {
        this.read = read;
        this.since = since;
        this.conversations = new ConversationViews(read);
        this.comments = new CommentViews(read);
        this.repositories = new RepositoryViews(read);
    }

    /**
     * A page of a feed.
     *
     * @param isLast whether none follows
     */
    public record FeedPart(List<EventJson> entries, boolean isLast) {}

    public FeedPart ofRepository(Address address, PageRequest request) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        read.labels().readWhole(repository);
        return part(List.of(Spans.feedOfRepository(repository)), request, false, null);
    }

    /** @param publicOnly whether what the caller may see, but not everybody, is left out */
    public FeedPart ofAccount(String login, boolean publicOnly, PageRequest request) {
        long account = read.names().account(login);
        return part(List.of(Spans.feedOfAccount(account)), request, publicOnly, account);
    }

    public FeedPart ofAll(PageRequest request) {
        return part(Spans.feedOfAll(), request, true, null);
    }

    /** What happened in public in the repositories of an organization, those changed last. */
    public FeedPart ofOrganization(String login, PageRequest request) {
        long organization = read.names().account(login);
        List<Long> newest = newest(Spans.ownedByUpdate(organization, false)).stream()
                .filter(item -> !isHidden(item))
                .map(item -> item.number(Attr.ID))
                .toList();
        Organizations.require(read, organization);
        return across(newest, request);
    }

    /** What happened in public in a repository's network: in its source, and in forks of it, the newest ones. */
    public FeedPart ofNetwork(Address address, PageRequest request) {
        return across(network(read.names().repositoryByAnyName(address)), request);
    }

    private Collection<Long> network(long repository) {
        long own = counted(repository, Attr.FORKS);
        List<Long> level = forks(repository);
        Item item = repositories.item(repository);
        long source = item.number(Attr.SOURCE_ID, repository);
        if (source != repository) {
            own = counted(source, Attr.FORKS);
            level = forks(source);
        }
        Set<Long> network = new LinkedHashSet<>(List.of(source, repository));
        network.addAll(level);
        boolean deeper = counted(source, Attr.NETWORK) > own;
        while (deeper && !level.isEmpty() && network.size() < REPOSITORIES) {
            List<Long> next = new ArrayList<>();
            for (Long fork : level) {
                if (counted(fork, Attr.FORKS) > 0) {
                    next.addAll(forks(fork));
                }
            }
            level = next.stream().filter(network::add).toList();
        }
        return network.stream().limit(REPOSITORIES).toList();
    }

    private List<Long> forks(long repository) {
        return newest(Spans.forks(repository)).stream()
                .map(item -> item.number(Attr.ID))
                .toList();
    }

    private List<Item> newest(Span span) {
        return read.pager(new PageRequest(REPOSITORIES, 1, null), true)
                .of(span)
                .withRoughEnd(true)
                .page()
                .items();
    }

    private long counted(long repository, String attribute) {
        Item counts = read.lookup().item(Keys.forkCounts(repository));
        return counts == null ? 0 : counts.number(attribute, 0);
    }

    private FeedPart across(Collection<Long> repositoryIds, PageRequest request) {
        return part(repositoryIds.stream().map(Spans::feedOfRepository).toList(), request, true, null);
    }

    /** @param account whose feed it is; {@code null} when it is nobody's */
    private FeedPart part(List<Span> spans, PageRequest request, boolean publicOnly, @Nullable Long account) {
        read.keepCostFromOthersThan(account);
        Page page = new Pager(read.lookup(), request, true, MergeCursor.Packing.OF_FEEDS)
                .of(spans)
                .page(entry -> !entry.instant(Attr.CREATED_AT).isBefore(since) && isShown(entry, publicOnly));
        int left = Math.max(0, LONGEST - request.skip());
        // What is too old is left out without any change to what is read.
        page.items().forEach(entry -> read.lookup().dependsOn(Long.toString(entry.number(Attr.ID))));
        List<EventJson> entries = read.shown(page.items().stream().limit(left).toList(), this::event);
        return new FeedPart(entries, page.next() == null || left <= request.size());
    }

    /** Whether all that an entry names is still there and may be seen. */
    private boolean isShown(Item entry, boolean publicOnly) {
        boolean shown = isSeen(entry.number(Attr.REPOSITORY_ID), publicOnly);
        if (entry.has(Attr.FORK_ID)) {
            return isSeen(entry.number(Attr.FORK_ID), publicOnly) && shown;
        }
        if (entry.has(Attr.NUMBER)) {
            ItemKey conversation = conversation(entry);
            if (read.lookup().isUnknown(conversation)) {
                read.labels().readWhole(entry.number(Attr.REPOSITORY_ID));
            }
            shown &= isThere(conversation) && (kind(entry) == ConversationKind.PULL_REQUEST || hasIssues(entry));
        }
        if (entry.has(Attr.COMMENT_ID)) {
            shown &= isThere(comment(entry));
        }
        return shown;
    }

    private boolean isThere(ItemKey key) {
        return read.lookup().mayBe(() -> read.lookup().item(key) != null);
    }

    private boolean hasIssues(Item entry) {
        Item repository = read.lookup().item(Keys.repository(entry.number(Attr.REPOSITORY_ID)));
        return repository == null || Conversations.hasIssues(repository);
    }

    private boolean isSeen(long repository, boolean publicOnly) {
        Item item = read.lookup().item(Keys.repository(repository));
        return read.visibility().canSee(repository) && !(publicOnly && item != null && isHidden(item));
    }

    private static boolean isHidden(Item repository) {
        return repository.flag(Attr.PRIVATE) || repository.has(Attr.QUARANTINED);
    }

    private static ItemKey conversation(Item entry) {
        return Keys.conversation(kind(entry), entry.number(Attr.REPOSITORY_ID), entry.number(Attr.NUMBER));
    }

    private static ConversationKind kind(Item entry) {
        return entry.string(Attr.EVENT).startsWith("PullRequest")
                ? ConversationKind.PULL_REQUEST
                : ConversationKind.ISSUE;
    }

    private static ItemKey comment(Item entry) {
        return Keys.comment(conversation(entry), entry.instant(Attr.CREATED_AT), entry.number(Attr.COMMENT_ID));
    }

    private EventJson event(Item entry) {
        SimpleUser actor = read.people().user(entry.number(Attr.ACCOUNT_ID));
        Map<String, Object> payload = payload(entry);
        Item repository = repositories.item(entry.number(Attr.REPOSITORY_ID));
        if (entry.string(Attr.EVENT).equals("CreateEvent")) {
            payload.put("ref", null);
            payload.put("ref_type", "repository");
            payload.put("master_branch", repository.string(Attr.DEFAULT_BRANCH));
            payload.put("description", repository.text(Attr.DESCRIPTION, null));
            payload.put("pusher_type", "user");
        }
        long id = repository.number(Attr.ID);
        return new EventJson(
                Long.toString(entry.number(Attr.ID)),
                isOfIssues(entry) ? "IssueCommentEvent" : entry.string(Attr.EVENT),
                EventJson.Actor.of(actor),
                EventJson.Repo.of(read.links(), new RepositoryId(id), repositories.ref(id)),
                payload,
                !isHidden(repository),
                entry.instant(Attr.CREATED_AT));
    }

    private Map<String, Object> payload(Item entry) {
        SimpleUser member = read.people().userOrNull(entry, Attr.MEMBER_ID);
        Map<String, Object> payload = new LinkedHashMap<>();
        put(payload, "action", entry.text(Attr.ACTION, null));
        if (entry.has(Attr.NUMBER)) {
            boolean isIssue = kind(entry) == ConversationKind.ISSUE || isOfIssues(entry);
            put(payload, "number", isIssue ? null : entry.number(Attr.NUMBER));
            put(
                    payload,
                    isIssue ? "issue" : "pull_request",
                    isIssue
                            ? conversations.issue(item(conversation(entry)))
                            : conversations.pull(item(conversation(entry))));
        }
        if (entry.has(Attr.COMMENT_ID)) {
            put(payload, "comment", comments.comment(item(comment(entry))));
        }
        put(payload, "member", member);
        if (entry.has(Attr.FORK_ID)) {
            put(payload, "forkee", repositories.counted(entry.number(Attr.FORK_ID)));
        }
        return payload;
    }

    /** Whether it tells of a comment on the whole of a pull request, where those are issues. */
    private boolean isOfIssues(Item entry) {
        return entry.has(Attr.COMMENT_ID) && Comments.isOf(read, ConversationKind.ISSUE, item(comment(entry)));
    }

    private Item item(ItemKey key) {
        return Objects.requireNonNull(read.lookup().item(key), "an item that is not there");
    }

    private static void put(Map<String, Object> payload, String name, @Nullable Object value) {
        if (value != null) {
            payload.put(name, value);
        }
    }
}
