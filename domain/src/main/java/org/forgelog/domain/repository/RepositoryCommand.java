package org.forgelog.domain.repository;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a repository. */
public sealed interface RepositoryCommand extends DomainCommand<Repository> {

    RepositoryId repositoryId();

    @Override
    default String aggregateId() {
        return repositoryId().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    /**
     * @param settings what differs from {@link RepositorySettings#DEFAULT}
     * @param fork what it is forked from; {@code null} when it is no fork
     */
    record CreateRepository(
            RepositoryId repositoryId,
            AccountId ownerId,
            String ownerLogin,
            RepositoryName name,
            RepositorySettings.Changes settings,
            @Nullable Fork fork,
            Numbering numbering,
            AccountId createdBy,
            Instant createdAt)
            implements RepositoryCommand {}

    record EditRepository(RepositoryId repositoryId, RepositorySettings.Changes changes, Instant editedAt)
            implements RepositoryCommand {}

    record RenameRepository(RepositoryId repositoryId, RepositoryName name, Instant renamedAt)
            implements RepositoryCommand {}

    /** The owner's login changed, and with it the address of the repository. */
    record FollowOwnerLogin(RepositoryId repositoryId, String ownerLogin, Instant renamedAt)
            implements RepositoryCommand {}

    /**
     * Gives the repository to another account, under its name or another one. Whether that account may have it, the
     * directory knows.
     */
    record TransferRepository(
            RepositoryId repositoryId,
            AccountId ownerId,
            String ownerLogin,
            RepositoryName name,
            AccountId transferredBy,
            Instant transferredAt)
            implements RepositoryCommand {}

    record ArchiveRepository(RepositoryId repositoryId, Instant archivedAt) implements RepositoryCommand {}

    record UnarchiveRepository(RepositoryId repositoryId, Instant unarchivedAt) implements RepositoryCommand {}

    record DeleteRepository(RepositoryId repositoryId, Instant deletedAt) implements RepositoryCommand {}

    /** Replaces all topics. */
    record ReplaceTopics(RepositoryId repositoryId, List<Topic> topics, AccountId replacedBy, Instant replacedAt)
            implements RepositoryCommand {}

    /** Who may do what beside the owner. */
    sealed interface CollaboratorCommand extends RepositoryCommand {}

    /** Makes a user a collaborator, or gives a collaborator another permission. */
    record SetCollaborator(
            RepositoryId repositoryId, AccountId accountId, Permission permission, AccountId setBy, Instant setAt)
            implements CollaboratorCommand {}

    /** Takes a collaborator's rights away, also while the repository is archived. */
    record RemoveCollaborator(RepositoryId repositoryId, AccountId accountId, AccountId removedBy, Instant removedAt)
            implements CollaboratorCommand {}
}
