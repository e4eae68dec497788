package org.forgelog.domain.pullrequest;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Digests;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** The state of a pull request and its rules, without side effects: time and ids come in with the commands. */
public record PullRequest(
        PullRequestKey key,
        long id,
        AccountId authorId,
        String title,
        @Nullable String body,
        Branch head,
        Branch base,
        boolean draft,
        boolean maintainerCanModify,
        boolean open,
        @Nullable Instant closedAt,
        @Nullable AccountId closedBy,
        @Nullable Merge merge,
        Instant createdAt,
        Instant updatedAt) {

    private static final String RESOURCE = "PullRequest";

    /** How and by whom a pull request was merged. */
    public record Merge(String commitSha, AccountId mergedBy, Instant mergedAt) {}

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the pull request, {@code null} before it was opened
     * @throws Rejection when the rules forbid it
     */
    public static List<PullRequestEvent> decide(@Nullable PullRequest state, PullRequestCommand command) {
        if (command instanceof OpenPullRequest c) {
            return List.of(open(c));
        }
        if (state == null) {
            throw Rejection.notFound();
        }
        RepositoryId repositoryId = state.key.repositoryId();
        long number = state.key.number();
        return switch (command) {
            case OpenPullRequest c -> List.of();
            case EditPullRequest c -> state.edit(c);
            case ClosePullRequest c ->
                state.open
                        ? List.of(new PullRequestClosed(repositoryId, number, c.closedBy(), c.closedAt()))
                        : List.of();
            case ReopenPullRequest c -> {
                if (state.merge != null) {
                    throw Rejection.invalid(
                            RESOURCE, "state", Fault.INVALID, "state cannot be changed. The pull request was merged.");
                }
                yield state.open
                        ? List.of()
                        : List.of(new PullRequestReopened(repositoryId, number, c.reopenedBy(), c.reopenedAt()));
            }
            case MergePullRequest c -> List.of(state.merge(c));
        };
    }

    private static PullRequestOpened open(OpenPullRequest c) {
        RepositoryId repositoryId = c.key().repositoryId();
        long number = c.key().number();
        if (c.headOwnerId().equals(c.baseOwnerId()) && c.head().equals(c.base())) {
            throw Rejection.invalid(
                    RESOURCE, "head", Fault.CUSTOM, "No commits between " + c.base() + " and " + c.head());
        }
        return new PullRequestOpened(
                repositoryId,
                number,
                c.pullRequestId(),
                c.authorId(),
                Texts.title(RESOURCE, c.title()),
                Texts.body(RESOURCE, c.body()),
                new Branch(
                        c.headOwnerId(),
                        repositoryId,
                        c.head().value(),
                        Digests.syntheticCommit("head", repositoryId, number, c.headOwnerId(), c.head())),
                baseBranch(c.baseOwnerId(), repositoryId, c.base()),
                c.draft(),
                c.maintainerCanModify(),
                c.openedAt());
    }

    private static Branch baseBranch(AccountId ownerId, RepositoryId repositoryId, BranchName base) {
        return new Branch(ownerId, repositoryId, base.value(), Digests.syntheticCommit("branch", repositoryId, base));
    }

    private List<PullRequestEvent> edit(EditPullRequest c) {
        if (c.title() != null) {
            Texts.title(RESOURCE, c.title().value());
        }
        if (c.body() != null) {
            Texts.body(RESOURCE, c.body().value());
        }
        Change<String> titleChange = Change.unlessSame(c.title(), title);
        Change<String> bodyChange = Change.unlessSame(c.body(), body);
        Branch newBase = c.base() == null || c.base().value().equals(base.ref())
                ? null
                : baseBranch(base.ownerId(), base.repositoryId(), c.base());
        if (newBase != null && !open) {
            throw Rejection.invalid(
                    RESOURCE, "base", Fault.INVALID, "Cannot change the base branch of a closed pull request.");
        }
        Boolean modify = c.maintainerCanModify() == null || c.maintainerCanModify() == maintainerCanModify
                ? null
                : c.maintainerCanModify();
        if (titleChange == null && bodyChange == null && newBase == null && modify == null) {
            return List.of();
        }
        return List.of(new PullRequestEdited(
                key.repositoryId(),
                key.number(),
                titleChange == null ? null : titleChange.value(),
                bodyChange,
                newBase,
                modify,
                c.editedBy(),
                c.editedAt()));
    }

    private PullRequestMerged merge(MergePullRequest c) {
        if (!open || draft) {
            throw Rejection.of(Code.NOT_MERGEABLE, "Pull Request is not mergeable");
        }
        if (c.expectedHead() != null && !c.expectedHead().equals(head.sha())) {
            throw Rejection.of(Code.HEAD_MOVED, "Head branch was modified. Review and try the merge again.");
        }
        Texts.line(RESOURCE, "commit_title", c.commitTitle(), Texts.TITLE_LIMIT);
        return new PullRequestMerged(
                key.repositoryId(),
                key.number(),
                Digests.syntheticCommit("merge", key.repositoryId(), key.number(), head.sha(), base.ref()),
                c.method(),
                c.commitTitle(),
                Texts.body(RESOURCE, c.commitMessage()),
                c.mergedBy(),
                c.mergedAt());
    }

    /** The pull request after {@code event}. */
    public static PullRequest evolve(@Nullable PullRequest state, PullRequestEvent event) {
        if (event instanceof PullRequestOpened e) {
            return new PullRequest(
                    e.key(),
                    e.pullRequestId(),
                    e.authorId(),
                    e.title(),
                    e.body(),
                    e.head(),
                    e.base(),
                    e.draft(),
                    e.maintainerCanModify(),
                    true,
                    null,
                    null,
                    null,
                    e.openedAt(),
                    e.openedAt());
        }
        if (state == null) {
            throw new IllegalStateException("a pull request's first event must be its opening, not " + event);
        }
        return switch (event) {
            case PullRequestOpened e -> state;
            case PullRequestEdited e ->
                new PullRequest(
                        state.key,
                        state.id,
                        state.authorId,
                        e.title() == null ? state.title : e.title(),
                        Change.apply(e.body(), state.body),
                        state.head,
                        e.base() == null ? state.base : e.base(),
                        state.draft,
                        e.maintainerCanModify() == null ? state.maintainerCanModify : e.maintainerCanModify(),
                        state.open,
                        state.closedAt,
                        state.closedBy,
                        state.merge,
                        state.createdAt,
                        e.editedAt());
            case PullRequestClosed e -> state.in(false, e.closedAt(), e.closedBy(), null, e.closedAt());
            case PullRequestReopened e -> state.in(true, null, null, null, e.reopenedAt());
            case PullRequestMerged e ->
                state.in(
                        false,
                        e.mergedAt(),
                        e.mergedBy(),
                        new Merge(e.mergeCommitSha(), e.mergedBy(), e.mergedAt()),
                        e.mergedAt());
        };
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return key.aggregateId();
    }

    private PullRequest in(
            boolean open,
            @Nullable Instant closedAt,
            @Nullable AccountId closedBy,
            @Nullable Merge merge,
            Instant updatedAt) {
        return new PullRequest(
                key,
                id,
                authorId,
                title,
                body,
                head,
                base,
                draft,
                maintainerCanModify,
                open,
                closedAt,
                closedBy,
                merge,
                createdAt,
                updatedAt);
    }
}
