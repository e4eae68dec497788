package org.forgelog.domain.reaction;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Reaction} for Axon; the rules are the state's. Every handler answers the state it leaves. */
@AggregateRoot(type = "reaction")
public class ReactionAggregate {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Reaction state;

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
