package org.forgelog.command.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.StarEvent;
import org.jspecify.annotations.Nullable;

/**
 * What events tell those who asked to be told, in the shape of GitHub's webhooks. States are those right after the event;
 * names of people and counts are those of now.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">Webhook events and payloads</a>
 */
public final class WebhookPayloads {

    /** What those hear of who listen to what a fork was made of. */
    public static final String FORK = "fork";

    /** States as they were right after an event. */
    public interface Past {

        Optional<Repository> repository(RepositoryId id);

        Optional<Issue> issue(IssueKey key);

        Optional<PullRequest> pullRequest(PullRequestKey key);

        Optional<Comment> comment(CommentId id);

        Optional<Label> label(LabelId id);

        /** Whether a comment was deleted by now. */
        boolean isGone(CommentId id);
    }

    /** Of which moment payloads tell what is deleted by now. */
    public enum Deleted {
        /** While it happens: as it was before. */
        TOLD,
        /** Long afterwards: that it was deleted, and nothing of what it said. */
        LEFT_OUT
    }

    /** Something to be told: the name of the event, its action, and all of it. */
    public record Told(String event, @Nullable String action, Map<String, Object> payload) {}

    private final ConversationPayloads conversations;
    private final RepositoryPayloads repositories;

    public WebhookPayloads(Session session, Links links, Past past, Deleted deleted) {
        PayloadParts parts = new PayloadParts(session, links, past, deleted);
        this.conversations = new ConversationPayloads(past, parts);
        this.repositories = new RepositoryPayloads(past, parts);
    }

    /**
     * What it tells everybody who sees the repository. Not what only admins hear of: rights that changed or were taken away,
     * and, of a fork, what it was made of.
     */
    public List<Told> forEverybody(DomainEvent event) {
        return switch (event) {
            case CollaboratorEvent.CollaboratorPermissionChanged e -> List.of();
            case CollaboratorEvent.CollaboratorRemoved e -> List.of();
            default ->
                of(event).stream().filter(told -> !told.event().equals(FORK)).toList();
        };
    }

    /** What an event of the log tells; nothing where GitHub has no word for it. */
    public List<Told> of(DomainEvent event) {
        return switch (event) {
            case IssueEvent e -> conversations.of(e);
            case PullRequestEvent e -> conversations.of(e);
            case CommentEvent e -> conversations.of(e);
            case LabelEvent e -> repositories.of(e);
            case MilestoneEvent e -> repositories.of(e);
            case StarEvent e -> repositories.of(e);
            case RepositoryEvent e -> repositories.of(e);
            case MemberAdded e ->
                repositories.member(
                        "member_added", e.accountId(), e.memberId(), e.role().word());
            case MemberRemoved e -> repositories.member("member_removed", e.accountId(), e.memberId(), null);
            default -> List.of();
        };
    }
}
