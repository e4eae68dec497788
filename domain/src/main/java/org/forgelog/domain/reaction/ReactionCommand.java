package org.forgelog.domain.reaction;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;

/** What can be asked of a reaction. */
public sealed interface ReactionCommand {

    ReactionKey key();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return key().aggregateId();
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

    record WithdrawReaction(ReactionKey key, AccountId withdrawnBy, Instant withdrawnAt) implements ReactionCommand {}
}
