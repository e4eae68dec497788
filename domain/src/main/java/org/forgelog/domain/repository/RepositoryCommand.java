package org.forgelog.domain.repository;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.forgelog.domain.account.AccountId;

/** What can be asked of a repository. */
public sealed interface RepositoryCommand {

    RepositoryId repositoryId();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return repositoryId().aggregateId();
    }

    /** @param settings what differs from {@link RepositorySettings#DEFAULT} */
    record CreateRepository(
            RepositoryId repositoryId,
            AccountId ownerId,
            String ownerLogin,
            RepositoryName name,
            RepositorySettings.Changes settings,
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

    record ArchiveRepository(RepositoryId repositoryId, Instant archivedAt) implements RepositoryCommand {}

    record UnarchiveRepository(RepositoryId repositoryId, Instant unarchivedAt) implements RepositoryCommand {}

    record DeleteRepository(RepositoryId repositoryId, Instant deletedAt) implements RepositoryCommand {}
}
