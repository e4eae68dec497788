package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountId;

/** A repository where it is only mentioned: its present address and owner. */
public record RepositoryRef(AccountId ownerId, String ownerLogin, String name) {

    /** How the author of something in the repository stands to it, in GitHub's words. */
    String association(SimpleUser author) {
        return author.id() == ownerId.value() ? "OWNER" : "NONE";
    }
}
