package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.invitation.Invitation;
import org.forgelog.domain.invitation.InvitationCommand;
import org.forgelog.domain.invitation.InvitationCommand.ChangeInvitation;
import org.forgelog.domain.invitation.InvitationCommand.EndInvitation;
import org.forgelog.domain.invitation.InvitationCommand.SendInvitation;
import org.forgelog.domain.invitation.InvitationEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around an {@link Invitation}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "invitation", lockFactory = AggregateBeans.LOCKS)
class InvitationAggregate implements StateCarrier<Invitation> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Invitation state;

    @Override
    public @Nullable Invitation state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Invitation handle(SendInvitation command) {
        return decide(command);
    }

    @CommandHandler
    Invitation handle(ChangeInvitation command) {
        return decide(command);
    }

    @CommandHandler
    Invitation handle(EndInvitation command) {
        return decide(command);
    }

    private Invitation decide(InvitationCommand command) {
        Invitation.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(InvitationEvent event) {
        state = Invitation.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
