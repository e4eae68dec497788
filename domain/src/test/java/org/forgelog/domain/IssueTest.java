package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import java.util.List;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssueTest {

    private static final IssueKey KEY = new IssueKey(HELLO_WORLD, 1);
    private static final IssueOpened OPENED = new IssueOpened(HELLO_WORLD, 1, 9, TORVALDS, "Typo", "On line 3.", THEN);
    private static final IssueClosed CLOSED = new IssueClosed(HELLO_WORLD, 1, CloseReason.COMPLETED, OCTOCAT, NOW);

    @Test
    void openingSaysWhatWasOpened() {
        assertThat(Issue.decide(null, new OpenIssue(KEY, 9, TORVALDS, "Typo", "On line 3.", THEN)))
                .containsExactly(OPENED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  \t"})
    void anIssueNeedsATitle(@Nullable String title) {
        assertInvalid("title", Fault.MISSING_FIELD, () -> Issue.decide(null, open(title, null)));
    }

    @Test
    void aTitleMayHave256CharactersAndNotOneMore() {
        String longest = "🐙".repeat(256);
        assertThat(Issue.decide(null, open(longest, null))).hasSize(1);
        assertInvalid("title", Fault.CUSTOM, () -> Issue.decide(null, open(longest + "x", null)));
    }

    @Test
    void aBodyMayHave65536CharactersAndNotOneMore() {
        String longest = "x".repeat(65_536);
        assertThat(Issue.decide(null, open("Typo", longest))).hasSize(1);
        assertInvalid("body", Fault.CUSTOM, () -> Issue.decide(null, open("Typo", longest + "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\ud800", "a\u0007"})
    void aTitleHoldsNothingThatCannotBeStoredOrShownOnOneLine(String title) {
        assertInvalid("title", Fault.INVALID, () -> Issue.decide(null, open(title, null)));
    }

    @Test
    void editingSaysOnlyWhatChanges() {
        assertThat(decide(
                        List.of(OPENED), new EditIssue(KEY, Change.to("Typo"), Change.to("On line 4."), OCTOCAT, NOW)))
                .containsExactly(new IssueEdited(HELLO_WORLD, 1, null, null, Change.to("On line 4."), OCTOCAT, NOW));
    }

    @Test
    void aBodyCanBeCleared() {
        Issue issue =
                state(List.of(OPENED, new IssueEdited(HELLO_WORLD, 1, null, null, Change.to(null), OCTOCAT, NOW)));
        assertThat(issue.body()).isNull();
        assertThat(issue.title()).isEqualTo("Typo");
    }

    @Test
    void anEditThatChangesNothingIsNoEvent() {
        assertThat(decide(List.of(OPENED), new EditIssue(KEY, Change.to("Typo"), null, OCTOCAT, NOW)))
                .isEmpty();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        CloseIssue close = new CloseIssue(KEY, CloseReason.COMPLETED, OCTOCAT, NOW);
        assertThat(decide(List.of(OPENED), close)).containsExactly(CLOSED);
        assertThat(decide(List.of(OPENED, CLOSED), close)).isEmpty();
    }

    @Test
    void aReopenedIssueIsOpenAndSaysSo() {
        IssueReopened reopened = new IssueReopened(HELLO_WORLD, 1, OCTOCAT, NOW);
        assertThat(decide(List.of(OPENED, CLOSED), new ReopenIssue(KEY, OCTOCAT, NOW)))
                .containsExactly(reopened);
        Issue issue = state(List.of(OPENED, CLOSED, reopened));
        assertThat(issue.open()).isTrue();
        assertThat(issue.closedAt()).isNull();
        assertThat(issue.stateReason()).isEqualTo("reopened");
    }

    private static OpenIssue open(@Nullable String title, @Nullable String body) {
        return new OpenIssue(KEY, 9, TORVALDS, title, body, THEN);
    }

    private static List<IssueEvent> decide(List<IssueEvent> given, IssueCommand when) {
        return Issue.decide(state(given), when);
    }

    private static Issue state(List<IssueEvent> given) {
        Issue issue = Issue.evolve(null, given.getFirst());
        for (IssueEvent event : given.subList(1, given.size())) {
            issue = Issue.evolve(issue, event);
        }
        return issue;
    }
}
