package org.forgelog.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.star.StarEvent;
import org.jspecify.annotations.Nullable;

/**
 * The names that events are stored under. A class may be renamed or moved at will; its alias stays, and its revision
 * grows with every change of its JSON (with an {@link Upcaster} for each step).
 */
final class EventTypes {

    /** A stored type: its alias and the revision that this program writes. */
    record EventType(String alias, int revision, Class<? extends DomainEvent> eventClass) {}

    private static final Map<String, EventType> BY_ALIAS = new LinkedHashMap<>();
    private static final Map<Class<?>, EventType> BY_CLASS = new LinkedHashMap<>();

    static {
        type("account-registered", 1, AccountEvent.AccountRegistered.class);
        type("profile-edited", 1, AccountEvent.ProfileEdited.class);
        type("account-renamed", 1, AccountEvent.AccountRenamed.class);
        type("account-suspended", 1, AccountEvent.AccountSuspended.class);
        type("account-unsuspended", 1, AccountEvent.AccountUnsuspended.class);
        type("account-promoted", 1, AccountEvent.AccountPromoted.class);
        type("account-demoted", 1, AccountEvent.AccountDemoted.class);
        type("account-deleted", 1, AccountEvent.AccountDeleted.class);
        type("token-issued", 1, AccountEvent.TokenIssued.class);
        type("token-revoked", 1, AccountEvent.TokenRevoked.class);
        type("organization-edited", 1, AccountEvent.OrganizationEdited.class);
        type("member-added", 1, AccountEvent.MemberAdded.class);
        type("member-role-changed", 1, AccountEvent.MemberRoleChanged.class);
        type("member-removed", 1, AccountEvent.MemberRemoved.class);
        type("repository-created", 2, RepositoryEvent.RepositoryCreated.class);
        type("repository-edited", 1, RepositoryEvent.RepositoryEdited.class);
        type("repository-renamed", 1, RepositoryEvent.RepositoryRenamed.class);
        type("repository-owner-renamed", 1, RepositoryEvent.RepositoryOwnerRenamed.class);
        type("repository-transferred", 1, RepositoryEvent.RepositoryTransferred.class);
        type("repository-archived", 1, RepositoryEvent.RepositoryArchived.class);
        type("repository-unarchived", 1, RepositoryEvent.RepositoryUnarchived.class);
        type("repository-deleted", 1, RepositoryEvent.RepositoryDeleted.class);
        type("topics-replaced", 1, RepositoryEvent.TopicsReplaced.class);
        type("collaborator-added", 1, RepositoryEvent.CollaboratorAdded.class);
        type("collaborator-permission-changed", 1, RepositoryEvent.CollaboratorPermissionChanged.class);
        type("collaborator-removed", 1, RepositoryEvent.CollaboratorRemoved.class);
        type("label-created", 1, LabelEvent.LabelCreated.class);
        type("label-edited", 1, LabelEvent.LabelEdited.class);
        type("label-deleted", 1, LabelEvent.LabelDeleted.class);
        type("issue-opened", 1, IssueEvent.IssueOpened.class);
        type("issue-edited", 2, IssueEvent.IssueEdited.class);
        type("issue-closed", 2, IssueEvent.IssueClosed.class);
        type("issue-close-reason-changed", 1, IssueEvent.IssueCloseReasonChanged.class);
        type("issue-reopened", 1, IssueEvent.IssueReopened.class);
        type("issue-labelled", 1, IssueEvent.IssueLabelled.class);
        type("issue-unlabelled", 1, IssueEvent.IssueUnlabelled.class);
        type("issue-assigned", 1, IssueEvent.IssueAssigned.class);
        type("issue-unassigned", 1, IssueEvent.IssueUnassigned.class);
        type("issue-locked", 1, IssueEvent.IssueLocked.class);
        type("issue-unlocked", 1, IssueEvent.IssueUnlocked.class);
        type("pull-request-opened", 1, PullRequestEvent.PullRequestOpened.class);
        type("pull-request-edited", 1, PullRequestEvent.PullRequestEdited.class);
        type("pull-request-closed", 1, PullRequestEvent.PullRequestClosed.class);
        type("pull-request-reopened", 1, PullRequestEvent.PullRequestReopened.class);
        type("pull-request-merged", 1, PullRequestEvent.PullRequestMerged.class);
        type("pull-request-labelled", 1, PullRequestEvent.PullRequestLabelled.class);
        type("pull-request-unlabelled", 1, PullRequestEvent.PullRequestUnlabelled.class);
        type("pull-request-assigned", 1, PullRequestEvent.PullRequestAssigned.class);
        type("pull-request-unassigned", 1, PullRequestEvent.PullRequestUnassigned.class);
        type("pull-request-locked", 1, PullRequestEvent.PullRequestLocked.class);
        type("pull-request-unlocked", 1, PullRequestEvent.PullRequestUnlocked.class);
        type("comment-written", 1, CommentEvent.CommentWritten.class);
        type("comment-edited", 1, CommentEvent.CommentEdited.class);
        type("comment-deleted", 1, CommentEvent.CommentDeleted.class);
        type("reaction-added", 1, ReactionEvent.ReactionAdded.class);
        type("reaction-withdrawn", 1, ReactionEvent.ReactionWithdrawn.class);
        type("repository-starred", 1, StarEvent.RepositoryStarred.class);
        type("repository-unstarred", 1, StarEvent.RepositoryUnstarred.class);
    }

    private EventTypes() {}

    private static void type(String alias, int revision, Class<? extends DomainEvent> eventClass) {
        EventType type = new EventType(alias, revision, eventClass);
        if (BY_ALIAS.put(alias, type) != null || BY_CLASS.put(eventClass, type) != null) {
            throw new IllegalStateException("stored twice: " + alias);
        }
    }

    static @Nullable EventType ofAlias(String alias) {
        return BY_ALIAS.get(alias);
    }

    static EventType of(DomainEvent event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("no stored name for " + event.getClass());
        }
        return type;
    }

    /** Every alias there is. */
    static Set<String> aliases() {
        return BY_ALIAS.keySet();
    }
}
