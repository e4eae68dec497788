package org.forgelog.domain.star;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** What happened to a star. In the repository's sequence, so that its count can be folded in order. */
public sealed interface StarEvent extends DomainEvent {

    AccountId accountId();

    RepositoryId repositoryId();

    default StarKey key() {
        return new StarKey(accountId(), repositoryId());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record RepositoryStarred(AccountId accountId, RepositoryId repositoryId, Instant starredAt) implements StarEvent {}

    record RepositoryUnstarred(AccountId accountId, RepositoryId repositoryId, Instant unstarredAt)
            implements StarEvent {}
}
