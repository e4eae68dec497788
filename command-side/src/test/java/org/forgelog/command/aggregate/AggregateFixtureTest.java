package org.forgelog.command.aggregate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.forgelog.domain.Change;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.SuspendAccount;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelColor;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionKey;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorAdded;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryArchived;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarKey;
import org.junit.jupiter.api.Test;

/** Each aggregate as Axon carries it: creation, replaying, handling. The rules' own tests are the domain's. */
class AggregateFixtureTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant NOW = THEN.plusSeconds(60);
    private static final AccountId OCTOCAT = new AccountId(1);
    private static final AccountId TORVALDS = new AccountId(2);
    private static final RepositoryId REPOSITORY = new RepositoryId(3);
    private static final RepositorySettings.Changes NOTHING =
            new RepositorySettings.Changes(null, null, null, null, null, null, Map.of(), Map.of());

    private static final IssueKey ISSUE = new IssueKey(REPOSITORY, 1);
    private static final OpenIssue OPEN_ISSUE = new OpenIssue(ISSUE, 9, TORVALDS, "Typo", "On line 3.", THEN);
    private static final IssueOpened ISSUE_OPENED =
            new IssueOpened(REPOSITORY, 1, 9, TORVALDS, "Typo", "On line 3.", THEN);
    private static final IssueClosed ISSUE_CLOSED = new IssueClosed(REPOSITORY, 1, CloseReason.COMPLETED, OCTOCAT, NOW);

    private final FixtureConfiguration<IssueAggregate> issue = new AggregateTestFixture<>(IssueAggregate.class);
    private final FixtureConfiguration<PullRequestAggregate> pull =
            new AggregateTestFixture<>(PullRequestAggregate.class);
    private final FixtureConfiguration<RepositoryAggregate> repository =
            new AggregateTestFixture<>(RepositoryAggregate.class);
    private final FixtureConfiguration<AccountAggregate> account = new AggregateTestFixture<>(AccountAggregate.class);
    private final FixtureConfiguration<StarAggregate> star = new AggregateTestFixture<>(StarAggregate.class);
    private final FixtureConfiguration<LabelAggregate> label = new AggregateTestFixture<>(LabelAggregate.class);
    private final FixtureConfiguration<CommentAggregate> comment = new AggregateTestFixture<>(CommentAggregate.class);
    private final FixtureConfiguration<ReactionAggregate> reaction =
            new AggregateTestFixture<>(ReactionAggregate.class);

    @Test
    void givenNothing_whenAnIssueIsOpened_thenItIsOpen() {
        issue.givenNoPriorActivity().when(OPEN_ISSUE).expectEvents(ISSUE_OPENED);
    }

    @Test
    void givenAnOpenIssue_whenItIsClosed_thenItSaysWhy() {
        issue.given(ISSUE_OPENED)
                .when(new CloseIssue(ISSUE, CloseReason.COMPLETED, OCTOCAT, NOW))
                .expectEvents(ISSUE_CLOSED);
    }

    @Test
    void givenAClosedIssue_whenItIsClosedAgain_thenNothingHappens() {
        issue.given(ISSUE_OPENED, ISSUE_CLOSED)
                .when(new CloseIssue(ISSUE, CloseReason.COMPLETED, OCTOCAT, NOW))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void givenAnIssue_whenItsTitleIsTakenAway_thenItIsRefused() {
        issue.given(ISSUE_OPENED)
                .when(new EditIssue(ISSUE, Change.to(null), null, OCTOCAT, NOW))
                .expectException(Rejection.class)
                .expectNoEvents();
    }

    @Test
    void givenAnIssue_whenItIsLabelled_thenTheEventCarriesTheLabel() {
        LabelId bug = new LabelId(5);
        issue.given(ISSUE_OPENED)
                .when(new TriageIssue(ISSUE, new TriageChange.Labels(ListEdit.add(List.of(bug))), OCTOCAT, NOW))
                .expectEvents(new IssueLabelled(REPOSITORY, 1, List.of(bug), OCTOCAT, NOW));
    }

    @Test
    void givenNoIssue_whenItIsClosed_thenThereIsNone() {
        issue.givenNoPriorActivity()
                .when(new CloseIssue(ISSUE, CloseReason.COMPLETED, OCTOCAT, NOW))
                .expectException(AggregateNotFoundException.class);
    }

    @Test
    void givenAClosedPullRequest_whenItIsReopened_thenItIsOpen() {
        PullRequestKey key = new PullRequestKey(REPOSITORY, 1);
        pull.givenCommands(openPull(key), new ClosePullRequest(key, OCTOCAT, THEN))
                .when(new ReopenPullRequest(key, OCTOCAT, NOW))
                .expectEvents(new PullRequestReopened(REPOSITORY, 1, OCTOCAT, NOW));
    }

    @Test
    void givenAClosedPullRequest_whenItIsMerged_thenItIsRefused() {
        PullRequestKey key = new PullRequestKey(REPOSITORY, 1);
        pull.givenCommands(openPull(key), new ClosePullRequest(key, OCTOCAT, THEN))
                .when(new MergePullRequest(key, null, MergeMethod.MERGE, null, null, OCTOCAT, NOW))
                .expectException(Rejection.class)
                .expectNoEvents();
    }

    private static OpenPullRequest openPull(PullRequestKey key) {
        return new OpenPullRequest(
                key,
                9,
                TORVALDS,
                "Fix README typo",
                null,
                OCTOCAT,
                REPOSITORY,
                new BranchName("fix"),
                OCTOCAT,
                new BranchName("main"),
                false,
                true,
                THEN);
    }

    @Test
    void givenNothing_whenARepositoryIsCreated_thenItHasTheDefaultSettings() {
        repository
                .givenNoPriorActivity()
                .when(new CreateRepository(
                        REPOSITORY,
                        OCTOCAT,
                        "octocat",
                        new RepositoryName("Hello"),
                        NOTHING,
                        null,
                        Numbering.SHARED,
                        OCTOCAT,
                        THEN))
                .expectEvents(repositoryCreated());
    }

    @Test
    void givenARepository_whenItIsSharedOrArchived_thenItSaysSo() {
        repository
                .given(repositoryCreated())
                .when(new SetCollaborator(REPOSITORY, TORVALDS, Permission.WRITE, OCTOCAT, NOW))
                .expectEvents(new CollaboratorAdded(REPOSITORY, TORVALDS, Permission.WRITE, OCTOCAT, NOW));
        new AggregateTestFixture<>(RepositoryAggregate.class)
                .given(repositoryCreated())
                .when(new ArchiveRepository(REPOSITORY, NOW))
                .expectEvents(new RepositoryArchived(REPOSITORY, NOW));
    }

    private static RepositoryCreated repositoryCreated() {
        return new RepositoryCreated(
                REPOSITORY,
                OCTOCAT,
                "octocat",
                "Hello",
                RepositorySettings.DEFAULT,
                null,
                Numbering.SHARED,
                OCTOCAT,
                THEN);
    }

    @Test
    void givenAnAccount_whenItIsSuspended_thenOnce() {
        AccountRegistered registered = new AccountRegistered(OCTOCAT, "octocat", AccountKind.USER, null, false, THEN);
        AccountSuspended suspended = new AccountSuspended(OCTOCAT, NOW);
        account.givenNoPriorActivity()
                .when(new RegisterAccount(OCTOCAT, new Login("octocat"), AccountKind.USER, null, false, THEN))
                .expectEvents(registered);
        new AggregateTestFixture<>(AccountAggregate.class)
                .given(registered)
                .when(new SuspendAccount(OCTOCAT, NOW))
                .expectEvents(suspended);
        new AggregateTestFixture<>(AccountAggregate.class)
                .given(registered, suspended)
                .when(new SuspendAccount(OCTOCAT, NOW))
                .expectNoEvents();
    }

    @Test
    void givenNoStarOrOne_whenStarred_thenThereIsOne() {
        StarKey key = new StarKey(TORVALDS, REPOSITORY);
        RepositoryStarred starred = new RepositoryStarred(TORVALDS, REPOSITORY, THEN);
        star.givenNoPriorActivity().when(new StarRepository(key, THEN)).expectEvents(starred);
        new AggregateTestFixture<>(StarAggregate.class)
                .given(starred)
                .when(new StarRepository(key, NOW))
                .expectNoEvents();
        new AggregateTestFixture<>(StarAggregate.class)
                .givenNoPriorActivity()
                .when(new UnstarRepository(key, NOW))
                .expectException(AggregateNotFoundException.class);
    }

    @Test
    void givenALabel_whenItIsDeleted_thenItIsGone() {
        LabelId bug = new LabelId(5);
        LabelCreated created = new LabelCreated(REPOSITORY, bug, "bug", "ededed", null, OCTOCAT, THEN);
        LabelDeleted deleted = new LabelDeleted(REPOSITORY, bug, "bug", OCTOCAT, NOW);
        DeleteLabel delete = new DeleteLabel(bug, REPOSITORY, OCTOCAT, NOW);
        label.givenCommands(new CreateLabel(
                        bug, REPOSITORY, new LabelName("bug"), new LabelColor("ededed"), null, OCTOCAT, THEN))
                .when(delete)
                .expectEvents(deleted);
        new AggregateTestFixture<>(LabelAggregate.class)
                .given(created, deleted)
                .when(delete)
                .expectException(Rejection.class);
    }

    @Test
    void givenAComment_whenItIsDeleted_thenItCannotBeEdited() {
        CommentId id = new CommentId(8);
        CommentPlace place = new CommentPlace(REPOSITORY, ConversationKind.ISSUE, 1, 9);
        comment.givenNoPriorActivity()
                .when(new WriteComment(id, place, TORVALDS, "Me too.", THEN))
                .expectEvents(new CommentWritten(id, place, TORVALDS, "Me too.", null, null, THEN));
        new AggregateTestFixture<>(CommentAggregate.class)
                .givenCommands(
                        new WriteComment(id, place, TORVALDS, "Me too.", THEN),
                        new DeleteComment(id, REPOSITORY, OCTOCAT, NOW))
                .when(new EditComment(id, REPOSITORY, "Me three.", OCTOCAT, NOW))
                .expectException(Rejection.class);
    }

    @Test
    void givenAReaction_whenItIsGivenAgain_thenItKeepsItsId() {
        ReactionTarget target = ReactionTarget.issue(ISSUE, 9);
        ReactionKey key = target.by(TORVALDS, ReactionContent.HEART);
        React first = new React(REPOSITORY, target, TORVALDS, ReactionContent.HEART, 7, THEN);
        reaction.givenCommands(first)
                .when(new React(REPOSITORY, target, TORVALDS, ReactionContent.HEART, 70, NOW))
                .expectNoEvents();
        new AggregateTestFixture<>(ReactionAggregate.class)
                .givenCommands(first, new WithdrawReaction(key, REPOSITORY, TORVALDS, NOW))
                .when(new WithdrawReaction(key, REPOSITORY, TORVALDS, NOW))
                .expectException(Rejection.class);
    }
}
