package org.forgelog.domain.pullrequest;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriagePullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestEvent.TriageEvent;
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
        Triage triage,
        Instant createdAt,
        Instant updatedAt) {

    static final String RESOURCE = "PullRequest";

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
            return List.of(PullRequestRules.open(c));
        }
        if (state == null) {
            throw Rejection.notFound();
        }
        RepositoryId repositoryId = state.key.repositoryId();
        long number = state.key.number();
        return switch (command) {
            case OpenPullRequest c -> List.of();
            case EditPullRequest c -> PullRequestRules.edit(state, c);
            case ClosePullRequest c ->
                state.open
                        ? List.of(new PullRequestClosed(
                                repositoryId, number, state.triage.milestone(), c.closedBy(), c.closedAt()))
                        : List.of();
            case ReopenPullRequest c -> {
                if (state.merge != null) {
                    throw Rejection.invalid(
                            RESOURCE, "state", Fault.INVALID, "state cannot be changed. The pull request was merged.");
                }
                yield state.open
                        ? List.of()
                        : List.of(new PullRequestReopened(
                                repositoryId, number, state.triage.milestone(), c.reopenedBy(), c.reopenedAt()));
            }
            case MergePullRequest c -> List.of(PullRequestRules.merge(state, c));
            case TriagePullRequest c ->
                state.triage.decide(
                        RESOURCE,
                        c.change(),
                        PullRequestEvent.triage(state.key, state.open, c.changedBy(), c.changedAt()));
        };
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
                    Triage.NONE,
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
                        state.triage,
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
            case TriageEvent e -> state.with(e.after(state.triage), e.at());
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
        return copy(open, closedAt, closedBy, merge, triage, updatedAt);
    }

    PullRequest with(Triage triage, Instant updatedAt) {
        return copy(open, closedAt, closedBy, merge, triage, updatedAt);
    }

    private PullRequest copy(
            boolean open,
            @Nullable Instant closedAt,
            @Nullable AccountId closedBy,
            @Nullable Merge merge,
            Triage triage,
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
                triage,
                createdAt,
                updatedAt);
    }
}
