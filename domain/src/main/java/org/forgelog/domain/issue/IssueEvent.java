package org.forgelog.domain.issue;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What happened to an issue. */
public sealed interface IssueEvent extends DomainEvent {

    RepositoryId repositoryId();

    long number();

    default IssueKey key() {
        return new IssueKey(repositoryId(), number());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record IssueOpened(
            RepositoryId repositoryId,
            long number,
            long issueId,
            AccountId authorId,
            String title,
            @Nullable String body,
            Instant openedAt)
            implements IssueEvent {}

    record IssueEdited(
            RepositoryId repositoryId,
            long number,
            @Nullable String title,
            @Nullable Change<String> body,
            AccountId editedBy,
            Instant editedAt)
            implements IssueEvent {}

    record IssueClosed(RepositoryId repositoryId, long number, CloseReason reason, AccountId closedBy, Instant closedAt)
            implements IssueEvent {}

    /** It was closed already, and is now closed for another reason. */
    record IssueCloseReasonChanged(
            RepositoryId repositoryId, long number, CloseReason reason, AccountId changedBy, Instant changedAt)
            implements IssueEvent {}

    record IssueReopened(RepositoryId repositoryId, long number, AccountId reopenedBy, Instant reopenedAt)
            implements IssueEvent {}
}
