package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.api.http.ApiJson;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorPermissionChanged;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorRemoved;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryArchived;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryUnarchived;
import org.forgelog.domain.repository.RepositoryEvent.TopicsReplaced;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.projector.ItemMutation.Expected;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.FeedPage;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries of the feeds: what happened, to what, by whom. They hold ids alone, so that a feed shows everything as it is
 * now and nothing that its reader must not see. An entry is never changed, and forgotten after {@link FeedPage#LIFE}.
 */
public final class FeedProjector {

    private static final JsonMapper METADATA = ApiJson.mapper();

    private FeedProjector() {}

    /** The entry that {@code event} makes, if any. What was long ago when it was stored makes none. */
    public static List<ItemMutation> mutations(StoredEvent stored, DomainEvent event) {
        Item entry = entry(stored, event);
        return entry == null
                        || entry.instant(Attr.CREATED_AT)
                                .isBefore(stored.appendedAt().minus(FeedPage.LIFE))
                ? List.of()
                : List.of(new ItemMutation(
                        FeedPage.key(entry), Expected.MOSTLY_ABSENT, page -> FeedPage.with(page, entry)));
    }

    /** Families and their events are all named, so that a new event does not compile until it is known what it tells. */
    private static @Nullable Item entry(StoredEvent stored, DomainEvent event) {
        long position = stored.position();
        return switch (event) {
            case RepositoryEvent e -> ofRepository(stored, e);
            case IssueEvent e -> ofIssue(position, e);
            case PullRequestEvent e -> ofPullRequest(position, e);
            case CommentEvent e ->
                switch (e) {
                    case CommentWritten written -> commented(position, written);
                    case CommentEdited edited -> null;
                    case CommentDeleted deleted -> null;
                };
            case StarEvent e ->
                switch (e) {
                    case RepositoryStarred starred ->
                        of(
                                position,
                                "WatchEvent",
                                "started",
                                starred.repositoryId(),
                                starred.accountId(),
                                starred.starredAt());
                    case RepositoryUnstarred unstarred -> null;
                };
            case AccountEvent e -> null;
            case InvitationEvent e -> null;
            case SubscriptionEvent e -> null;
            case LabelEvent e -> null;
            case MilestoneEvent e -> null;
            case ReactionEvent e -> null;
            default -> throw Projectors.unknown(event);
        };
    }

    private static @Nullable Item ofRepository(StoredEvent stored, RepositoryEvent event) {
        return switch (event) {
            case RepositoryCreated e -> created(stored.position(), e);
            case RepositoryEdited e -> edited(stored, e);
            case CollaboratorAdded e ->
                of(stored.position(), "MemberEvent", "added", e.repositoryId(), e.addedBy(), e.addedAt())
                        .with(Attr.MEMBER_ID, e.accountId().value());
            case CollaboratorPermissionChanged e -> null;
            case CollaboratorRemoved e -> null;
            case RepositoryRenamed e -> null;
            case RepositoryOwnerRenamed e -> null;
            case RepositoryTransferred e -> null;
            case RepositoryArchived e -> null;
            case RepositoryUnarchived e -> null;
            case RepositoryDeleted e -> null;
            case TopicsReplaced e -> null;
        };
    }

    private static @Nullable Item ofIssue(long position, IssueEvent event) {
        return switch (event) {
            case IssueOpened e -> issue(position, "opened", e.repositoryId(), e.number(), e.authorId(), e.openedAt());
            case IssueClosed e -> issue(position, "closed", e.repositoryId(), e.number(), e.closedBy(), e.closedAt());
            case IssueReopened e ->
                issue(position, "reopened", e.repositoryId(), e.number(), e.reopenedBy(), e.reopenedAt());
            case IssueEdited e -> null;
            case IssueCloseReasonChanged e -> null;
            case IssueEvent.TriageEvent e -> null;
        };
    }

    private static @Nullable Item ofPullRequest(long position, PullRequestEvent event) {
        return switch (event) {
            case PullRequestOpened e ->
                pull(position, "opened", e.repositoryId(), e.number(), e.authorId(), e.openedAt());
            case PullRequestClosed e ->
                pull(position, "closed", e.repositoryId(), e.number(), e.closedBy(), e.closedAt());
            case PullRequestMerged e ->
                pull(position, "closed", e.repositoryId(), e.number(), e.mergedBy(), e.mergedAt());
            case PullRequestReopened e ->
                pull(position, "reopened", e.repositoryId(), e.number(), e.reopenedBy(), e.reopenedAt());
            case PullRequestEdited e -> null;
            case PullRequestEvent.TriageEvent e -> null;
        };
    }

    /** A fork is an entry of the repository that it was made of. */
    private static Item created(long position, RepositoryCreated e) {
        return e.fork() == null
                ? of(position, "CreateEvent", null, e.repositoryId(), e.createdBy(), e.createdAt())
                : of(position, "ForkEvent", null, e.fork().parentId(), e.createdBy(), e.createdAt())
                        .with(Attr.FORK_ID, e.repositoryId().value());
    }

    /** Only that it became public, and only where it is known who did it: the event does not say, its metadata do. */
    private static @Nullable Item edited(StoredEvent stored, RepositoryEdited e) {
        if (!Boolean.FALSE.equals(e.changes().isPrivate())) {
            return null;
        }
        String actor = METADATA.readTree(stored.metadata()).path("actor").asString("");
        return actor.matches("a:[0-9]{1,16}")
                ? of(
                        stored.position(),
                        "PublicEvent",
                        null,
                        e.repositoryId(),
                        new AccountId(Long.parseLong(actor.substring(2))),
                        e.editedAt())
                : null;
    }

    private static Item issue(
            long position, String action, RepositoryId repository, long number, AccountId actor, Instant at) {
        return of(position, "IssuesEvent", action, repository, actor, at).with(Attr.NUMBER, number);
    }

    private static Item pull(
            long position, String action, RepositoryId repository, long number, AccountId actor, Instant at) {
        return of(position, "PullRequestEvent", action, repository, actor, at).with(Attr.NUMBER, number);
    }

    private static Item commented(long position, CommentWritten e) {
        String type =
                switch (e.place().conversation()) {
                    case ISSUE -> "IssueCommentEvent";
                    case PULL_REQUEST -> "PullRequestReviewCommentEvent";
                };
        return of(position, type, "created", e.place().repositoryId(), e.authorId(), e.writtenAt())
                .with(Attr.NUMBER, e.place().number())
                .with(Attr.COMMENT_ID, e.commentId().value());
    }

    private static Item of(
            long position, String type, @Nullable String action, RepositoryId repository, AccountId actor, Instant at) {
        return Item.read(Map.of())
                .with(Attr.ID, position)
                .with(Attr.EVENT, type)
                .with(Attr.ACTION, action)
                .with(Attr.REPOSITORY_ID, repository.value())
                .with(Attr.ACCOUNT_ID, actor.value())
                .with(Attr.CREATED_AT, at);
    }
}
