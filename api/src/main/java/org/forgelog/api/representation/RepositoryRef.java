package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountId;

/** A repository where it is only mentioned: its present address and owner. */
public record RepositoryRef(AccountId ownerId, String ownerLogin, String name) {

    String path() {
        return ownerLogin + "/" + name;
    }
}
