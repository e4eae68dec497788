package org.forgelog.domain.repository;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;

/** What happened to a repository itself. */
public sealed interface RepositoryEvent extends DomainEvent {

    RepositoryId repositoryId();

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record RepositoryCreated(
            RepositoryId repositoryId,
            AccountId ownerId,
            String ownerLogin,
            String name,
            RepositorySettings settings,
            AccountId createdBy,
            Instant createdAt)
            implements RepositoryEvent {}

    record RepositoryEdited(RepositoryId repositoryId, RepositorySettings.Changes changes, Instant editedAt)
            implements RepositoryEvent {}

    record RepositoryRenamed(
            RepositoryId repositoryId, String ownerLogin, String oldName, String name, Instant renamedAt)
            implements RepositoryEvent {}

    /** The address changed because the owner's login did. */
    record RepositoryOwnerRenamed(
            RepositoryId repositoryId, String oldOwnerLogin, String ownerLogin, String name, Instant renamedAt)
            implements RepositoryEvent {}

    record RepositoryArchived(RepositoryId repositoryId, Instant archivedAt) implements RepositoryEvent {}

    record RepositoryUnarchived(RepositoryId repositoryId, Instant unarchivedAt) implements RepositoryEvent {}

    record RepositoryDeleted(
            RepositoryId repositoryId, AccountId ownerId, String ownerLogin, String name, Instant deletedAt)
            implements RepositoryEvent {}
}
