package org.forgelog.domain.star;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Star} for Axon; the rules are the state's. Every handler answers the state it leaves. */
@AggregateRoot(type = "star")
public class StarAggregate {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Star state;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Star handle(StarRepository command) {
        return decide(command);
    }

    @CommandHandler
    Star handle(UnstarRepository command) {
        return decide(command);
    }

    private Star decide(StarCommand command) {
        Star.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(StarEvent event) {
        state = Star.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
