package org.forgelog.domain.reaction;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** What happened to a reaction. In the repository's sequence, so that the target's totals can be folded in order. */
public sealed interface ReactionEvent extends DomainEvent {

    RepositoryId repositoryId();

    ReactionTarget target();

    /** Who reacted. */
    AccountId accountId();

    ReactionContent content();

    long reactionId();

    default ReactionKey key() {
        return target().by(accountId(), content());
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    record ReactionAdded(
            RepositoryId repositoryId,
            ReactionTarget target,
            AccountId accountId,
            ReactionContent content,
            long reactionId,
            Instant reactedAt)
            implements ReactionEvent {}

    /** @param withdrawnBy who took it back: whoever reacted, or somebody with push access */
    record ReactionWithdrawn(
            RepositoryId repositoryId,
            ReactionTarget target,
            AccountId accountId,
            ReactionContent content,
            long reactionId,
            AccountId withdrawnBy,
            Instant withdrawnAt)
            implements ReactionEvent {}
}
