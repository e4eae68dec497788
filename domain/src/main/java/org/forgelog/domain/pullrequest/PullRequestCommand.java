package org.forgelog.domain.pullrequest;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a pull request. */
public sealed interface PullRequestCommand extends DomainCommand<PullRequest> {

    PullRequestKey key();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return key().repositoryId().sequenceKey();
    }

    /**
     * @param pullRequestId the public id, unlike the number unique across repositories
     * @param headOwnerId the account whose repository holds the head branch
     * @param headRepositoryId that repository: this one or a fork
     */
    record OpenPullRequest(
            PullRequestKey key,
            long pullRequestId,
            AccountId authorId,
            @Nullable String title,
            @Nullable String body,
            AccountId headOwnerId,
            RepositoryId headRepositoryId,
            BranchName head,
            AccountId baseOwnerId,
            BranchName base,
            boolean draft,
            boolean maintainerCanModify,
            Instant openedAt)
            implements PullRequestCommand {

        /** A pull request whose head is in its own repository. */
        public OpenPullRequest(
                PullRequestKey key,
                long pullRequestId,
                AccountId authorId,
                @Nullable String title,
                @Nullable String body,
                AccountId headOwnerId,
                BranchName head,
                AccountId baseOwnerId,
                BranchName base,
                boolean draft,
                boolean maintainerCanModify,
                Instant openedAt) {
            this(
                    key,
                    pullRequestId,
                    authorId,
                    title,
                    body,
                    headOwnerId,
                    key.repositoryId(),
                    head,
                    baseOwnerId,
                    base,
                    draft,
                    maintainerCanModify,
                    openedAt);
        }
    }

    record EditPullRequest(
            PullRequestKey key,
            @Nullable Change<String> title,
            @Nullable Change<String> body,
            @Nullable BranchName base,
            @Nullable Boolean maintainerCanModify,
            AccountId editedBy,
            Instant editedAt)
            implements PullRequestCommand {}

    record ClosePullRequest(PullRequestKey key, AccountId closedBy, Instant closedAt) implements PullRequestCommand {}

    record ReopenPullRequest(PullRequestKey key, AccountId reopenedBy, Instant reopenedAt)
            implements PullRequestCommand {}

    /** @param expectedHead the commit the client means to merge; any when {@code null} */
    record MergePullRequest(
            PullRequestKey key,
            @Nullable String expectedHead,
            MergeMethod method,
            @Nullable String commitTitle,
            @Nullable String commitMessage,
            AccountId mergedBy,
            Instant mergedAt)
            implements PullRequestCommand {}

    /** Changes labels, assignees, lock or milestone. */
    record TriagePullRequest(PullRequestKey key, TriageChange change, AccountId changedBy, Instant changedAt)
            implements PullRequestCommand {}
}
