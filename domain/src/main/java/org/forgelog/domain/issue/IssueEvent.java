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

    /** @param milestone the number of the milestone it is planned for, which counts what is closed; {@code null} for none */
    record IssueClosed(
            RepositoryId repositoryId,
            long number,
            CloseReason reason,
            @Nullable Long milestone,
            AccountId closedBy,
            Instant closedAt)
            implements IssueEvent {

        /** The closing of an issue that is planned for no milestone. */
        public IssueClosed(
                RepositoryId repositoryId, long number, CloseReason reason, AccountId closedBy, Instant closedAt) {
            this(repositoryId, number, reason, null, closedBy, closedAt);
        }
    }

    /** It was closed already, and is now closed for another reason. */
    record IssueCloseReasonChanged(
            RepositoryId repositoryId, long number, CloseReason reason, AccountId changedBy, Instant changedAt)
            implements IssueEvent {}

    /** @param milestone as where it is closed */
    record IssueReopened(
            RepositoryId repositoryId, long number, @Nullable Long milestone, AccountId reopenedBy, Instant reopenedAt)
            implements IssueEvent {

        /** The reopening of an issue that is planned for no milestone. */
        public IssueReopened(RepositoryId repositoryId, long number, AccountId reopenedBy, Instant reopenedAt) {
            this(repositoryId, number, null, reopenedBy, reopenedAt);
        }
    }

    /**
     * Labels, assignees, lock and milestone. Labels are ids alone: see {@link org.forgelog.domain.label.LabelEvent}. One event
     * says all that one request added, another all that it removed.
     */
    sealed interface TriageEvent extends IssueEvent {

        /** What {@code before} is when this has happened. */
        Triage after(Triage before);

        /** When it happened. */
        Instant at();
    }

    /**
     * Makes the events of what {@code by} does at {@code at}.
     *
     * @param open whether it is open then
     */
    static TriageEvents<TriageEvent> triage(IssueKey key, boolean open, AccountId by, Instant at) {
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

            @Override
            public TriageEvent milestoned(long milestone) {
                return new IssueMilestoned(repositoryId, number, milestone, open, by, at);
            }

            @Override
            public TriageEvent demilestoned(long milestone) {
                return new IssueDemilestoned(repositoryId, number, milestone, open, by, at);
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

    /**
     * It is planned for a milestone, and was for none before.
     *
     * @param milestone its number
     * @param open whether it is open: milestones count what is open, and what is closed
     */
    record IssueMilestoned(
            RepositoryId repositoryId,
            long number,
            long milestone,
            boolean open,
            AccountId milestonedBy,
            Instant milestonedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.plannedFor(milestone);
        }

        @Override
        public Instant at() {
            return milestonedAt;
        }
    }

    /**
     * It is no longer planned for a milestone.
     *
     * @param milestone its number
     * @param open whether it is open
     */
    record IssueDemilestoned(
            RepositoryId repositoryId,
            long number,
            long milestone,
            boolean open,
            AccountId demilestonedBy,
            Instant demilestonedAt)
            implements TriageEvent {

        @Override
        public Triage after(Triage before) {
            return before.plannedFor(null);
        }

        @Override
        public Instant at() {
            return demilestonedAt;
        }
    }
}
