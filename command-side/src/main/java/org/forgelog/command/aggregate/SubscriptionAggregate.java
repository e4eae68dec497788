package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.subscription.Subscription;
import org.forgelog.domain.subscription.SubscriptionCommand;
import org.forgelog.domain.subscription.SubscriptionCommand.Subscribe;
import org.forgelog.domain.subscription.SubscriptionCommand.Unsubscribe;
import org.forgelog.domain.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Subscription}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "subscription", lockFactory = AggregateBeans.LOCKS)
class SubscriptionAggregate implements StateCarrier<Subscription> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Subscription state;

    @Override
    public @Nullable Subscription state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Subscription handle(Subscribe command) {
        return decide(command);
    }

    @CommandHandler
    Subscription handle(Unsubscribe command) {
        return decide(command);
    }

    private Subscription decide(SubscriptionCommand command) {
        Subscription.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(SubscriptionEvent event) {
        state = Subscription.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
