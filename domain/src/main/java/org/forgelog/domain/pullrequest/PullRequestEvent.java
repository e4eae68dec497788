package org.forgelog.domain.pullrequest;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What happened to a pull request. */
public sealed interface PullRequestEvent extends DomainEvent {

    RepositoryId repositoryId();

    long number();

    default PullRequestKey key() {
        return new PullRequestKey(repositoryId(), number());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record PullRequestOpened(
            RepositoryId repositoryId,
            long number,
            long pullRequestId,
            AccountId authorId,
            String title,
            @Nullable String body,
            Branch head,
            Branch base,
            boolean draft,
            boolean maintainerCanModify,
            Instant openedAt)
            implements PullRequestEvent {}

    record PullRequestEdited(
            RepositoryId repositoryId,
            long number,
            @Nullable String title,
            @Nullable Change<String> body,
            @Nullable Branch base,
            @Nullable Boolean maintainerCanModify,
            AccountId editedBy,
            Instant editedAt)
            implements PullRequestEvent {}

    record PullRequestClosed(RepositoryId repositoryId, long number, AccountId closedBy, Instant closedAt)
            implements PullRequestEvent {}

    record PullRequestReopened(RepositoryId repositoryId, long number, AccountId reopenedBy, Instant reopenedAt)
            implements PullRequestEvent {}

    /** @param mergeCommitSha a commit id that stands for the merge; synthetic, since there is no git here */
    record PullRequestMerged(
            RepositoryId repositoryId,
            long number,
            String mergeCommitSha,
            MergeMethod method,
            @Nullable String commitTitle,
            @Nullable String commitMessage,
            AccountId mergedBy,
            Instant mergedAt)
            implements PullRequestEvent {}

    /**
     * Labels, assignees and lock. Labels are ids alone: see {@link org.forgelog.domain.label.LabelEvent}. One event
     * says all that one request added, another all that it removed.
     */
    sealed interface TriageEvent extends PullRequestEvent {}

    /** @param labelIds labels it did not carry before */
    record PullRequestLabelled(
            RepositoryId repositoryId, long number, List<LabelId> labelIds, AccountId labelledBy, Instant labelledAt)
            implements TriageEvent {}

    /** @param labelIds labels it carried */
    record PullRequestUnlabelled(
            RepositoryId repositoryId,
            long number,
            List<LabelId> labelIds,
            AccountId unlabelledBy,
            Instant unlabelledAt)
            implements TriageEvent {}

    /** @param assigneeIds users it was not assigned to before */
    record PullRequestAssigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId assignedBy,
            Instant assignedAt)
            implements TriageEvent {}

    /** @param assigneeIds users it was assigned to */
    record PullRequestUnassigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId unassignedBy,
            Instant unassignedAt)
            implements TriageEvent {}

    /** It was open to everybody's comments, or locked for another reason. */
    record PullRequestLocked(
            RepositoryId repositoryId, long number, @Nullable LockReason reason, AccountId lockedBy, Instant lockedAt)
            implements TriageEvent {}

    record PullRequestUnlocked(RepositoryId repositoryId, long number, AccountId unlockedBy, Instant unlockedAt)
            implements TriageEvent {}
}
