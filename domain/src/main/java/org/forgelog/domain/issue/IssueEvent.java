package org.forgelog.domain.issue;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.conversation.TriageEvents;
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
    sealed interface TriageEvent extends IssueEvent {

        /** What {@code before} is when this has happened. */
        Triage after(Triage before);

        /** When it happened. */
        Instant at();
    }

    /** Makes the events of what {@code by} does at {@code at}. */
    static TriageEvents<TriageEvent> triage(IssueKey key, AccountId by, Instant at) {
        RepositoryId repositoryId = key.repositoryId();
        long number = key.number();
        return new TriageEvents<>() {
            @Override
            public TriageEvent labelled(List<LabelId> labels) {
                return new IssueLabelled(repositoryId, number, labels, by, at);
            }

            @Override
            public TriageEvent unlabelled(List<LabelId> labels) {
                return new IssueUnlabelled(repositoryId, number, labels, by, at);
            }

            @Override
            public TriageEvent assigned(List<AccountId> assignees) {
                return new IssueAssigned(repositoryId, number, assignees, by, at);
            }

            @Override
            public TriageEvent unassigned(List<AccountId> assignees) {
                return new IssueUnassigned(repositoryId, number, assignees, by, at);
            }

            @Override
            public TriageEvent locked(@Nullable LockReason reason) {
                return new IssueLocked(repositoryId, number, reason, by, at);
            }

            @Override
            public TriageEvent unlocked() {
                return new IssueUnlocked(repositoryId, number, by, at);
            }
        };
    }

    /** @param labelIds labels it did not carry before */
    record IssueLabelled(
            RepositoryId repositoryId, long number, List<LabelId> labelIds, AccountId labelledBy, Instant labelledAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.labelled(labelIds);
        }

        @Override
        public Instant at() {
            return labelledAt;
        }
    }

    /** @param labelIds labels it carried */
    record IssueUnlabelled(
            RepositoryId repositoryId,
            long number,
            List<LabelId> labelIds,
            AccountId unlabelledBy,
            Instant unlabelledAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.unlabelled(labelIds);
        }

        @Override
        public Instant at() {
            return unlabelledAt;
        }
    }

    /** @param assigneeIds users it was not assigned to before */
    record IssueAssigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId assignedBy,
            Instant assignedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.assigned(assigneeIds);
        }

        @Override
        public Instant at() {
            return assignedAt;
        }
    }

    /** @param assigneeIds users it was assigned to */
    record IssueUnassigned(
            RepositoryId repositoryId,
            long number,
            List<AccountId> assigneeIds,
            AccountId unassignedBy,
            Instant unassignedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.unassigned(assigneeIds);
        }

        @Override
        public Instant at() {
            return unassignedAt;
        }
    }

    /** It was open to everybody's comments, or locked for another reason. */
    record IssueLocked(
            RepositoryId repositoryId, long number, @Nullable LockReason reason, AccountId lockedBy, Instant lockedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.lockedFor(reason);
        }

        @Override
        public Instant at() {
            return lockedAt;
        }
    }

    record IssueUnlocked(RepositoryId repositoryId, long number, AccountId unlockedBy, Instant unlockedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.unlocked();
        }

        @Override
        public Instant at() {
            return unlockedAt;
        }
    }
}
