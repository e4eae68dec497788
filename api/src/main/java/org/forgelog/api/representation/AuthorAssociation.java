package org.forgelog.api.representation;

import org.forgelog.domain.repository.Access;

/** How the author of something stands to its repository, in GitHub's words. */
public enum AuthorAssociation {
    OWNER,
    /** Of the organization that owns the repository, its admins included. */
    MEMBER,
    COLLABORATOR,
    /** A pull request of theirs was merged. */
    CONTRIBUTOR,
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
