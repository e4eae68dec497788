package org.forgelog.domain.pullrequest;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
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
}
