package org.forgelog.domain.label;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.forgelog.domain.label.LabelCommand.CreateLabel;
import org.forgelog.domain.label.LabelCommand.DeleteLabel;
import org.forgelog.domain.label.LabelCommand.EditLabel;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Label} for Axon; the rules are the state's. Every handler answers the state it leaves. */
@AggregateRoot(type = "label")
public class LabelAggregate {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Label state;

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
