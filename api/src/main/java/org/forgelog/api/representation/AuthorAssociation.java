package org.forgelog.api.representation;

import org.forgelog.domain.repository.Access;

/**
 * How the author of something stands to its repository, in GitHub's words. Whether somebody contributed is not told:
 * nobody knows it without looking through all merged pull requests.
 */
public enum AuthorAssociation {
    OWNER,
    /** Of the organization that owns the repository, its admins included. */
    MEMBER,
    COLLABORATOR,
    NONE;

    public static AuthorAssociation of(Access access) {
        if (access.owner()) {
            return OWNER;
        }
        if (access.role() != null) {
            return MEMBER;
        }
        return access.asCollaborator() == null ? NONE : COLLABORATOR;
    }
}
