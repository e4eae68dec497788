package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.Numbering;

/** A repository where it is only mentioned: its present address and owner, and whether pull requests are issues there. */
public record RepositoryRef(AccountId ownerId, String ownerLogin, String name, Numbering numbering) {

    String path() {
        return ownerLogin + "/" + name;
    }

    /** Whether a pull request is also an issue. */
    public boolean pullsAreIssues() {
        return numbering == Numbering.SHARED;
    }
}
