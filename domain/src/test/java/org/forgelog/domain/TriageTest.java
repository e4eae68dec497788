package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ListEdit;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriagePullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.BranchName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels, assignees and locks, of issues and pull requests alike. */
class TriageTest {

    private static final IssueKey KEY = new IssueKey(HELLO_WORLD, 1);
    private static final LabelId BUG = new LabelId(21);
    private static final LabelId UI = new LabelId(22);
    private static final LabelId DOCS = new LabelId(23);

    private final Issue issue = after(null, open(List.of(), List.of()));

    @Test
    void whatAnIssueIsOpenedWithIsToldByEventsOfItsOwn() {
        assertThat(Issue.decide(null, open(List.of(BUG, BUG), List.of(OCTOCAT))))
                .containsExactly(
                        new IssueOpened(HELLO_WORLD, 1, 9, TORVALDS, "Typo", null, THEN),
                        new IssueLabelled(HELLO_WORLD, 1, List.of(BUG), TORVALDS, THEN),
                        new IssueAssigned(HELLO_WORLD, 1, List.of(OCTOCAT), TORVALDS, THEN));
        assertThat(Issue.decide(null, open(List.of(), List.of()))).hasSize(1);
    }

    @Test
    void addingLabelsSaysOnlyTheNewOnes() {
        Issue labelled = after(issue, labels(ListEdit.add(List.of(BUG))));
        assertThat(Issue.decide(labelled, labels(ListEdit.add(List.of(BUG, UI)))))
                .containsExactly(new IssueLabelled(HELLO_WORLD, 1, List.of(UI), OCTOCAT, NOW));
        assertThat(Issue.decide(labelled, labels(ListEdit.add(List.of(BUG))))).isEmpty();
    }

    @Test
    void replacingLabelsSaysWhatGoesAndWhatComes() {
        Issue labelled = after(issue, labels(ListEdit.add(List.of(BUG, UI))));
        TriageIssue replace = labels(ListEdit.replace(List.of(UI, DOCS)));
        assertThat(Issue.decide(labelled, replace))
                .containsExactly(
                        new IssueUnlabelled(HELLO_WORLD, 1, List.of(BUG), OCTOCAT, NOW),
                        new IssueLabelled(HELLO_WORLD, 1, List.of(DOCS), OCTOCAT, NOW));
        assertThat(after(labelled, replace).triage().labels()).containsExactly(UI, DOCS);
        assertThat(after(labelled, labels(ListEdit.replace(List.of()))).triage().labels())
                .isEmpty();
    }

    @Test
    void aLabelThatIsNotThereCannotBeTakenOff() {
        assertRejected(Code.NOT_FOUND, () -> Issue.decide(issue, labels(ListEdit.remove(List.of(BUG)))));
    }

    @Test
    void anIssueMayCarry100LabelsAndNotOneMore() {
        assertThat(Issue.decide(issue, labels(ListEdit.add(labelIds(100))))).hasSize(1);
        assertInvalid("labels", Fault.CUSTOM, () -> Issue.decide(issue, labels(ListEdit.add(labelIds(101)))));
        assertInvalid("labels", Fault.CUSTOM, () -> Issue.decide(null, open(labelIds(101), List.of())));
        Issue full = after(issue, labels(ListEdit.add(labelIds(100))));
        assertThat(Issue.decide(full, labels(ListEdit.replace(List.of(BUG, UI)))))
                .isNotEmpty();
    }

    @Test
    void anIssueMayHave10AssigneesAndNotOneMore() {
        assertThat(Issue.decide(issue, assignees(ListEdit.add(accounts(10))))).hasSize(1);
        assertInvalid("assignees", Fault.CUSTOM, () -> Issue.decide(issue, assignees(ListEdit.add(accounts(11)))));
    }

    @Test
    void takingAwayWhoIsNotAssignedIsNoEvent() {
        assertThat(Issue.decide(issue, assignees(ListEdit.remove(List.of(OCTOCAT)))))
                .isEmpty();
        Issue assigned = after(issue, assignees(ListEdit.add(List.of(OCTOCAT, TORVALDS))));
        assertThat(Issue.decide(assigned, assignees(ListEdit.remove(List.of(OCTOCAT)))))
                .containsExactly(new IssueUnassigned(HELLO_WORLD, 1, List.of(OCTOCAT), OCTOCAT, NOW));
    }

    @Test
    void lockingTwiceIsLockingOnceUnlessForAnotherReason() {
        assertThat(Issue.decide(issue, lock(null)))
                .containsExactly(new IssueLocked(HELLO_WORLD, 1, null, OCTOCAT, NOW));
        Issue locked = after(issue, lock(null));
        assertThat(Issue.decide(locked, lock(null))).isEmpty();
        assertThat(Issue.decide(locked, lock(LockReason.SPAM))).hasSize(1);
        assertThat(after(locked, lock(LockReason.SPAM)).triage().lockReason()).isEqualTo(LockReason.SPAM);
    }

    @Test
    void unlockingForgetsTheReason() {
        TriageIssue unlock = new TriageIssue(KEY, new TriageChange.Unlock(), OCTOCAT, NOW);
        assertThat(Issue.decide(issue, unlock)).isEmpty();
        Issue locked = after(issue, lock(LockReason.TOO_HEATED));
        assertThat(Issue.decide(locked, unlock)).containsExactly(new IssueUnlocked(HELLO_WORLD, 1, OCTOCAT, NOW));
        assertThat(after(locked, unlock).triage()).isEqualTo(issue.triage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off-topic", "too heated", "resolved", "spam"})
    void aLockReasonIsOneOfFour(String word) {
        assertThat(LockReason.of(word).word()).isEqualTo(word);
        assertInvalid("lock_reason", Fault.INVALID, () -> LockReason.of(word + "!"));
    }

    @Test
    void allOfThisMovesTheUpdateTimeAndSurvivesWhatElseHappens() {
        Issue labelled = after(issue, labels(ListEdit.add(List.of(BUG))));
        assertThat(labelled.updatedAt()).isEqualTo(NOW);
        Issue edited = after(labelled, new IssueCommand.EditIssue(KEY, Change.to("Typos"), null, OCTOCAT, NOW));
        assertThat(edited.triage().labels()).containsExactly(BUG);
    }

    @Test
    void aPullRequestIsTriagedLikeAnIssue() {
        PullRequestKey key = new PullRequestKey(HELLO_WORLD, 1);
        PullRequest pull = after(
                null,
                new OpenPullRequest(
                        key,
                        9,
                        TORVALDS,
                        "Fix typo",
                        null,
                        OCTOCAT,
                        new BranchName("fix"),
                        OCTOCAT,
                        new BranchName("main"),
                        false,
                        true,
                        THEN));
        PullRequest triaged = after(
                after(
                        after(
                                pull,
                                new TriagePullRequest(
                                        key, new TriageChange.Labels(ListEdit.add(List.of(BUG))), OCTOCAT, NOW)),
                        new TriagePullRequest(
                                key, new TriageChange.Assignees(ListEdit.replace(List.of(TORVALDS))), OCTOCAT, NOW)),
                new TriagePullRequest(key, new TriageChange.Lock(LockReason.RESOLVED), OCTOCAT, NOW));
        assertThat(triaged.triage().labels()).containsExactly(BUG);
        assertThat(triaged.triage().assignees()).containsExactly(TORVALDS);
        assertThat(triaged.triage().locked()).isTrue();
        PullRequest back = after(
                after(
                        after(
                                triaged,
                                new TriagePullRequest(
                                        key, new TriageChange.Labels(ListEdit.remove(List.of(BUG))), OCTOCAT, NOW)),
                        new TriagePullRequest(
                                key, new TriageChange.Assignees(ListEdit.replace(List.of())), OCTOCAT, NOW)),
                new TriagePullRequest(key, new TriageChange.Unlock(), OCTOCAT, NOW));
        assertThat(back.triage()).isEqualTo(pull.triage());
    }

    private static List<LabelId> labelIds(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(LabelId::new).toList();
    }

    private static List<AccountId> accounts(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(AccountId::new).toList();
    }

    private static OpenIssue open(List<LabelId> labels, List<AccountId> assignees) {
        return new OpenIssue(KEY, 9, TORVALDS, "Typo", null, labels, assignees, null, THEN);
    }

    private static TriageIssue labels(ListEdit<LabelId> edit) {
        return new TriageIssue(KEY, new TriageChange.Labels(edit), OCTOCAT, NOW);
    }

    private static TriageIssue assignees(ListEdit<AccountId> edit) {
        return new TriageIssue(KEY, new TriageChange.Assignees(edit), OCTOCAT, NOW);
    }

    private static TriageIssue lock(@Nullable LockReason reason) {
        return new TriageIssue(KEY, new TriageChange.Lock(reason), OCTOCAT, NOW);
    }

    private static Issue after(@Nullable Issue state, IssueCommand command) {
        Issue next = state;
        for (IssueEvent event : Issue.decide(state, command)) {
            next = Issue.evolve(next, event);
        }
        return Objects.requireNonNull(next);
    }

    private static PullRequest after(@Nullable PullRequest state, PullRequestCommand command) {
        PullRequest next = state;
        for (PullRequestEvent event : PullRequest.decide(state, command)) {
            next = PullRequest.evolve(next, event);
        }
        return Objects.requireNonNull(next);
    }
}
