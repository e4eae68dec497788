package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.star.Star;
import org.forgelog.domain.star.StarCommand;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Star}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "star", lockFactory = AggregateBeans.LOCKS)
class StarAggregate implements StateCarrier<Star> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Star state;

    @Override
    public @Nullable Star state() {
        return state;
    }

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
