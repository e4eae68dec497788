package org.forgelog.domain.reaction;

import java.time.Instant;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** What can be asked of a reaction. */
public sealed interface ReactionCommand extends DomainCommand<Reaction> {

    ReactionKey key();

    /** Where the reaction is. */
    RepositoryId repositoryId();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
    }

    /** @param reactionId the public id, unless there is such a reaction already: then that one keeps its own */
    record React(
            RepositoryId repositoryId,
            ReactionTarget target,
            AccountId accountId,
            ReactionContent content,
            long reactionId,
            Instant reactedAt)
            implements ReactionCommand {

        @Override
        public ReactionKey key() {
            return target.by(accountId, content);
        }
    }

    record WithdrawReaction(ReactionKey key, RepositoryId repositoryId, AccountId withdrawnBy, Instant withdrawnAt)
            implements ReactionCommand {}
}
