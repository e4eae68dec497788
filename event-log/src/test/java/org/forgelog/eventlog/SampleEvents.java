package org.forgelog.eventlog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.subscription.SubscriptionEvent;

/** One event of every kind. */
final class SampleEvents {

    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789Z");
    private static final AccountId OCTOCAT = new AccountId(1);
    private static final AccountId TORVALDS = new AccountId(2);
    private static final AccountId GITHUB = new AccountId(6);
    private static final RepositoryId HELLO = new RepositoryId(3);
    private static final String SHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";
    private static final LabelId BUG = new LabelId(12);
    private static final LabelId HELP_WANTED = new LabelId(13);
    private static final CommentId COMMENT = new CommentId(8);
    private static final CommentPlace ON_PULL = new CommentPlace(HELLO, ConversationKind.PULL_REQUEST, 1, 5);

    static final List<DomainEvent> ALL = List.of(
            new AccountEvent.AccountRegistered(OCTOCAT, "octocat", AccountKind.USER, "cat@example.org", false, AT),
            new AccountEvent.ProfileEdited(
                    OCTOCAT,
                    new Profile.Changes(
                            Change.to("The Octocat"),
                            Change.to(null),
                            null,
                            null,
                            null,
                            null,
                            Change.to(true),
                            null,
                            null),
                    AT),
            new AccountEvent.EmailsAdded(OCTOCAT, List.of("octo@example.org", "Cat@example.com"), AT),
            new AccountEvent.EmailsRemoved(OCTOCAT, List.of("octo@example.org"), AT),
            new AccountEvent.AccountRenamed(OCTOCAT, "octocat", "Octo-Cat", AT),
            new AccountEvent.AccountPromoted(OCTOCAT, AT),
            new AccountEvent.AccountDemoted(OCTOCAT, AT),
            new AccountEvent.AccountSuspended(OCTOCAT, AT),
            new AccountEvent.AccountUnsuspended(OCTOCAT, AT),
            new AccountEvent.AccountDeleted(OCTOCAT, "octocat", AT),
            new AccountEvent.TokenIssued(OCTOCAT, 9, "ab".repeat(32), "12345678", List.of("repo"), null, AT),
            new AccountEvent.TokenRevoked(OCTOCAT, 9, AT),
            new RepositoryEvent.RepositoryCreated(
                    HELLO,
                    OCTOCAT,
                    "octocat",
                    "hello-world",
                    RepositorySettings.DEFAULT,
                    new Fork(new RepositoryId(11), new RepositoryId(10)),
                    Numbering.SHARED,
                    OCTOCAT,
                    AT),
            new AccountEvent.OrganizationEdited(
                    GITHUB,
                    new OrganizationSettings.Changes(
                            Change.to("How people build software"),
                            Change.to(null),
                            Permission.WRITE,
                            Map.of(OrganizationFlag.MEMBERS_CAN_CREATE_REPOSITORIES, false)),
                    AT),
            new AccountEvent.MemberAdded(GITHUB, OCTOCAT, OrganizationRole.ADMIN, AT),
            new AccountEvent.MemberRoleChanged(GITHUB, OCTOCAT, OrganizationRole.MEMBER, AT),
            new AccountEvent.MemberRemoved(GITHUB, OCTOCAT, AT),
            new AccountEvent.MembershipConcealed(GITHUB, OCTOCAT, AT),
            new AccountEvent.MembershipPublicized(GITHUB, OCTOCAT, AT),
            new RepositoryEvent.RepositoryEdited(
                    HELLO,
                    new RepositorySettings.Changes(
                            Change.to("für alle 🐙"),
                            Change.to(null),
                            null,
                            null,
                            null,
                            true,
                            Map.of(RepositoryFlag.HAS_WIKI, false, RepositoryFlag.HAS_ISSUES, false),
                            Map.of()),
                    AT),
            new RepositoryEvent.RepositoryRenamed(HELLO, OCTOCAT, "octocat", "hello-world", "hello", AT),
            new RepositoryEvent.RepositoryOwnerRenamed(HELLO, OCTOCAT, "octocat", "Octo-Cat", "hello", AT),
            new RepositoryEvent.RepositoryTransferred(
                    HELLO, OCTOCAT, "octocat", "hello", TORVALDS, "torvalds", "hello-2", OCTOCAT, AT),
            new RepositoryEvent.RepositoryArchived(HELLO, AT),
            new RepositoryEvent.RepositoryUnarchived(HELLO, AT),
            new RepositoryEvent.RepositoryDeleted(HELLO, OCTOCAT, "octocat", "hello", AT),
            new RepositoryEvent.TopicsReplaced(HELLO, List.of("octocat", "api-2"), OCTOCAT, AT),
            new RepositoryEvent.CollaboratorAdded(HELLO, TORVALDS, Permission.WRITE, OCTOCAT, AT),
            new RepositoryEvent.CollaboratorPermissionChanged(HELLO, TORVALDS, Permission.READ, OCTOCAT, AT),
            new RepositoryEvent.CollaboratorRemoved(HELLO, TORVALDS, OCTOCAT, AT),
            new LabelEvent.LabelCreated(HELLO, BUG, "bug", "d73a4a", "Something isn't working", OCTOCAT, AT),
            new LabelEvent.LabelEdited(HELLO, BUG, "bug", "Bug 🐛", null, Change.to(null), OCTOCAT, AT),
            new LabelEvent.LabelDeleted(HELLO, BUG, "Bug 🐛", OCTOCAT, AT),
            new MilestoneEvent.MilestoneCreated(HELLO, 2, 14, "v1.0", "All of it.", AT, OCTOCAT, AT),
            new MilestoneEvent.MilestoneEdited(HELLO, 2, "v1", null, Change.to(null), OCTOCAT, AT),
            new MilestoneEvent.MilestoneClosed(HELLO, 2, OCTOCAT, AT),
            new MilestoneEvent.MilestoneReopened(HELLO, 2, OCTOCAT, AT),
            new MilestoneEvent.MilestoneDeleted(HELLO, 2, OCTOCAT, AT),
            new IssueEvent.IssueOpened(HELLO, 1, 4, TORVALDS, "README has a typo", null, AT),
            new IssueEvent.IssueEdited(
                    HELLO, 1, "README has typos", "README has a typo", Change.to(null), TORVALDS, AT),
            new IssueEvent.IssueClosed(HELLO, 1, CloseReason.NOT_PLANNED, 2L, OCTOCAT, AT),
            new IssueEvent.IssueCloseReasonChanged(HELLO, 1, CloseReason.DUPLICATE, OCTOCAT, AT),
            new IssueEvent.IssueReopened(HELLO, 1, 2L, OCTOCAT, AT),
            new IssueEvent.IssueLabelled(HELLO, 1, List.of(BUG, HELP_WANTED), OCTOCAT, AT),
            new IssueEvent.IssueUnlabelled(HELLO, 1, List.of(BUG), OCTOCAT, AT),
            new IssueEvent.IssueAssigned(HELLO, 1, List.of(TORVALDS), OCTOCAT, AT),
            new IssueEvent.IssueUnassigned(HELLO, 1, List.of(TORVALDS), OCTOCAT, AT),
            new IssueEvent.IssueLocked(HELLO, 1, LockReason.TOO_HEATED, OCTOCAT, AT),
            new IssueEvent.IssueUnlocked(HELLO, 1, OCTOCAT, AT),
            new IssueEvent.IssueMilestoned(HELLO, 1, 2, true, OCTOCAT, AT),
            new IssueEvent.IssueDemilestoned(HELLO, 1, 2, false, OCTOCAT, AT),
            new PullRequestEvent.PullRequestOpened(
                    HELLO,
                    1,
                    5,
                    TORVALDS,
                    "Fix README typo",
                    "It fixes the typo.",
                    new Branch(TORVALDS, HELLO, "fix-typo", SHA),
                    new Branch(OCTOCAT, HELLO, "main", SHA),
                    false,
                    true,
                    AT),
            new PullRequestEvent.PullRequestEdited(
                    HELLO, 1, "Fix the typo", "Fix README typo", null, null, false, TORVALDS, AT),
            new PullRequestEvent.PullRequestClosed(HELLO, 1, 2L, TORVALDS, AT),
            new PullRequestEvent.PullRequestReopened(HELLO, 1, 2L, TORVALDS, AT),
            new PullRequestEvent.PullRequestMerged(
                    HELLO, 1, SHA, MergeMethod.SQUASH, null, null, 2L, TORVALDS, OCTOCAT, AT),
            new PullRequestEvent.PullRequestLabelled(HELLO, 1, List.of(BUG, HELP_WANTED), OCTOCAT, AT),
            new PullRequestEvent.PullRequestUnlabelled(HELLO, 1, List.of(BUG), OCTOCAT, AT),
            new PullRequestEvent.PullRequestAssigned(HELLO, 1, List.of(TORVALDS), OCTOCAT, AT),
            new PullRequestEvent.PullRequestUnassigned(HELLO, 1, List.of(TORVALDS), OCTOCAT, AT),
            new PullRequestEvent.PullRequestLocked(HELLO, 1, LockReason.TOO_HEATED, OCTOCAT, AT),
            new PullRequestEvent.PullRequestUnlocked(HELLO, 1, OCTOCAT, AT),
            new PullRequestEvent.PullRequestMilestoned(HELLO, 1, 2, true, OCTOCAT, AT),
            new PullRequestEvent.PullRequestDemilestoned(HELLO, 1, 2, false, OCTOCAT, AT),
            new CommentEvent.CommentWritten(
                    COMMENT,
                    ON_PULL,
                    TORVALDS,
                    "Why two?",
                    new DiffAnchor(SHA, "src/main.c", null, 12, DiffSide.RIGHT, 10, DiffSide.LEFT),
                    new CommentId(7),
                    AT),
            new CommentEvent.CommentEdited(COMMENT, ON_PULL, "Why two of them?", AT, OCTOCAT, AT),
            new CommentEvent.CommentDeleted(COMMENT, ON_PULL, true, AT, TORVALDS, AT),
            new ReactionEvent.ReactionAdded(
                    HELLO, ReactionTarget.comment(COMMENT, ON_PULL, AT), OCTOCAT, ReactionContent.PLUS_ONE, 9, AT),
            new ReactionEvent.ReactionWithdrawn(
                    HELLO,
                    ReactionTarget.issue(new IssueKey(HELLO, 1), 4),
                    TORVALDS,
                    ReactionContent.HEART,
                    9,
                    OCTOCAT,
                    AT),
            new InvitationEvent.InvitationSent(
                    new InvitationId(11), TORVALDS, Offer.collaboration(HELLO, Permission.WRITE), OCTOCAT, AT),
            new InvitationEvent.InvitationChanged(
                    new InvitationId(11),
                    TORVALDS,
                    Offer.ownership(HELLO, new RepositoryName("Hello-Again")),
                    OCTOCAT,
                    AT),
            new InvitationEvent.InvitationEnded(
                    new InvitationId(11),
                    TORVALDS,
                    Offer.membership(new AccountId(12), OrganizationRole.ADMIN),
                    InvitationEvent.Outcome.DECLINED,
                    TORVALDS,
                    AT),
            new StarEvent.RepositoryStarred(TORVALDS, HELLO, AT),
            new StarEvent.RepositoryUnstarred(TORVALDS, HELLO, AT),
            new SubscriptionEvent.RepositoryWatched(TORVALDS, HELLO, AT),
            new SubscriptionEvent.RepositoryUnwatched(TORVALDS, HELLO, AT),
            new SubscriptionEvent.RepositoryIgnored(TORVALDS, HELLO, AT),
            new SubscriptionEvent.RepositoryUnignored(TORVALDS, HELLO, AT));

    private SampleEvents() {}
}
