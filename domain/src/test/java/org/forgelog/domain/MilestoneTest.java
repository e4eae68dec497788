package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.util.List;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.milestone.Milestone;
import org.forgelog.domain.milestone.MilestoneCommand.CloseMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.CreateMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.DeleteMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.EditMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.ReopenMilestone;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneClosed;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneEdited;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneReopened;
import org.forgelog.domain.milestone.MilestoneKey;
import org.junit.jupiter.api.Test;

class MilestoneTest {

    private static final MilestoneKey KEY = new MilestoneKey(HELLO_WORLD, 1);
    private static final MilestoneCreated CREATED =
            new MilestoneCreated(HELLO_WORLD, 1, 7, "v1", "All of it.", NOW, OCTOCAT, THEN);
    private static final IssueKey ISSUE = new IssueKey(HELLO_WORLD, 3);

    private static Milestone given(MilestoneEvent... events) {
        Milestone state = null;
        for (MilestoneEvent event : events) {
            state = Milestone.evolve(state, event);
        }
        return state;
    }

    @Test
    void isCreatedOpen() {
        assertThat(Milestone.decide(null, new CreateMilestone(KEY, 7, "v1", "All of it.", NOW, OCTOCAT, THEN)))
                .containsExactly(CREATED);
        assertThat(given(CREATED).open()).isTrue();
        assertRejected(
                Rejection.Code.INVALID,
                () -> Milestone.decide(null, new CreateMilestone(KEY, 7, " ", null, null, OCTOCAT, THEN)));
    }

    @Test
    void anEditSaysWhatChangedAndNothingElse() {
        assertThat(Milestone.decide(
                        given(CREATED),
                        new EditMilestone(
                                KEY, Change.to("v1.0"), Change.to("All of it."), Change.to(null), OCTOCAT, NOW)))
                .containsExactly(new MilestoneEdited(HELLO_WORLD, 1, "v1.0", null, Change.to(null), OCTOCAT, NOW));
        assertThat(Milestone.decide(
                        given(CREATED), new EditMilestone(KEY, Change.to("v1"), null, Change.to(NOW), OCTOCAT, NOW)))
                .isEmpty();
    }

    @Test
    void isClosedAndReopenedOnce() {
        MilestoneClosed closed = new MilestoneClosed(HELLO_WORLD, 1, OCTOCAT, NOW);
        assertThat(Milestone.decide(given(CREATED), new CloseMilestone(KEY, OCTOCAT, NOW)))
                .containsExactly(closed);
        assertThat(Milestone.decide(given(CREATED, closed), new CloseMilestone(KEY, OCTOCAT, NOW)))
                .isEmpty();
        assertThat(Milestone.decide(given(CREATED, closed), new ReopenMilestone(KEY, OCTOCAT, NOW)))
                .containsExactly(new MilestoneReopened(HELLO_WORLD, 1, OCTOCAT, NOW));
        assertThat(Milestone.decide(given(CREATED), new ReopenMilestone(KEY, OCTOCAT, NOW)))
                .isEmpty();
    }

    @Test
    void onceDeletedThereIsNothingToAskOfIt() {
        MilestoneDeleted deleted = new MilestoneDeleted(HELLO_WORLD, 1, OCTOCAT, NOW);
        assertThat(Milestone.decide(given(CREATED), new DeleteMilestone(KEY, OCTOCAT, NOW)))
                .containsExactly(deleted);
        assertRejected(
                Rejection.Code.NOT_FOUND,
                () -> Milestone.decide(given(CREATED, deleted), new CloseMilestone(KEY, OCTOCAT, NOW)));
        assertRejected(Rejection.Code.NOT_FOUND, () -> Milestone.decide(null, new DeleteMilestone(KEY, OCTOCAT, NOW)));
    }

    @Test
    void anotherMilestoneTakesThePlaceOfTheOneBefore() {
        Issue issue = issue(new OpenIssue(ISSUE, 9, TORVALDS, "Typo", null, List.of(), List.of(), 1L, THEN));
        assertThat(Issue.decide(issue, plan(1L))).isEmpty();
        assertThat(Issue.decide(issue, plan(2L)))
                .containsExactly(
                        new IssueDemilestoned(HELLO_WORLD, 3, 1, true, OCTOCAT, NOW),
                        new IssueMilestoned(HELLO_WORLD, 3, 2, true, OCTOCAT, NOW));
        assertThat(Issue.decide(issue, plan(null)))
                .containsExactly(new IssueDemilestoned(HELLO_WORLD, 3, 1, true, OCTOCAT, NOW));
    }

    @Test
    void closingTellsTheMilestoneThatCountsIt() {
        Issue issue = issue(new OpenIssue(ISSUE, 9, TORVALDS, "Typo", null, List.of(), List.of(), 1L, THEN));
        CloseIssue close = new CloseIssue(ISSUE, CloseReason.COMPLETED, OCTOCAT, NOW);
        assertThat(Issue.decide(issue, close))
                .containsExactly(new IssueClosed(HELLO_WORLD, 3, CloseReason.COMPLETED, 1L, OCTOCAT, NOW));
        Issue closed =
                Issue.evolve(issue, (IssueEvent) Issue.decide(issue, close).getFirst());
        assertThat(Issue.decide(closed, plan(null)))
                .containsExactly(new IssueDemilestoned(HELLO_WORLD, 3, 1, false, OCTOCAT, NOW));
    }

    private static TriageIssue plan(Long milestone) {
        return new TriageIssue(ISSUE, new TriageChange.Milestone(milestone), OCTOCAT, NOW);
    }

    private static Issue issue(OpenIssue command) {
        Issue state = null;
        for (IssueEvent event : Issue.decide(null, command)) {
            state = Issue.evolve(state, event);
        }
        return state;
    }
}
