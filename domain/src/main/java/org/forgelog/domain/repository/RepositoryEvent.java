package org.forgelog.domain.repository;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** What happened to a repository itself. */
public sealed interface RepositoryEvent extends DomainEvent {

    RepositoryId repositoryId();

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    /**
     * A repository came to be, alone or as a fork. The fork's own sequence is the only one that tells of it; how many
     * forks another repository has is counted from there.
     *
     * @param fork what it is forked from; {@code null} when it is no fork
     */
    record RepositoryCreated(
            RepositoryId repositoryId,
            AccountId ownerId,
            String ownerLogin,
            String name,
            RepositorySettings settings,
            @Nullable Fork fork,
            Numbering numbering,
            AccountId createdBy,
            Instant createdAt)
            implements RepositoryEvent {}

    record RepositoryEdited(RepositoryId repositoryId, RepositorySettings.Changes changes, Instant editedAt)
            implements RepositoryEvent {}

    /** @param ownerId {@code null} in events of old */
    record RepositoryRenamed(
            RepositoryId repositoryId,
            @Nullable AccountId ownerId,
            String ownerLogin,
            String oldName,
            String name,
            Instant renamedAt)
            implements RepositoryEvent {}

    /**
     * The address changed because the owner's login did.
     *
     * @param ownerId {@code null} in events of old
     */
    record RepositoryOwnerRenamed(
            RepositoryId repositoryId,
            @Nullable AccountId ownerId,
            String oldOwnerLogin,
            String ownerLogin,
            String name,
            Instant renamedAt)
            implements RepositoryEvent {}

    /**
     * The repository belongs to another account now, and has another address for that. An owner is no collaborator: if
     * the new one was, that is over.
     */
    record RepositoryTransferred(
            RepositoryId repositoryId,
            AccountId oldOwnerId,
            String oldOwnerLogin,
            String oldName,
            AccountId ownerId,
            String ownerLogin,
            String name,
            AccountId transferredBy,
            Instant transferredAt)
            implements RepositoryEvent {}

    record RepositoryArchived(RepositoryId repositoryId, Instant archivedAt) implements RepositoryEvent {}

    record RepositoryUnarchived(RepositoryId repositoryId, Instant unarchivedAt) implements RepositoryEvent {}

    record RepositoryDeleted(
            RepositoryId repositoryId, AccountId ownerId, String ownerLogin, String name, Instant deletedAt)
            implements RepositoryEvent {}

    /** @param topics all it has from now on */
    record TopicsReplaced(RepositoryId repositoryId, List<String> topics, AccountId replacedBy, Instant replacedAt)
            implements RepositoryEvent {}

    /**
     * Who may do what beside the owner. In the repository's sequence, with the switch between public and private, so
     * that no reader ever sees the one without the other.
     */
    sealed interface CollaboratorEvent extends RepositoryEvent {}

    record CollaboratorAdded(
            RepositoryId repositoryId, AccountId accountId, Permission permission, AccountId addedBy, Instant addedAt)
            implements CollaboratorEvent {}

    record CollaboratorPermissionChanged(
            RepositoryId repositoryId,
            AccountId accountId,
            Permission permission,
            AccountId changedBy,
            Instant changedAt)
            implements CollaboratorEvent {}

    record CollaboratorRemoved(RepositoryId repositoryId, AccountId accountId, AccountId removedBy, Instant removedAt)
            implements CollaboratorEvent {}
}
