package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.domain.Rejections.assertInvalid;
import static org.forgelog.domain.Rejections.assertRejected;
import static org.forgelog.domain.Samples.HELLO_WORLD;
import static org.forgelog.domain.Samples.NOW;
import static org.forgelog.domain.Samples.OCTOCAT;
import static org.forgelog.domain.Samples.THEN;
import static org.forgelog.domain.Samples.TORVALDS;

import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRequestTest {

    private static final PullRequestKey KEY = new PullRequestKey(HELLO_WORLD, 1);

    @Test
    void theHeadHasACommitThatStaysTheSame() {
        PullRequest once = open(false);
        assertThat(once.head().sha())
                .matches("[0-9a-f]{40}")
                .isEqualTo(open(false).head().sha());
        assertThat(once.base().sha()).isNotEqualTo(once.head().sha());
    }

    @Test
    void aBranchCannotBeMergedIntoItself() {
        assertInvalid("head", Fault.CUSTOM, () -> PullRequest.decide(null, command("main", "main", false)));
    }

    @Test
    void aForksBranchMayHaveTheNameOfTheOneItIsMergedInto() {
        RepositoryId fork = new RepositoryId(4);
        OpenPullRequest open = new OpenPullRequest(
                KEY,
                9,
                TORVALDS,
                "Fix README typo",
                null,
                OCTOCAT,
                fork,
                new BranchName("main"),
                OCTOCAT,
                new BranchName("main"),
                false,
                true,
                THEN);
        PullRequest pull =
                PullRequest.evolve(null, PullRequest.decide(null, open).getFirst());
        assertThat(pull.head().repositoryId()).isEqualTo(fork);
        assertThat(pull.base().repositoryId()).isEqualTo(HELLO_WORLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a..b", "/a", "a/", "a.lock", "-a", "a~1", "a:b", "a\\b", "@{", "a//b", ".a"})
    void aBranchNameIsOneThatGitWouldTake(String name) {
        assertInvalid("head", Fault.INVALID, () -> BranchName.of("PullRequest", "head", name));
    }

    @Test
    void mergingClosesItWithAMergeCommit() {
        PullRequest merged = after(open(false), merge(null));
        assertThat(merged.open()).isFalse();
        assertThat(merged.merge()).isNotNull();
        assertThat(merged.closedAt()).isEqualTo(NOW);
    }

    @Test
    void whatIsMergedClosedOrADraftCannotBeMerged() {
        PullRequest closed = after(open(false), new ClosePullRequest(KEY, OCTOCAT, NOW));
        assertRejected(Code.NOT_MERGEABLE, () -> PullRequest.decide(closed, merge(null)));
        assertRejected(Code.NOT_MERGEABLE, () -> PullRequest.decide(open(true), merge(null)));
        assertRejected(Code.NOT_MERGEABLE, () -> PullRequest.decide(after(open(false), merge(null)), merge(null)));
    }

    @Test
    void onlyTheHeadThatTheClientSawIsMerged() {
        PullRequest pull = open(false);
        assertRejected(Code.HEAD_MOVED, () -> PullRequest.decide(pull, merge("0".repeat(40))));
        assertThat(PullRequest.decide(pull, merge(pull.head().sha()))).hasSize(1);
    }

    @Test
    void aMergedPullRequestStaysClosed() {
        PullRequest merged = after(open(false), merge(null));
        assertInvalid(
                "state", Fault.INVALID, () -> PullRequest.decide(merged, new ReopenPullRequest(KEY, OCTOCAT, NOW)));
    }

    @Test
    void aClosedOneCanBeReopenedButNotRebased() {
        PullRequest closed = after(open(false), new ClosePullRequest(KEY, OCTOCAT, NOW));
        assertThat(after(closed, new ReopenPullRequest(KEY, OCTOCAT, NOW)).open())
                .isTrue();
        assertInvalid(
                "base",
                Fault.INVALID,
                () -> PullRequest.decide(
                        closed, new EditPullRequest(KEY, null, null, new BranchName("next"), null, OCTOCAT, NOW)));
    }

    private static PullRequest open(boolean draft) {
        PullRequestEvent opened =
                PullRequest.decide(null, command("fix", "main", draft)).getFirst();
        return PullRequest.evolve(null, opened);
    }

    private static OpenPullRequest command(String head, String base, boolean draft) {
        return new OpenPullRequest(
                KEY,
                9,
                TORVALDS,
                "Fix README typo",
                null,
                OCTOCAT,
                new BranchName(head),
                OCTOCAT,
                new BranchName(base),
                draft,
                true,
                THEN);
    }

    private static MergePullRequest merge(@Nullable String expectedHead) {
        return new MergePullRequest(KEY, expectedHead, MergeMethod.MERGE, null, null, OCTOCAT, NOW);
    }

    private static PullRequest after(PullRequest state, PullRequestCommand command) {
        PullRequest next = state;
        for (PullRequestEvent event : PullRequest.decide(state, command)) {
            next = PullRequest.evolve(next, event);
        }
        return next;
    }
}
