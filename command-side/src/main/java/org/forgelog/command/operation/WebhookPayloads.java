package org.forgelog.command.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.LabelRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.conversation.ConversationKind;
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
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.jspecify.annotations.Nullable;

/**
 * What events tell those who asked to be told, in the shape of GitHub's webhooks. States are those right after the event;
 * names of people and counts are those of now.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">Webhook events and payloads</a>
 */
public final class WebhookPayloads {

    /** States as they were right after an event. */
    public interface Past {

        Optional<Repository> repository(RepositoryId id);

        Optional<Issue> issue(IssueKey key);

        Optional<PullRequest> pullRequest(PullRequestKey key);

        Optional<Comment> comment(CommentId id);

        Optional<Label> label(LabelId id);
    }

    /** Something to be told: the name of the event, its action, and all of it. */
    public record Told(String event, @Nullable String action, Map<String, Object> payload) {}

    private final Session session;
    private final Links links;
    private final Past past;
    private final Representations representations;

    public WebhookPayloads(Session session, Links links, Past past) {
        this.session = session;
        this.links = links;
        this.past = past;
        this.representations = new Representations(session, links, Caller.ANONYMOUS, past::repository);
    }

    /** What an event of the log tells; nothing where GitHub has no word for it. */
    public List<Told> of(DomainEvent event) {
        return switch (event) {
            case IssueEvent e -> of(e);
            case PullRequestEvent e -> of(e);
            case CommentEvent e -> of(e);
            case LabelEvent e -> of(e);
            case MilestoneEvent e -> of(e);
            case StarEvent e -> of(e);
            case RepositoryEvent e -> of(e);
            case MemberAdded e ->
                member("member_added", e.accountId(), e.memberId(), e.role().word());
            case MemberRemoved e -> member("member_removed", e.accountId(), e.memberId(), null);
            default -> List.of();
        };
    }

    private List<Told> of(IssueEvent event) {
        Issue issue = past.issue(event.key()).orElseThrow();
        RepositoryRow repository = row(event.repositoryId());
        Told told = told("issues", null, repository, Map.of("issue", representations.issue(issue, repository)));
        return switch (event) {
            case IssueEvent.IssueOpened e -> one(told, "opened", e.authorId());
            case IssueEvent.IssueEdited e ->
                one(with(told, "changes", changes(e.oldTitle(), e.body() != null)), "edited", e.editedBy());
            case IssueEvent.IssueClosed e -> one(told, "closed", e.closedBy());
            case IssueEvent.IssueCloseReasonChanged e -> one(told, "closed", e.changedBy());
            case IssueEvent.IssueReopened e -> one(told, "reopened", e.reopenedBy());
            case IssueEvent.IssueLabelled e -> labels(told, "labeled", e.labelIds(), repository, e.labelledBy());
            case IssueEvent.IssueUnlabelled e -> labels(told, "unlabeled", e.labelIds(), repository, e.unlabelledBy());
            case IssueEvent.IssueAssigned e -> people(told, "assigned", e.assigneeIds(), e.assignedBy());
            case IssueEvent.IssueUnassigned e -> people(told, "unassigned", e.assigneeIds(), e.unassignedBy());
            case IssueEvent.IssueLocked e -> one(told, "locked", e.lockedBy());
            case IssueEvent.IssueUnlocked e -> one(told, "unlocked", e.unlockedBy());
            case IssueEvent.IssueMilestoned e ->
                one(planned(told, e.milestone(), repository), "milestoned", e.milestonedBy());
            case IssueEvent.IssueDemilestoned e ->
                one(planned(told, e.milestone(), repository), "demilestoned", e.demilestonedBy());
        };
    }

    private List<Told> of(PullRequestEvent event) {
        PullRequestKey key = event.key();
        PullRequest pull = past.pullRequest(key).orElseThrow();
        RepositoryRow repository = row(key.repositoryId());
        Told told = told(
                "pull_request",
                null,
                repository,
                Map.of("number", key.number(), "pull_request", representations.pullRequest(pull, repository)));
        return switch (event) {
            case PullRequestEvent.PullRequestOpened e -> one(told, "opened", e.authorId());
            case PullRequestEvent.PullRequestEdited e ->
                one(with(told, "changes", changes(null, e.body() != null)), "edited", e.editedBy());
            case PullRequestEvent.PullRequestClosed e -> one(told, "closed", e.closedBy());
            case PullRequestEvent.PullRequestMerged e -> one(told, "closed", e.mergedBy());
            case PullRequestEvent.PullRequestReopened e -> one(told, "reopened", e.reopenedBy());
            case PullRequestEvent.PullRequestLabelled e ->
                labels(told, "labeled", e.labelIds(), repository, e.labelledBy());
            case PullRequestEvent.PullRequestUnlabelled e ->
                labels(told, "unlabeled", e.labelIds(), repository, e.unlabelledBy());
            case PullRequestEvent.PullRequestAssigned e -> people(told, "assigned", e.assigneeIds(), e.assignedBy());
            case PullRequestEvent.PullRequestUnassigned e ->
                people(told, "unassigned", e.assigneeIds(), e.unassignedBy());
            case PullRequestEvent.PullRequestLocked e -> one(told, "locked", e.lockedBy());
            case PullRequestEvent.PullRequestUnlocked e -> one(told, "unlocked", e.unlockedBy());
            case PullRequestEvent.PullRequestMilestoned e ->
                one(planned(told, e.milestone(), repository), "milestoned", e.milestonedBy());
            case PullRequestEvent.PullRequestDemilestoned e ->
                one(planned(told, e.milestone(), repository), "demilestoned", e.demilestonedBy());
        };
    }

    private List<Told> of(CommentEvent event) {
        Comment comment = past.comment(event.commentId()).orElseThrow();
        RepositoryRow repository = row(comment.place().repositoryId());
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("comment", representations.comment(comment, repository));
        boolean review = comment.anchor() != null || !repository.pullsAreIssues();
        boolean onPull = comment.place().conversation() == ConversationKind.PULL_REQUEST;
        long number = comment.place().number();
        if (onPull) {
            PullRequest pull = past.pullRequest(new PullRequestKey(repository.id(), number))
                    .orElseThrow();
            if (review) {
                about.put("pull_request", representations.pullRequest(pull, repository));
            } else {
                about.put("issue", representations.issue(pull, repository));
            }
        } else {
            Issue issue = past.issue(new IssueKey(repository.id(), number)).orElseThrow();
            about.put("issue", representations.issue(issue, repository));
        }
        String name = onPull && review ? "pull_request_review_comment" : "issue_comment";
        Told told = told(name, null, repository, about);
        return switch (event) {
            case CommentWritten e -> one(told, "created", e.authorId());
            case CommentEdited e -> one(with(told, "changes", changes(null, true)), "edited", e.editedBy());
            case CommentDeleted e -> one(told, "deleted", e.deletedBy());
        };
    }

    private List<Told> of(LabelEvent event) {
        RepositoryRow repository = row(event.repositoryId());
        Told told = told("label", null, repository, Map.of("label", label(event.labelId(), repository)));
        return switch (event) {
            case LabelEvent.LabelCreated e -> one(told, "created", e.createdBy());
            case LabelEvent.LabelEdited e -> one(with(told, "changes", Map.of()), "edited", e.editedBy());
            case LabelEvent.LabelDeleted e -> one(told, "deleted", e.deletedBy());
        };
    }

    private List<Told> of(MilestoneEvent event) {
        RepositoryRow repository = row(event.repositoryId());
        Told told = planned(told("milestone", null, repository, Map.of()), event.number(), repository);
        return switch (event) {
            case MilestoneEvent.MilestoneCreated e -> one(told, "created", e.createdBy());
            case MilestoneEvent.MilestoneEdited e -> one(with(told, "changes", Map.of()), "edited", e.editedBy());
            case MilestoneEvent.MilestoneClosed e -> one(told, "closed", e.closedBy());
            case MilestoneEvent.MilestoneReopened e -> one(told, "opened", e.reopenedBy());
            case MilestoneEvent.MilestoneDeleted e -> one(told, "deleted", e.deletedBy());
        };
    }

    /** With the milestone as it is now; one that is deleted is told by its number. */
    private Told planned(Told told, long milestone, RepositoryRow repository) {
        Object shown = representations.milestone(milestone, repository);
        return with(told, "milestone", shown == null ? Map.of("number", milestone) : shown);
    }

    private List<Told> of(StarEvent event) {
        RepositoryRow repository = row(event.repositoryId());
        if (event instanceof RepositoryStarred starred) {
            Map<String, Object> about = Map.of("starred_at", starred.starredAt());
            return List.of(
                    by(told("star", "created", repository, about), starred.accountId()),
                    by(told("watch", "started", repository, Map.of()), starred.accountId()));
        }
        return one(told("star", null, repository, Map.of()), "deleted", event.accountId());
    }

    private List<Told> of(RepositoryEvent event) {
        RepositoryRow repository = row(event.repositoryId());
        AccountId owner = repository.owner().id();
        Told told = told("repository", null, repository, Map.of());
        return switch (event) {
            case RepositoryEvent.RepositoryCreated e -> created(told, e, repository);
            case RepositoryEvent.RepositoryEdited e -> edited(told, e, owner);
            case RepositoryEvent.RepositoryRenamed e ->
                one(
                        with(told, "changes", Map.of("repository", Map.of("name", Map.of("from", e.oldName())))),
                        "renamed",
                        owner);
            case RepositoryEvent.RepositoryOwnerRenamed e -> List.of();
            case RepositoryEvent.RepositoryTransferred e -> one(told, "transferred", e.transferredBy());
            case RepositoryEvent.RepositoryArchived e -> one(told, "archived", owner);
            case RepositoryEvent.RepositoryUnarchived e -> one(told, "unarchived", owner);
            case RepositoryEvent.RepositoryDeleted e -> one(told, "deleted", owner);
            case RepositoryEvent.TopicsReplaced e -> one(told, "edited", e.replacedBy());
            case CollaboratorEvent e -> collaborator(e, repository);
        };
    }

    /** A fork is also told to those who listen to what it was made of. */
    private List<Told> created(Told told, RepositoryEvent.RepositoryCreated e, RepositoryRow repository) {
        List<Told> all = new ArrayList<>(one(told, "created", e.createdBy()));
        if (e.fork() != null && past.repository(e.fork().parentId()).isPresent()) {
            RepositoryRow parent = row(e.fork().parentId());
            all.add(by(told("fork", null, parent, Map.of("forkee", json(repository))), e.createdBy()));
        }
        return all;
    }

    private List<Told> edited(Told told, RepositoryEvent.RepositoryEdited e, AccountId owner) {
        Boolean isPrivate = e.changes().isPrivate();
        if (isPrivate == null) {
            return one(with(told, "changes", Map.of()), "edited", owner);
        }
        List<Told> all = new ArrayList<>(one(told, isPrivate ? "privatized" : "publicized", owner));
        if (!isPrivate) {
            all.add(by(new Told("public", null, told.payload), owner));
        }
        return all;
    }

    private List<Told> collaborator(CollaboratorEvent event, RepositoryRow repository) {
        Told told = told("member", null, repository, Map.of());
        return switch (event) {
            case CollaboratorEvent.CollaboratorAdded e ->
                one(with(told, "member", mention(e.accountId())), "added", e.addedBy());
            case CollaboratorEvent.CollaboratorPermissionChanged e ->
                one(with(told, "member", mention(e.accountId())), "edited", e.changedBy());
            case CollaboratorEvent.CollaboratorRemoved e ->
                one(with(told, "member", mention(e.accountId())), "removed", e.removedBy());
        };
    }

    private List<Told> member(String action, AccountId organization, AccountId member, @Nullable String role) {
        AccountRow row = account(organization);
        Map<String, Object> membership = new LinkedHashMap<>();
        membership.put("user", mention(member));
        if (role != null) {
            membership.put("role", role);
            membership.put("state", "active");
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", action);
        payload.put("membership", membership);
        payload.put("organization", organization(row));
        payload.put("sender", mention(member));
        return List.of(new Told("organization", action, payload));
    }

    private List<Told> labels(Told told, String action, List<LabelId> ids, RepositoryRow repository, AccountId by) {
        return ids.stream()
                .map(id -> by(with(acting(told, action), "label", label(id, repository)), by))
                .toList();
    }

    private List<Told> people(Told told, String action, List<AccountId> ids, AccountId by) {
        return ids.stream()
                .map(id -> by(with(acting(told, action), "assignee", mention(id)), by))
                .toList();
    }

    private static Map<String, Object> changes(@Nullable String oldTitle, boolean body) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (oldTitle != null) {
            changes.put("title", Map.of("from", oldTitle));
        }
        if (body) {
            // What it was before, events do not say.
            changes.put("body", Map.of());
        }
        return changes;
    }

    private List<Told> one(Told told, String action, AccountId by) {
        return List.of(by(acting(told, action), by));
    }

    private static Told acting(Told told, String action) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", action);
        payload.putAll(told.payload);
        return new Told(told.event, action, payload);
    }

    private static Told with(Told told, String field, Object value) {
        Map<String, Object> payload = new LinkedHashMap<>(told.payload);
        payload.put(field, value);
        return new Told(told.event, told.action, payload);
    }

    private Told by(Told told, AccountId sender) {
        return with(told, "sender", mention(sender));
    }

    private Told told(String event, @Nullable String action, RepositoryRow repository, Map<String, Object> about) {
        Map<String, Object> payload = new LinkedHashMap<>();
        if (action != null) {
            payload.put("action", action);
        }
        payload.putAll(about);
        payload.put("repository", json(repository));
        if (repository.owner().kind() == AccountKind.ORGANIZATION) {
            payload.put("organization", organization(repository.owner()));
        }
        return new Told(event, action, payload);
    }

    private Object json(RepositoryRow repository) {
        return representations.part(past.repository(repository.id()).orElseThrow(), repository);
    }

    /** A repository as it was, seen by nobody in particular. */
    private RepositoryRow row(RepositoryId id) {
        Repository state = past.repository(id).orElseThrow();
        RepositoryRow row = new RepositoryRow(
                id,
                account(state.ownerId()),
                state.name(),
                state.settings().isPrivate(),
                state.archived(),
                state.settings().flag(RepositoryFlag.HAS_ISSUES),
                state.fork() == null ? null : state.fork().sourceId(),
                state.settings().flag(RepositoryFlag.ALLOW_FORKING),
                state.settings().flag(RepositoryFlag.HAS_PULL_REQUESTS),
                false,
                state.numbering(),
                null);
        return row.judged(session.directory().rights().access(row, null));
    }

    private Object label(LabelId id, RepositoryRow repository) {
        LabelRow now = session.directory().labels(List.of(id)).get(id);
        Label then = past.label(id).orElse(null);
        String name = then != null ? then.name() : now != null ? now.name() : "";
        String color = then != null ? then.color() : now != null ? now.color() : "";
        String description = then != null ? then.description() : now != null ? now.description() : null;
        return LabelJson.of(links, repository.ref(), id, name, color, description);
    }

    private Object mention(AccountId id) {
        return account(id).mention(links);
    }

    private AccountRow account(AccountId id) {
        return session.directory().account(id).orElseThrow();
    }

    private Object organization(AccountRow row) {
        return OrganizationSimpleJson.of(links, row.id(), row.login(), null);
    }
}
