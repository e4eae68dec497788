package org.forgelog.query.read;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.api.representation.IssueInRepositoryJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.IssueView;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.PullRequestJson;
import org.forgelog.api.representation.PullRequestView;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.TriageView;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Issues and pull requests as clients see them, from their items or from the copies of them in an index. Whatever a
 * representation needs is asked for before anything that it cannot be made without.
 */
final class ConversationViews {

    private final ReadContext read;
    private final RepositoryViews repositories;

    ConversationViews(ReadContext read) {
        this.read = read;
        this.repositories = new RepositoryViews(read);
    }

    /** An issue, or a pull request where it is one. */
    IssueJson issue(Item item) {
        Common common = common(item);
        RepositoryRef ref = repositories.ref(item.number(Attr.REPOSITORY_ID));
        return IssueJson.of(
                read.links(),
                new IssueView(
                        ref,
                        new IssueKey(repositoryId(item), item.number(Attr.NUMBER)),
                        item.number(Attr.ID),
                        common.author,
                        common.association,
                        item.string(Attr.TITLE),
                        common.body,
                        item.flag(Attr.OPEN),
                        item.text(Attr.STATE_REASON, null),
                        item.instantOrNull(Attr.CLOSED_AT),
                        read.people().userOrNull(item, Attr.CLOSED_BY),
                        triage(item, common, ref),
                        item.instant(Attr.CREATED_AT),
                        item.instant(Attr.UPDATED_AT),
                        ReactionTotals.of(item),
                        item.number(Attr.COMMENTS, 0),
                        isPull(item)
                                ? new IssueView.AsPullRequest(item.flag(Attr.DRAFT), item.instantOrNull(Attr.MERGED_AT))
                                : null));
    }

    /** The same with the repository that it is in. */
    IssueInRepositoryJson issueInRepository(Item item) {
        RepositoryJson repository = repositories.counted(item.number(Attr.REPOSITORY_ID));
        return new IssueInRepositoryJson(issue(item), repository);
    }

    /** Whether it is a pull request, be it shown as one or as an issue. */
    static boolean isPull(Item item) {
        return item.is(ItemType.PULL_REQUEST) || item.is(ItemType.PULL_EDGE);
    }

    PullRequestJson pull(Item item) {
        return PullRequestJson.of(read.links(), view(item));
    }

    PullRequestJson simplePull(Item item) {
        return PullRequestJson.simple(read.links(), view(item));
    }

    /** An issue or a pull request, in a list of both under the word that tells them apart. */
    Map.Entry<String, Object> typed(Item item) {
        return Map.entry(item.is(ItemType.ISSUE) ? "issue" : "pull_request", either(item));
    }

    /** An issue or a pull request. */
    Object either(Item item) {
        return item.is(ItemType.ISSUE) ? issue(item) : simplePull(item);
    }

    /** The labels that an issue or pull request carries. */
    List<LabelJson> labels(Item item) {
        return read.labels().of(item, repositories.ref(item.number(Attr.REPOSITORY_ID)));
    }

    private record Common(
            SimpleUser author, AuthorAssociation association, List<SimpleUser> assignees, @Nullable String body) {}

    private Common common(Item item) {
        read.people().userOrNull(item, Attr.CLOSED_BY);
        read.labels().itemsOf(item);
        read.milestones().itemOf(item);
        return new Common(
                read.people().user(item.number(Attr.AUTHOR_ID)),
                read.visibility().associationOf(item),
                item.numbers(Attr.ASSIGNEES).stream()
                        .map(read.people()::present)
                        .filter(Objects::nonNull)
                        .toList(),
                body(item));
    }

    private TriageView triage(Item item, Common common, RepositoryRef ref) {
        String reason = item.text(Attr.LOCK_REASON, null);
        return new TriageView(
                read.labels().of(item, ref),
                common.assignees,
                item.flag(Attr.LOCKED),
                reason == null ? null : LockReason.of(reason),
                read.milestones().of(item));
    }

    private PullRequestView view(Item item) {
        Common common = common(item);
        SimpleUser mergedBy = read.people().userOrNull(item, Attr.MERGED_BY);
        Branch head = branch(item, Attr.HEAD);
        Branch base = branch(item, Attr.BASE);
        SimpleUser headOwner = read.people().user(head.ownerId().value());
        long id = item.number(Attr.REPOSITORY_ID);
        boolean inside = head.repositoryId().value() == id;
        RepositoryJson elsewhere =
                inside ? null : repositories.elsewhere(head.repositoryId().value());
        RepositoryJson repository = repositories.counted(id);
        RepositoryRef ref = repositories.ref(id);
        return new PullRequestView(
                ref,
                new PullRequestKey(repositoryId(item), item.number(Attr.NUMBER)),
                item.number(Attr.ID),
                common.author,
                common.association,
                item.string(Attr.TITLE),
                common.body,
                head,
                headOwner(item, repository.owner().id()) == repository.owner().id() ? repository.owner() : headOwner,
                inside ? repository : elsewhere,
                base,
                repository.owner(),
                repository,
                item.flag(Attr.DRAFT),
                item.flag(Attr.MAINTAINER_CAN_MODIFY),
                item.flag(Attr.OPEN),
                item.instantOrNull(Attr.CLOSED_AT),
                item.text(Attr.MERGE_SHA, null),
                item.instantOrNull(Attr.MERGED_AT),
                mergedBy,
                triage(item, common, ref),
                item.instant(Attr.CREATED_AT),
                item.instant(Attr.UPDATED_AT),
                ReactionTotals.of(item),
                item.number(Attr.COMMENTS, 0),
                item.number(Attr.REVIEW_COMMENTS, 0));
    }

    private @Nullable String body(Item item) {
        if (!item.flag(Attr.LONG_BODY)) {
            return item.text(Attr.BODY, null);
        }
        Item body = read.lookup().item(Keys.body(key(item)));
        return body == null ? null : body.text(Attr.BODY, null);
    }

    /** The key of the issue or pull request itself, whichever copy of it {@code item} is. */
    private static ItemKey key(Item item) {
        return Keys.conversation(
                isPull(item) ? ConversationKind.PULL_REQUEST : ConversationKind.ISSUE,
                item.number(Attr.REPOSITORY_ID),
                item.number(Attr.NUMBER));
    }

    private static RepositoryId repositoryId(Item item) {
        return new RepositoryId(item.number(Attr.REPOSITORY_ID));
    }

    /**
     * Whose a pull request's head is: a branch of the repository itself is its present owner's, wherever it was
     * transferred from, but one of somebody who has no fork is not.
     *
     * @param owner who owns the repository now
     */
    static long headOwner(Item pull, long owner) {
        Branch head = branch(pull, Attr.HEAD);
        boolean own = head.repositoryId().equals(repositoryId(pull))
                && head.ownerId().equals(branch(pull, Attr.BASE).ownerId());
        return own ? owner : head.ownerId().value();
    }

    static Branch branch(Item item, String attribute) {
        Map<String, AttributeValue> branch = item.map(attribute);
        return new Branch(
                new AccountId(Long.parseLong(value(branch, "owner").n())),
                new RepositoryId(Long.parseLong(value(branch, "repo").n())),
                value(branch, "ref").s(),
                value(branch, "sha").s());
    }

    private static AttributeValue value(Map<String, AttributeValue> map, String name) {
        AttributeValue value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("a branch without " + name);
        }
        return value;
    }
}
