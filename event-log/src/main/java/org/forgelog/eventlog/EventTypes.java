package org.forgelog.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

/**
 * The names that events are stored under. A class may be renamed or moved at will; its alias stays, and its revision
 * grows with every change of its JSON (with an {@link Upcaster} for each step).
 */
final class EventTypes {

    /**
     * A stored type.
     *
     * @param revision the one that this program writes
     * @param concernsRights whether such an event may say who sees or does what
     */
    record EventType(String alias, int revision, Class<? extends DomainEvent> eventClass, boolean concernsRights) {}

    private static final Map<String, EventType> BY_ALIAS = new LinkedHashMap<>();
    private static final Map<Class<?>, EventType> BY_CLASS = new LinkedHashMap<>();

    static {
        type("account-registered", 1, AccountEvent.AccountRegistered.class);
        apartFromRights("profile-edited", 1, AccountEvent.ProfileEdited.class);
        apartFromRights("emails-added", 1, AccountEvent.EmailsAdded.class);
        apartFromRights("emails-removed", 1, AccountEvent.EmailsRemoved.class);
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
        type("membership-concealed", 1, AccountEvent.MembershipConcealed.class);
        type("membership-publicized", 1, AccountEvent.MembershipPublicized.class);
        type("repository-created", 3, RepositoryEvent.RepositoryCreated.class);
        type("repository-edited", 1, RepositoryEvent.RepositoryEdited.class);
        type("repository-renamed", 2, RepositoryEvent.RepositoryRenamed.class);
        type("repository-owner-renamed", 2, RepositoryEvent.RepositoryOwnerRenamed.class);
        type("repository-transferred", 1, RepositoryEvent.RepositoryTransferred.class);
        type("repository-archived", 1, RepositoryEvent.RepositoryArchived.class);
        type("repository-unarchived", 1, RepositoryEvent.RepositoryUnarchived.class);
        type("repository-deleted", 1, RepositoryEvent.RepositoryDeleted.class);
        apartFromRights("topics-replaced", 1, RepositoryEvent.TopicsReplaced.class);
        type("collaborator-added", 1, RepositoryEvent.CollaboratorAdded.class);
        type("collaborator-permission-changed", 1, RepositoryEvent.CollaboratorPermissionChanged.class);
        type("collaborator-removed", 1, RepositoryEvent.CollaboratorRemoved.class);
        apartFromRights("label-created", 1, LabelEvent.LabelCreated.class);
        apartFromRights("label-edited", 1, LabelEvent.LabelEdited.class);
        apartFromRights("label-deleted", 1, LabelEvent.LabelDeleted.class);
        apartFromRights("milestone-created", 1, MilestoneEvent.MilestoneCreated.class);
        apartFromRights("milestone-edited", 1, MilestoneEvent.MilestoneEdited.class);
        apartFromRights("milestone-closed", 1, MilestoneEvent.MilestoneClosed.class);
        apartFromRights("milestone-reopened", 1, MilestoneEvent.MilestoneReopened.class);
        apartFromRights("milestone-deleted", 1, MilestoneEvent.MilestoneDeleted.class);
        apartFromRights("issue-opened", 1, IssueEvent.IssueOpened.class);
        apartFromRights("issue-edited", 2, IssueEvent.IssueEdited.class);
        apartFromRights("issue-closed", 3, IssueEvent.IssueClosed.class);
        apartFromRights("issue-close-reason-changed", 1, IssueEvent.IssueCloseReasonChanged.class);
        apartFromRights("issue-reopened", 2, IssueEvent.IssueReopened.class);
        apartFromRights("issue-labelled", 1, IssueEvent.IssueLabelled.class);
        apartFromRights("issue-unlabelled", 1, IssueEvent.IssueUnlabelled.class);
        apartFromRights("issue-assigned", 1, IssueEvent.IssueAssigned.class);
        apartFromRights("issue-unassigned", 1, IssueEvent.IssueUnassigned.class);
        apartFromRights("issue-locked", 1, IssueEvent.IssueLocked.class);
        apartFromRights("issue-unlocked", 1, IssueEvent.IssueUnlocked.class);
        apartFromRights("issue-milestoned", 1, IssueEvent.IssueMilestoned.class);
        apartFromRights("issue-demilestoned", 1, IssueEvent.IssueDemilestoned.class);
        apartFromRights("pull-request-opened", 1, PullRequestEvent.PullRequestOpened.class);
        apartFromRights("pull-request-edited", 2, PullRequestEvent.PullRequestEdited.class);
        apartFromRights("pull-request-closed", 2, PullRequestEvent.PullRequestClosed.class);
        apartFromRights("pull-request-reopened", 2, PullRequestEvent.PullRequestReopened.class);
        apartFromRights("pull-request-merged", 3, PullRequestEvent.PullRequestMerged.class);
        apartFromRights("pull-request-labelled", 1, PullRequestEvent.PullRequestLabelled.class);
        apartFromRights("pull-request-unlabelled", 1, PullRequestEvent.PullRequestUnlabelled.class);
        apartFromRights("pull-request-assigned", 1, PullRequestEvent.PullRequestAssigned.class);
        apartFromRights("pull-request-unassigned", 1, PullRequestEvent.PullRequestUnassigned.class);
        apartFromRights("pull-request-locked", 1, PullRequestEvent.PullRequestLocked.class);
        apartFromRights("pull-request-unlocked", 1, PullRequestEvent.PullRequestUnlocked.class);
        apartFromRights("pull-request-milestoned", 1, PullRequestEvent.PullRequestMilestoned.class);
        apartFromRights("pull-request-demilestoned", 1, PullRequestEvent.PullRequestDemilestoned.class);
        apartFromRights("comment-written", 1, CommentEvent.CommentWritten.class);
        apartFromRights("comment-edited", 1, CommentEvent.CommentEdited.class);
        apartFromRights("comment-deleted", 1, CommentEvent.CommentDeleted.class);
        apartFromRights("reaction-added", 1, ReactionEvent.ReactionAdded.class);
        apartFromRights("reaction-withdrawn", 1, ReactionEvent.ReactionWithdrawn.class);
        apartFromRights("invitation-sent", 1, InvitationEvent.InvitationSent.class);
        apartFromRights("invitation-changed", 1, InvitationEvent.InvitationChanged.class);
        apartFromRights("invitation-ended", 1, InvitationEvent.InvitationEnded.class);
        apartFromRights("repository-starred", 1, StarEvent.RepositoryStarred.class);
        apartFromRights("repository-unstarred", 1, StarEvent.RepositoryUnstarred.class);
        apartFromRights("repository-watched", 1, SubscriptionEvent.RepositoryWatched.class);
        apartFromRights("repository-unwatched", 1, SubscriptionEvent.RepositoryUnwatched.class);
        apartFromRights("repository-ignored", 1, SubscriptionEvent.RepositoryIgnored.class);
        apartFromRights("repository-unignored", 1, SubscriptionEvent.RepositoryUnignored.class);
    }

    private EventTypes() {}

    private static void type(String alias, int revision, Class<? extends DomainEvent> eventClass) {
        add(new EventType(alias, revision, eventClass, true));
    }

    private static void apartFromRights(String alias, int revision, Class<? extends DomainEvent> eventClass) {
        add(new EventType(alias, revision, eventClass, false));
    }

    private static void add(EventType type) {
        if (BY_ALIAS.put(type.alias(), type) != null || BY_CLASS.put(type.eventClass(), type) != null) {
            throw new IllegalStateException("stored twice: " + type.alias());
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
