package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionCommand;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.forgelog.domain.reaction.ReactionEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Reaction}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "reaction", lockFactory = AggregateBeans.LOCKS)
class ReactionAggregate implements StateCarrier<Reaction> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Reaction state;

    @Override
    public @Nullable Reaction state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Reaction handle(React command) {
        return decide(command);
    }

    @CommandHandler
    Reaction handle(WithdrawReaction command) {
        return decide(command);
    }

    private Reaction decide(ReactionCommand command) {
        Reaction.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(ReactionEvent event) {
        state = Reaction.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
