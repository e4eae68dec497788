package org.forgelog.domain.repository;

import org.jspecify.annotations.Nullable;

/**
 * Where a fork comes from. Both ids stay when what they name is deleted.
 *
 * @param parentId the repository it was made of
 * @param sourceId the repository that all forks of its network go back to; the parent's own, or the parent
 */
public record Fork(RepositoryId parentId, RepositoryId sourceId) {

    /** A fork of {@code parentId}, which is itself a fork or (with {@code null}) not. */
    public static Fork of(RepositoryId parentId, @Nullable RepositoryId sourceOfParent) {
        return new Fork(parentId, sourceOfParent == null ? parentId : sourceOfParent);
    }
}
