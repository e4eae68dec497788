package org.forgelog.command.directory;

import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.Permission;
import org.forgelog.domain.repository.Access;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * A repository as the directory knows it.
 *
 * @param sourceId the repository that all forks of its network go back to; {@code null} when it is no fork
 * @param hasPullRequests whether pull requests may be opened at all
 * @param pullsByCollaborators whether only those with push access may open them
 * @param access what gives whoever is calling rights on it; {@code null} until somebody looked
 */
public record RepositoryRow(
        RepositoryId id,
        AccountRow owner,
        String name,
        boolean isPrivate,
        boolean archived,
        boolean hasIssues,
        @Nullable RepositoryId sourceId,
        boolean allowForking,
        boolean hasPullRequests,
        boolean pullsByCollaborators,
        Numbering numbering,
        @Nullable Access access) {

    /** What whoever is calling may do with it; nothing until somebody judged that. */
    public Permission permission() {
        return access == null ? Permission.NONE : access.permission();
    }

    /** What all repositories of its network have in common: the id of the source. */
    public RepositoryId network() {
        return sourceId == null ? id : sourceId;
    }

    /** The same row, with what {@code access} says. */
    public RepositoryRow judged(Access access) {
        return new RepositoryRow(
                id,
                owner,
                name,
                isPrivate,
                archived,
                hasIssues,
                sourceId,
                allowForking,
                hasPullRequests,
                pullsByCollaborators,
                numbering,
                access);
    }

    /** Whether a pull request is also an issue. */
    public boolean pullsAreIssues() {
        return numbering == Numbering.SHARED;
    }

    public RepositoryRef ref() {
        return new RepositoryRef(owner.id(), owner.login(), name, numbering);
    }
}
