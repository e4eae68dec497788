package org.forgelog.domain.reaction;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user reacts to something in a certain way. Reacting twice is one reaction, with the first one's id and
 * date; reacting again after taking it back is a new one.
 *
 * @param id the public id, of the last one when it was taken back
 * @param withdrawn whether it was taken back
 */
public record Reaction(
        RepositoryId repositoryId,
        ReactionTarget target,
        AccountId accountId,
        ReactionContent content,
        long id,
        Instant reactedAt,
        boolean withdrawn) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the reaction, {@code null} when there never was one
     * @throws Rejection when a reaction that is not there is taken back
     */
    public static List<ReactionEvent> decide(@Nullable Reaction state, ReactionCommand command) {
        return switch (command) {
            case React c ->
                state != null && !state.withdrawn
                        ? List.of()
                        : List.of(new ReactionAdded(
                                c.repositoryId(),
                                c.target(),
                                c.accountId(),
                                c.content(),
                                c.reactionId(),
                                c.reactedAt()));
            case WithdrawReaction c -> {
                if (state == null || state.withdrawn) {
                    throw Rejection.notFound();
                }
                yield List.of(new ReactionWithdrawn(
                        state.repositoryId,
                        state.target,
                        state.accountId,
                        state.content,
                        state.id,
                        c.withdrawnBy(),
                        c.withdrawnAt()));
            }
        };
    }

    /** The reaction after {@code event}. */
    public static Reaction evolve(@Nullable Reaction state, ReactionEvent event) {
        return switch (event) {
            case ReactionAdded e -> of(e, e.reactedAt(), false);
            case ReactionWithdrawn e -> of(e, state == null ? e.withdrawnAt() : state.reactedAt, true);
        };
    }

    private static Reaction of(ReactionEvent e, Instant reactedAt, boolean withdrawn) {
        return new Reaction(
                e.repositoryId(), e.target(), e.accountId(), e.content(), e.reactionId(), reactedAt, withdrawn);
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return target.by(accountId, content).aggregateId();
    }
}
