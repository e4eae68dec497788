package org.forgelog.domain.milestone;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a milestone. In the repository's sequence, before anything that is planned for it.
 *
 * <p>Issues and pull requests name a milestone by its number alone, so that editing or deleting it is one event and one
 * write, however many are planned for it. What is no longer there is not shown.
 */
public sealed interface MilestoneEvent extends DomainEvent {

    RepositoryId repositoryId();

    long number();

    default MilestoneKey key() {
        return new MilestoneKey(repositoryId(), number());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record MilestoneCreated(
            RepositoryId repositoryId,
            long number,
            long milestoneId,
            String title,
            @Nullable String description,
            @Nullable Instant dueOn,
            AccountId createdBy,
            Instant createdAt)
            implements MilestoneEvent {}

    /** Says what changed; the rest is {@code null}. */
    record MilestoneEdited(
            RepositoryId repositoryId,
            long number,
            @Nullable String title,
            @Nullable Change<String> description,
            @Nullable Change<Instant> dueOn,
            AccountId editedBy,
            Instant editedAt)
            implements MilestoneEvent {}

    record MilestoneClosed(RepositoryId repositoryId, long number, AccountId closedBy, Instant closedAt)
            implements MilestoneEvent {}

    record MilestoneReopened(RepositoryId repositoryId, long number, AccountId reopenedBy, Instant reopenedAt)
            implements MilestoneEvent {}

    record MilestoneDeleted(RepositoryId repositoryId, long number, AccountId deletedBy, Instant deletedAt)
            implements MilestoneEvent {}
}
