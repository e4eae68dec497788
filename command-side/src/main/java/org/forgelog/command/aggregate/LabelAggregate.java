package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.label.Label;
import org.forgelog.domain.label.LabelCommand;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelCommand.EditLabel;
import org.forgelog.domain.label.LabelEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Label}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "label", lockFactory = AggregateBeans.LOCKS)
class LabelAggregate implements StateCarrier<Label> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Label state;

    @Override
    public @Nullable Label state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Label handle(CreateLabel command) {
        return decide(command);
    }

    @CommandHandler
    Label handle(EditLabel command) {
        return decide(command);
    }

    @CommandHandler
    Label handle(DeleteLabel command) {
        return decide(command);
    }

    private Label decide(LabelCommand command) {
        Label.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(LabelEvent event) {
        state = Label.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
