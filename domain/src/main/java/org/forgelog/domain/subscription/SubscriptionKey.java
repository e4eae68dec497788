package org.forgelog.domain.subscription;

import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** Whose subscription to what. */
public record SubscriptionKey(AccountId accountId, RepositoryId repositoryId) {

    /** The identifier of the subscription's aggregate in the event log. */
    public String aggregateId() {
        return "subscription-" + accountId + "-" + repositoryId;
    }
}
