package org.forgelog.domain.star;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** Whose star on what. */
public record StarKey(AccountId accountId, RepositoryId repositoryId) {

    /** The identifier of the star's aggregate in the event log. */
    public String aggregateId() {
        return "star-" + accountId + "-" + repositoryId;
    }
}
