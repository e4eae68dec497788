package org.forgelog.domain.pullrequest;

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

    /**
     * @param oldTitle what a changed title was before; {@code null} where it did not change, and in events of old, which
     *     did not say
     */
    record PullRequestEdited(
            RepositoryId repositoryId,
            long number,
            @Nullable String title,
            @Nullable String oldTitle,
            @Nullable Change<String> body,
            @Nullable Branch base,
            @Nullable Boolean maintainerCanModify,
            AccountId editedBy,
            Instant editedAt)
            implements PullRequestEvent {}

    /** @param milestone the number of the milestone it is planned for, which counts what is closed; {@code null} for none */
    record PullRequestClosed(
            RepositoryId repositoryId, long number, @Nullable Long milestone, AccountId closedBy, Instant closedAt)
            implements PullRequestEvent {

        /** The closing of a pull request that is planned for no milestone. */
        public PullRequestClosed(RepositoryId repositoryId, long number, AccountId closedBy, Instant closedAt) {
            this(repositoryId, number, null, closedBy, closedAt);
        }
    }

    /** @param milestone as where it is closed */
    record PullRequestReopened(
            RepositoryId repositoryId, long number, @Nullable Long milestone, AccountId reopenedBy, Instant reopenedAt)
            implements PullRequestEvent {

        /** The reopening of a pull request that is planned for no milestone. */
        public PullRequestReopened(RepositoryId repositoryId, long number, AccountId reopenedBy, Instant reopenedAt) {
            this(repositoryId, number, null, reopenedBy, reopenedAt);
        }
    }

    /**
     * @param mergeCommitSha a commit id that stands for the merge; synthetic, since there is no git here
     * @param milestone as where it is closed
     * @param authorId who opened it, a contributor from now on; {@code null} in events of old, which did not say
     */
    record PullRequestMerged(
            RepositoryId repositoryId,
            long number,
            String mergeCommitSha,
            MergeMethod method,
            @Nullable String commitTitle,
            @Nullable String commitMessage,
            @Nullable Long milestone,
            @Nullable AccountId authorId,
            AccountId mergedBy,
            Instant mergedAt)
            implements PullRequestEvent {

        /** The merge of a pull request that is planned for no milestone, as events of old tell of it. */
        public PullRequestMerged(
                RepositoryId repositoryId,
                long number,
                String mergeCommitSha,
                MergeMethod method,
                @Nullable String commitTitle,
                @Nullable String commitMessage,
                AccountId mergedBy,
                Instant mergedAt) {
            this(
                    repositoryId,
                    number,
                    mergeCommitSha,
                    method,
                    commitTitle,
                    commitMessage,
                    null,
                    null,
                    mergedBy,
                    mergedAt);
        }
    }

    /**
     * Labels, assignees, lock and milestone. Labels are ids alone: see {@link org.forgelog.domain.label.LabelEvent}. One event
     * says all that one request added, another all that it removed.
     */
    sealed interface TriageEvent extends PullRequestEvent {

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
    static TriageEvents<TriageEvent> triage(PullRequestKey key, boolean open, AccountId by, Instant at) {
        RepositoryId repositoryId = key.repositoryId();
        long number = key.number();
        return new TriageEvents<>() {
            @Override
            public TriageEvent labelled(List<LabelId> labels) {
                return new PullRequestLabelled(repositoryId, number, labels, by, at);
            }

            @Override
            public TriageEvent unlabelled(List<LabelId> labels) {
                return new PullRequestUnlabelled(repositoryId, number, labels, by, at);
            }

            @Override
            public TriageEvent assigned(List<AccountId> assignees) {
                return new PullRequestAssigned(repositoryId, number, assignees, by, at);
            }

            @Override
            public TriageEvent unassigned(List<AccountId> assignees) {
                return new PullRequestUnassigned(repositoryId, number, assignees, by, at);
            }

            @Override
            public TriageEvent locked(@Nullable LockReason reason) {
                return new PullRequestLocked(repositoryId, number, reason, by, at);
            }

            @Override
            public TriageEvent unlocked() {
                return new PullRequestUnlocked(repositoryId, number, by, at);
            }

            @Override
            public TriageEvent milestoned(long milestone) {
                return new PullRequestMilestoned(repositoryId, number, milestone, open, by, at);
            }

            @Override
            public TriageEvent demilestoned(long milestone) {
                return new PullRequestDemilestoned(repositoryId, number, milestone, open, by, at);
            }
        };
    }

    /** @param labelIds labels it did not carry before */
    record PullRequestLabelled(
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
    record PullRequestUnlabelled(
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
    record PullRequestAssigned(
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
    record PullRequestUnassigned(
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
    record PullRequestLocked(
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

    record PullRequestUnlocked(RepositoryId repositoryId, long number, AccountId unlockedBy, Instant unlockedAt)
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
    record PullRequestMilestoned(
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
    record PullRequestDemilestoned(
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
