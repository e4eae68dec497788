package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.milestone.Milestone;
import org.forgelog.domain.milestone.MilestoneCommand;
import org.forgelog.domain.milestone.MilestoneCommand.CloseMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.CreateMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.DeleteMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.EditMilestone;
import org.forgelog.domain.milestone.MilestoneCommand.ReopenMilestone;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Milestone}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "milestone", lockFactory = AggregateBeans.LOCKS)
class MilestoneAggregate implements StateCarrier<Milestone> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Milestone state;

    @Override
    public @Nullable Milestone state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Milestone handle(CreateMilestone command) {
        return decide(command);
    }

    @CommandHandler
    Milestone handle(EditMilestone command) {
        return decide(command);
    }

    @CommandHandler
    Milestone handle(CloseMilestone command) {
        return decide(command);
    }

    @CommandHandler
    Milestone handle(ReopenMilestone command) {
        return decide(command);
    }

    @CommandHandler
    Milestone handle(DeleteMilestone command) {
        return decide(command);
    }

    private Milestone decide(MilestoneCommand command) {
        Milestone.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(MilestoneEvent event) {
        state = Milestone.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
