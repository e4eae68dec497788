package org.forgelog.domain.issue;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.label.LabelId;
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

    /**
     * @param oldTitle what a changed title was before; {@code null} where it did not change, and in events of old, which
     *     did not say
     */
    record IssueEdited(
            RepositoryId repositoryId,
            long number,
            @Nullable String title,
            @Nullable String oldTitle,
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

    /**
     * Labels, assignees and lock. Labels are ids alone: see {@link org.forgelog.domain.label.LabelEvent}. One event
     * says all that one request added, another all that it removed.
     */
    sealed interface TriageEvent extends IssueEvent {}

    /** @param labelIds labels it did not carry before */
    record IssueLabelled(
            RepositoryId repositoryId, long number, List<LabelId> labelIds, AccountId labelledBy, Instant labelledAt)
            implements TriageEvent {}

    /** @param labelIds labels it carried */
    record IssueUnlabelled(
            RepositoryId repositoryId,
            long number,
            List<LabelId> labelIds,
            AccountId unlabelledBy,
            Instant unlabelledAt)
            implements TriageEvent {}

    /** @param assigneeIds users it was not assigned to before */
    record IssueAssigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId assignedBy,
            Instant assignedAt)
            implements TriageEvent {}

    /** @param assigneeIds users it was assigned to */
    record IssueUnassigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId unassignedBy,
            Instant unassignedAt)
            implements TriageEvent {}

    /** It was open to everybody's comments, or locked for another reason. */
    record IssueLocked(
            RepositoryId repositoryId, long number, @Nullable LockReason reason, AccountId lockedBy, Instant lockedAt)
            implements TriageEvent {}

    record IssueUnlocked(RepositoryId repositoryId, long number, AccountId unlockedBy, Instant unlockedAt)
            implements TriageEvent {}
}
