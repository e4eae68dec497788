package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.forgelog.api.representation.IssueEventJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.NodeId;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.StoredKind;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/** Answers about what happened to issues. A label or milestone that is gone takes its entries along: nobody
 * knows its name. */
public final class Timelines {

    private final ReadContext read;
    private final ConversationViews conversations;
    private final CommentViews comments;

    public Timelines(ReadContext read) {
        this.read = read;
        this.conversations = new ConversationViews(read);
        this.comments = new CommentViews(read);
    }

    /** What happened to an issue, in order. */
    public Listed<IssueEventJson> ofIssue(Address address, long number, PageRequest request) {
        Page page = page(address, number, request, false);
        return read.listed(page, item -> event(item, null));
    }

    /** What happened to an issue and the comments on it, in order, each entry under the word for what it is. */
    public Listed<Map.Entry<String, Object>> timeline(Address address, long number, PageRequest request) {
        Page page = page(address, number, request, true);
        return read.listed(page, this::entry);
    }

    private Map.Entry<String, Object> entry(Item item) {
        return item.is(ItemType.COMMENT)
                ? Map.entry("commented", comments.comment(item))
                : Map.entry(item.string(Attr.EVENT), event(item, null));
    }

    private Page page(Address address, long number, PageRequest request, boolean withComments) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        read.labels().readWhole(repository);
        ItemKey issue = Conversations.require(read, ConversationKind.ISSUE, repository, number);
        Pager pager = read.pager(request, false).of(Spans.historyOf(issue));
        return (withComments ? pager.of(Spans.comments(issue)) : pager)
                .page(item -> item.is(ItemType.HISTORY)
                        ? hasItsSubject(item)
                        : Comments.isOf(read, ConversationKind.ISSUE, item));
    }

    /** The one thing of that id which happened to an issue of a repository, with its issue. */
    public IssueEventJson ofRepository(Address address, long id) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        Conversations.requireEnabled(read, ConversationKind.ISSUE, repository);
        Item entry = read.lookup().page(Range.all(Spans.historyEntry(repository, id), 1, false)).items().stream()
                .filter(item -> isShown(item, repository))
                .findFirst()
                .orElseThrow(Rejection::notFound);
        return event(entry, conversations.issue(issue(entry)));
    }

    private boolean isShown(Item entry, long repository) {
        boolean ofIssues =
                StoredKind.in(entry) == ConversationKind.ISSUE || Conversations.pullsAreIssues(read, repository);
        boolean hasSubject = hasItsSubject(entry);
        return ofIssues
                && hasSubject
                && !entry.isTombstone()
                && read.lookup().mayBe(() -> read.lookup().item(issueKey(entry)) != null);
    }

    /** What happened to all issues of a repository, newest first, each entry with its issue. */
    public Listed<IssueEventJson> ofRepository(Address address, PageRequest request) {
        long repository = read.names().repository(address);
        read.lookup().expectAsUsualOf(Keys.repository(repository));
        read.labels().readWhole(repository);
        Conversations.requireEnabled(read, ConversationKind.ISSUE, repository);
        Page page = read.pager(request, true)
                .of(Stream.of(ConversationKind.values())
                        .filter(kind ->
                                kind == ConversationKind.ISSUE || Conversations.pullsAreIssues(read, repository))
                        .map(kind -> Spans.historyOfAll(kind, repository))
                        .toList())
                .page(entry -> {
                    boolean labelled = hasItsSubject(entry);
                    return read.lookup().mayBe(() -> read.lookup().item(issueKey(entry)) != null) && labelled;
                });
        return read.listed(page, entry -> event(entry, conversations.issue(issue(entry))));
    }

    /** Whether the label or milestone that an entry tells of still exists. */
    private boolean hasItsSubject(Item entry) {
        if (entry.has(Attr.MILESTONE)) {
            return read.lookup().mayBe(() -> read.milestones().itemOf(entry) != null);
        }
        return !entry.has(Attr.LABELS)
                || read.lookup().mayBe(() -> !read.labels().itemsOf(entry).isEmpty());
    }

    private static ItemKey issueKey(Item entry) {
        return Keys.conversation(StoredKind.in(entry), entry.number(Attr.REPOSITORY_ID), entry.number(Attr.NUMBER));
    }

    private Item issue(Item entry) {
        return Objects.requireNonNull(read.lookup().item(issueKey(entry)), "an issue that is not there");
    }

    private @Nullable LabelJson label(Item entry) {
        List<LabelJson> labels =
                read.labels().of(entry, new RepositoryViews(read).ref(entry.number(Attr.REPOSITORY_ID)));
        return labels.isEmpty() ? null : labels.getFirst();
    }

    private IssueEventJson event(Item entry, @Nullable IssueJson issue) {
        SimpleUser actor = read.people().user(entry.number(Attr.ACCOUNT_ID));
        SimpleUser assignee = read.people().userOrNull(entry, Attr.MEMBER_ID);
        LabelJson label = label(entry);
        Item milestone = read.milestones().itemOf(entry);
        RepositoryRef ref = new RepositoryViews(read).ref(entry.number(Attr.REPOSITORY_ID));
        String commit = entry.text(Attr.MERGE_SHA, null);
        return new IssueEventJson(
                entry.number(Attr.ID),
                NodeId.ISSUE_EVENT.of(entry.number(Attr.ID)),
                read.links().issueEvent(ref.ownerLogin(), ref.name(), entry.number(Attr.ID)),
                actor,
                entry.string(Attr.EVENT),
                commit,
                commit == null ? null : read.links().commit(ref.ownerLogin(), ref.name(), commit),
                entry.instant(Attr.CREATED_AT),
                null,
                label == null ? null : IssueEventJson.Label.of(label),
                assignee,
                assignee == null ? null : actor,
                entry.text(Attr.LOCK_REASON, null),
                entry.text(Attr.STATE_REASON, null),
                entry.has(Attr.OLD_TITLE)
                        ? new IssueEventJson.Rename(entry.string(Attr.OLD_TITLE), entry.string(Attr.TITLE))
                        : null,
                milestone == null ? null : new IssueEventJson.Milestone(milestone.string(Attr.TITLE)),
                issue);
    }
}
