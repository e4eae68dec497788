package org.forgelog.command.directory;

import org.forgelog.api.Caller;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * A repository as the directory knows it.
 *
 * @param sourceId the repository that all forks of its network go back to; {@code null} when it is no fork
 */
public record RepositoryRow(
        RepositoryId id,
        AccountRow owner,
        String name,
        boolean isPrivate,
        boolean archived,
        boolean hasIssues,
        @Nullable RepositoryId sourceId,
        boolean allowForking) {

    /** What all repositories of its network have in common: the id of the source. */
    public RepositoryId network() {
        return sourceId == null ? id : sourceId;
    }

    /** Whether {@code caller} may know that the repository exists. */
    public boolean isVisibleTo(Caller caller) {
        return !isPrivate || isOwnedBy(caller);
    }

    public boolean isOwnedBy(Caller caller) {
        return caller.is(owner.id());
    }

    public RepositoryRef ref() {
        return new RepositoryRef(owner.id(), owner.login(), name);
    }
}
