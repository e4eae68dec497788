package org.forgelog.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.forgelog.domain.Change;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.MembershipConcealed;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.invitation.InvitationEvent.InvitationChanged;
import org.forgelog.domain.invitation.InvitationEvent.InvitationEnded;
import org.forgelog.domain.invitation.InvitationEvent.InvitationSent;
import org.forgelog.domain.invitation.InvitationEvent.Outcome;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelEvent.LabelEdited;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestAssigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryOwnerRenamed;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryRenamed;
import org.forgelog.domain.repository.RepositoryEvent.TopicsReplaced;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryIgnored;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryUnwatched;
import org.forgelog.domain.subscription.SubscriptionEvent.RepositoryWatched;

/** Events in few words. Each one happens a second after the one before. */
public final class EventFixtures {

    /** Recent enough for feeds, long enough ago for one second after the other. */
    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(2, ChronoUnit.DAYS);

    private static final AtomicLong SECONDS = new AtomicLong();
    private static final AtomicLong IDS = new AtomicLong(1_000_000);
    private static final String SHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";

    private EventFixtures() {}

    public static Instant now() {
        return START.plusSeconds(SECONDS.incrementAndGet());
    }

    public static AccountRegistered registered(long id, String login) {
        return new AccountRegistered(new AccountId(id), login, AccountKind.USER, null, false, now());
    }

    public static InvitationSent invited(long id, long invitee, Offer offer, long sender) {
        return new InvitationSent(new InvitationId(id), new AccountId(invitee), offer, new AccountId(sender), now());
    }

    public static InvitationChanged invitationChanged(long id, long invitee, Offer offer, long sender) {
        return new InvitationChanged(new InvitationId(id), new AccountId(invitee), offer, new AccountId(sender), now());
    }

    public static InvitationEnded invitationEnded(long id, long invitee, Offer offer, Outcome outcome) {
        return new InvitationEnded(
                new InvitationId(id), new AccountId(invitee), offer, outcome, new AccountId(invitee), now());
    }

    public static AccountRenamed renamed(long id, String from, String to) {
        return new AccountRenamed(new AccountId(id), from, to, now());
    }

    public static AccountEvent.AccountPromoted promoted(long id) {
        return new AccountEvent.AccountPromoted(new AccountId(id), now());
    }

    public static AccountDeleted accountDeleted(long id, String login) {
        return new AccountDeleted(new AccountId(id), login, now());
    }

    public static AccountRegistered organization(long id, String login) {
        return new AccountRegistered(new AccountId(id), login, AccountKind.ORGANIZATION, null, false, now());
    }

    public static AccountEvent.OrganizationEdited ofMembers(long organization, Permission permission) {
        return new AccountEvent.OrganizationEdited(
                new AccountId(organization), new OrganizationSettings.Changes(null, null, permission, Map.of()), now());
    }

    public static AccountEvent.MemberAdded member(long organization, long account, OrganizationRole role) {
        return new AccountEvent.MemberAdded(new AccountId(organization), new AccountId(account), role, now());
    }

    public static AccountEvent.MemberRoleChanged memberIs(long organization, long account, OrganizationRole role) {
        return new AccountEvent.MemberRoleChanged(new AccountId(organization), new AccountId(account), role, now());
    }

    public static AccountEvent.MemberRemoved memberLeft(long organization, long account) {
        return new AccountEvent.MemberRemoved(new AccountId(organization), new AccountId(account), now());
    }

    public static RepositoryEvent.CollaboratorAdded collaborator(long repository, long account, Permission permission) {
        return new RepositoryEvent.CollaboratorAdded(
                new RepositoryId(repository), new AccountId(account), permission, new AccountId(1), now());
    }

    public static RepositoryEvent.CollaboratorPermissionChanged collaboratorMay(
            long repository, long account, Permission permission) {
        return new RepositoryEvent.CollaboratorPermissionChanged(
                new RepositoryId(repository), new AccountId(account), permission, new AccountId(1), now());
    }

    public static RepositoryEvent.CollaboratorRemoved collaboratorLeft(long repository, long account) {
        return new RepositoryEvent.CollaboratorRemoved(
                new RepositoryId(repository), new AccountId(account), new AccountId(1), now());
    }

    /** To another owner, under the same name. */
    public static RepositoryEvent.RepositoryTransferred transferred(
            long id, long from, String fromLogin, long to, String toLogin, String name) {
        return new RepositoryEvent.RepositoryTransferred(
                new RepositoryId(id),
                new AccountId(from),
                fromLogin,
                name,
                new AccountId(to),
                toLogin,
                name,
                new AccountId(from),
                now());
    }

    public static RepositoryCreated created(long id, long owner, String login, String name) {
        return created(id, owner, login, name, false);
    }

    public static RepositoryCreated created(long id, long owner, String login, String name, boolean isPrivate) {
        RepositorySettings d = RepositorySettings.DEFAULT;
        RepositorySettings settings =
                new RepositorySettings("about " + name, null, null, null, "main", isPrivate, d.flags(), d.options());
        return new RepositoryCreated(
                new RepositoryId(id),
                new AccountId(owner),
                login,
                name,
                settings,
                null,
                Numbering.SEPARATE,
                new AccountId(owner),
                now());
    }

    /** A repository whose issues and pull requests share their numbers. */
    public static RepositoryCreated sharing(long id, long owner, String login, String name) {
        RepositoryCreated apart = created(id, owner, login, name);
        return new RepositoryCreated(
                apart.repositoryId(),
                apart.ownerId(),
                login,
                name,
                apart.settings(),
                null,
                Numbering.SHARED,
                apart.ownerId(),
                apart.createdAt());
    }

    public static RepositoryCreated forked(long id, long owner, String login, String name, long parent, long source) {
        return forked(id, owner, login, name, parent, source, false);
    }

    public static RepositoryCreated forked(
            long id, long owner, String login, String name, long parent, long source, boolean isPrivate) {
        RepositoryCreated alone = created(id, owner, login, name, isPrivate);
        return new RepositoryCreated(
                alone.repositoryId(),
                alone.ownerId(),
                login,
                name,
                alone.settings(),
                new Fork(new RepositoryId(parent), new RepositoryId(source)),
                alone.numbering(),
                alone.ownerId(),
                alone.createdAt());
    }

    /** A pull request of a branch in a fork. */
    public static PullRequestOpened pullFrom(long repository, long number, long author, long fork, String title) {
        PullRequestOpened pull = pull(repository, number, author, title);
        return new PullRequestOpened(
                pull.repositoryId(),
                number,
                pull.pullRequestId(),
                pull.authorId(),
                title,
                pull.body(),
                new Branch(pull.authorId(), new RepositoryId(fork), "fix-" + number, SHA),
                pull.base(),
                false,
                true,
                pull.openedAt());
    }

    public static RepositoryEdited madePrivate(long id, boolean isPrivate) {
        return new RepositoryEdited(
                new RepositoryId(id),
                new RepositorySettings.Changes(null, null, null, null, null, isPrivate, Map.of(), Map.of()),
                now());
    }

    public static RepositoryEdited issuesSwitchedOff(long id) {
        return new RepositoryEdited(
                new RepositoryId(id),
                new RepositorySettings.Changes(
                        null, null, null, null, null, null, Map.of(RepositoryFlag.HAS_ISSUES, false), Map.of()),
                now());
    }

    public static RepositoryRenamed renamed(long id, String owner, String from, String to) {
        return new RepositoryRenamed(new RepositoryId(id), null, owner, from, to, now());
    }

    public static RepositoryOwnerRenamed ownerRenamed(long id, String from, String to, String name) {
        return new RepositoryOwnerRenamed(new RepositoryId(id), null, from, to, name, now());
    }

    public static RepositoryDeleted deleted(long id, long owner, String login, String name) {
        return new RepositoryDeleted(new RepositoryId(id), new AccountId(owner), login, name, now());
    }

    public static IssueOpened issue(long repository, long number, long author, String title) {
        return issue(repository, number, author, title, "the body of " + title);
    }

    public static IssueOpened issue(long repository, long number, long author, String title, String body) {
        return new IssueOpened(
                new RepositoryId(repository), number, IDS.incrementAndGet(), new AccountId(author), title, body, now());
    }

    public static IssueOpened issueOfYesteryear(long repository, long number, long author, String title) {
        IssueOpened now = issue(repository, number, author, title);
        return new IssueOpened(
                now.repositoryId(),
                number,
                now.issueId(),
                now.authorId(),
                title,
                now.body(),
                now.openedAt().minus(365, ChronoUnit.DAYS));
    }

    public static IssueEdited edited(long repository, long number, String title, String body) {
        return new IssueEdited(
                new RepositoryId(repository),
                number,
                title,
                title == null ? null : "what it was before",
                body == null ? null : Change.to(body),
                new AccountId(1),
                now());
    }

    public static IssueClosed closed(long repository, long number, long by) {
        return new IssueClosed(new RepositoryId(repository), number, CloseReason.COMPLETED, new AccountId(by), now());
    }

    public static IssueCloseReasonChanged reasonChanged(long repository, long number, long by) {
        return new IssueCloseReasonChanged(
                new RepositoryId(repository), number, CloseReason.NOT_PLANNED, new AccountId(by), now());
    }

    public static IssueReopened reopened(long repository, long number, long by) {
        return new IssueReopened(new RepositoryId(repository), number, new AccountId(by), now());
    }

    /** Of a branch that the author has somewhere, into the repository of account 1. */
    public static PullRequestOpened pull(long repository, long number, long author, String title) {
        return pull(repository, number, author, author, 1, title);
    }

    public static PullRequestOpened pull(
            long repository, long number, long author, long headOwner, long baseOwner, String title) {
        RepositoryId id = new RepositoryId(repository);
        return new PullRequestOpened(
                id,
                number,
                IDS.incrementAndGet(),
                new AccountId(author),
                title,
                "body of " + title,
                new Branch(new AccountId(headOwner), id, "fix-" + number, SHA),
                new Branch(new AccountId(baseOwner), id, "main", SHA),
                false,
                true,
                now());
    }

    public static PullRequestMerged merged(long repository, long number, long by) {
        return new PullRequestMerged(
                new RepositoryId(repository), number, SHA, MergeMethod.MERGE, null, null, new AccountId(by), now());
    }

    /** As events tell of it since they say whose it was. */
    public static PullRequestMerged mergedOf(long repository, long number, long author) {
        return new PullRequestMerged(
                new RepositoryId(repository),
                number,
                SHA,
                MergeMethod.MERGE,
                null,
                null,
                null,
                new AccountId(author),
                new AccountId(1),
                now());
    }

    public static PullRequestClosed pullClosed(long repository, long number, long by) {
        return new PullRequestClosed(new RepositoryId(repository), number, new AccountId(by), now());
    }

    public static CommentWritten commented(long repository, long number, long id, long author, String body) {
        return comment(repository, ConversationKind.ISSUE, number, id, author, body, null, null);
    }

    public static CommentWritten pullCommented(long repository, long number, long id, long author, String body) {
        return comment(repository, ConversationKind.PULL_REQUEST, number, id, author, body, null, null);
    }

    /** A comment on a line. */
    public static CommentWritten reviewed(long repository, long number, long id, long author, String body) {
        DiffAnchor anchor = new DiffAnchor(SHA, "src/Main.java", null, 7, DiffSide.RIGHT, 5, DiffSide.RIGHT);
        return comment(repository, ConversationKind.PULL_REQUEST, number, id, author, body, anchor, null);
    }

    public static CommentWritten replied(CommentWritten to, long id, long author, String body) {
        CommentPlace place = to.place();
        return comment(
                place.repositoryId().value(),
                place.conversation(),
                place.number(),
                id,
                author,
                body,
                to.anchor(),
                to.commentId());
    }

    private static CommentWritten comment(
            long repository,
            ConversationKind kind,
            long number,
            long id,
            long author,
            String body,
            DiffAnchor anchor,
            CommentId inReplyTo) {
        CommentPlace place = new CommentPlace(new RepositoryId(repository), kind, number, 5_000 + number);
        return new CommentWritten(new CommentId(id), place, new AccountId(author), body, anchor, inReplyTo, now());
    }

    public static CommentEdited edited(CommentWritten comment, String body) {
        return new CommentEdited(
                comment.commentId(), comment.place(), body, comment.writtenAt(), comment.authorId(), now());
    }

    public static CommentDeleted deleted(CommentWritten comment) {
        return new CommentDeleted(
                comment.commentId(),
                comment.place(),
                comment.anchor() != null,
                comment.writtenAt(),
                comment.authorId(),
                now());
    }

    public static ReactionAdded reacted(IssueOpened issue, long id, long account, ReactionContent content) {
        return reacted(issue.repositoryId(), ReactionTarget.issue(issue.key(), issue.issueId()), id, account, content);
    }

    public static ReactionAdded reacted(PullRequestOpened pull, long id, long account, ReactionContent content) {
        ReactionTarget target = ReactionTarget.pullRequest(pull.key(), pull.pullRequestId());
        return reacted(pull.repositoryId(), target, id, account, content);
    }

    public static ReactionAdded reacted(CommentWritten comment, long id, long account, ReactionContent content) {
        ReactionTarget target = ReactionTarget.comment(comment.commentId(), comment.place(), comment.writtenAt());
        return reacted(comment.place().repositoryId(), target, id, account, content);
    }

    private static ReactionAdded reacted(
            RepositoryId repository, ReactionTarget target, long id, long account, ReactionContent content) {
        return new ReactionAdded(repository, target, new AccountId(account), content, id, now());
    }

    public static ReactionWithdrawn withdrawn(ReactionAdded reaction) {
        return new ReactionWithdrawn(
                reaction.repositoryId(),
                reaction.target(),
                reaction.accountId(),
                reaction.content(),
                reaction.reactionId(),
                reaction.accountId(),
                now());
    }

    public static RepositoryStarred starred(long account, long repository) {
        return new RepositoryStarred(new AccountId(account), new RepositoryId(repository), now());
    }

    public static RepositoryUnstarred unstarred(long account, long repository) {
        return new RepositoryUnstarred(new AccountId(account), new RepositoryId(repository), now());
    }

    public static RepositoryWatched watched(long account, long repository) {
        return new RepositoryWatched(new AccountId(account), new RepositoryId(repository), now());
    }

    public static RepositoryUnwatched unwatched(long account, long repository) {
        return new RepositoryUnwatched(new AccountId(account), new RepositoryId(repository), now());
    }

    public static RepositoryIgnored ignored(long account, long repository) {
        return new RepositoryIgnored(new AccountId(account), new RepositoryId(repository), now());
    }

    public static EmailsAdded emails(long account, String... emails) {
        return new EmailsAdded(new AccountId(account), List.of(emails), now());
    }

    public static MembershipConcealed concealed(long organization, long member) {
        return new MembershipConcealed(new AccountId(organization), new AccountId(member), now());
    }

    public static TopicsReplaced topics(long repository, String... topics) {
        return new TopicsReplaced(new RepositoryId(repository), List.of(topics), new AccountId(1), now());
    }

    public static LabelCreated label(long repository, long id, String name) {
        return new LabelCreated(
                new RepositoryId(repository), new LabelId(id), name, "ededed", null, new AccountId(1), now());
    }

    public static LabelEdited labelEdited(long repository, long id, String from, String to, String color) {
        return new LabelEdited(
                new RepositoryId(repository), new LabelId(id), from, to, color, null, new AccountId(1), now());
    }

    public static LabelDeleted labelDeleted(long repository, long id, String name) {
        return new LabelDeleted(new RepositoryId(repository), new LabelId(id), name, new AccountId(1), now());
    }

    public static IssueLabelled labelled(long repository, long number, long... labels) {
        return new IssueLabelled(new RepositoryId(repository), number, labels(labels), new AccountId(1), now());
    }

    public static IssueUnlabelled unlabelled(long repository, long number, long... labels) {
        return new IssueUnlabelled(new RepositoryId(repository), number, labels(labels), new AccountId(1), now());
    }

    public static IssueAssigned assigned(long repository, long number, long... accounts) {
        return new IssueAssigned(new RepositoryId(repository), number, accounts(accounts), new AccountId(1), now());
    }

    public static IssueUnassigned unassigned(long repository, long number, long... accounts) {
        return new IssueUnassigned(new RepositoryId(repository), number, accounts(accounts), new AccountId(1), now());
    }

    public static IssueLocked locked(long repository, long number, LockReason reason) {
        return new IssueLocked(new RepositoryId(repository), number, reason, new AccountId(1), now());
    }

    public static IssueUnlocked unlocked(long repository, long number) {
        return new IssueUnlocked(new RepositoryId(repository), number, new AccountId(1), now());
    }

    public static PullRequestLabelled pullLabelled(long repository, long number, long... labels) {
        return new PullRequestLabelled(new RepositoryId(repository), number, labels(labels), new AccountId(1), now());
    }

    public static PullRequestAssigned pullAssigned(long repository, long number, long... accounts) {
        return new PullRequestAssigned(
                new RepositoryId(repository), number, accounts(accounts), new AccountId(1), now());
    }

    public static PullRequestLocked pullLocked(long repository, long number, LockReason reason) {
        return new PullRequestLocked(new RepositoryId(repository), number, reason, new AccountId(1), now());
    }

    public static MilestoneCreated milestone(long repository, long number, String title) {
        return new MilestoneCreated(
                new RepositoryId(repository), number, 9_000 + number, title, null, null, new AccountId(1), now());
    }

    public static MilestoneCreated milestoneDue(long repository, long number, String title, Instant dueOn) {
        return new MilestoneCreated(
                new RepositoryId(repository),
                number,
                9_000 + number,
                title,
                "All of it.",
                dueOn,
                new AccountId(1),
                now());
    }

    public static MilestoneEdited milestoneRetitled(long repository, long number, String title) {
        return new MilestoneEdited(
                new RepositoryId(repository), number, title, Change.to(null), null, new AccountId(1), now());
    }

    public static MilestoneClosed milestoneClosed(long repository, long number) {
        return new MilestoneClosed(new RepositoryId(repository), number, new AccountId(1), now());
    }

    public static MilestoneReopened milestoneReopened(long repository, long number) {
        return new MilestoneReopened(new RepositoryId(repository), number, new AccountId(1), now());
    }

    public static MilestoneDeleted milestoneDeleted(long repository, long number) {
        return new MilestoneDeleted(new RepositoryId(repository), number, new AccountId(1), now());
    }

    /** An open issue is planned for a milestone. */
    public static IssueMilestoned milestoned(long repository, long number, long milestone) {
        return new IssueMilestoned(new RepositoryId(repository), number, milestone, true, new AccountId(1), now());
    }

    /** An open issue is not planned for a milestone any more. */
    public static IssueDemilestoned demilestoned(long repository, long number, long milestone) {
        return new IssueDemilestoned(new RepositoryId(repository), number, milestone, true, new AccountId(1), now());
    }

    /** An open pull request is planned for a milestone. */
    public static PullRequestMilestoned pullMilestoned(long repository, long number, long milestone) {
        return new PullRequestMilestoned(
                new RepositoryId(repository), number, milestone, true, new AccountId(1), now());
    }

    /** An issue that is planned for a milestone is closed. */
    public static IssueClosed closedIn(long repository, long number, long milestone) {
        return new IssueClosed(
                new RepositoryId(repository), number, CloseReason.COMPLETED, milestone, new AccountId(1), now());
    }

    private static List<LabelId> labels(long... ids) {
        return LongStream.of(ids).mapToObj(LabelId::new).toList();
    }

    private static List<AccountId> accounts(long... ids) {
        return LongStream.of(ids).mapToObj(AccountId::new).toList();
    }
}
