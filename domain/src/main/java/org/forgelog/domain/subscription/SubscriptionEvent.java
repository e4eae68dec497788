package org.forgelog.domain.subscription;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/**
 * What happened to a subscription. In the repository's sequence, so that its watchers can be counted in order. Who goes
 * over from watching to ignoring first stops watching, by an event of its own, and the other way round.
 */
public sealed interface SubscriptionEvent extends DomainEvent {

    AccountId accountId();

    RepositoryId repositoryId();

    default SubscriptionKey key() {
        return new SubscriptionKey(accountId(), repositoryId());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record RepositoryWatched(AccountId accountId, RepositoryId repositoryId, Instant watchedAt)
            implements SubscriptionEvent {}

    record RepositoryUnwatched(AccountId accountId, RepositoryId repositoryId, Instant unwatchedAt)
            implements SubscriptionEvent {}

    record RepositoryIgnored(AccountId accountId, RepositoryId repositoryId, Instant ignoredAt)
            implements SubscriptionEvent {}

    record RepositoryUnignored(AccountId accountId, RepositoryId repositoryId, Instant unignoredAt)
            implements SubscriptionEvent {}
}
