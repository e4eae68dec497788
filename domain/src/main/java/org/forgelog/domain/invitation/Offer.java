package org.forgelog.domain.invitation;

import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is invited to.
 *
 * @param repositoryId of which repository; {@code null} for a membership
 * @param organizationId of which organization; {@code null} but for a membership
 * @param permission what a collaborator is given
 * @param role what a member is to be
 * @param name what the repository is to be called, once it is the new owner's
 */
public record Offer(
        Kind kind,
        @Nullable RepositoryId repositoryId,
        @Nullable AccountId organizationId,
        @Nullable Permission permission,
        @Nullable OrganizationRole role,
        @Nullable String name) {

    /** Stored by these names. */
    public enum Kind {
        /** To be a collaborator of a repository. */
        COLLABORATION,
        /** To be a member of an organization. */
        MEMBERSHIP,
        /** To own a repository. */
        OWNERSHIP
    }

    public static Offer collaboration(RepositoryId repository, Permission permission) {
        return new Offer(Kind.COLLABORATION, repository, null, permission, null, null);
    }

    public static Offer membership(AccountId organization, OrganizationRole role) {
        return new Offer(Kind.MEMBERSHIP, null, organization, null, role, null);
    }

    public static Offer ownership(RepositoryId repository, RepositoryName name) {
        return new Offer(Kind.OWNERSHIP, repository, null, null, null, name.value());
    }

    /** The id of the repository, or of the organization. */
    public long target() {
        if (repositoryId != null) {
            return repositoryId.value();
        }
        if (organizationId != null) {
            return organizationId.value();
        }
        throw new IllegalStateException("an offer of nothing");
    }
}
