package org.forgelog.domain.repository;

import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.jspecify.annotations.Nullable;

/**
 * All that gives somebody rights on a repository. Both sides ask this one rule, each with what it knows.
 *
 * @param isPrivate whether the repository is
 * @param owner whether they are the user who owns it
 * @param role what they are in the organization that owns it; {@code null} when they are no member
 * @param ofMembers what that organization lets its members do; {@link Permission#NONE} when a user owns it
 * @param asCollaborator what they were given as a collaborator; {@code null} when they are none
 */
public record Access(
        boolean isPrivate,
        boolean owner,
        @Nullable OrganizationRole role,
        Permission ofMembers,
        @Nullable Permission asCollaborator) {

    /** What they may do with it; {@link Permission#NONE} means that it does not exist for them. */
    public Permission permission() {
        if (owner || role == OrganizationRole.ADMIN) {
            return Permission.ADMIN;
        }
        Permission asAnybody = isPrivate ? Permission.NONE : Permission.READ;
        return asAnybody.or(asCollaborator).or(role == null ? null : ofMembers);
    }
}
