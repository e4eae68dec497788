package org.forgelog.domain.comment;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Comment} for Axon; the rules are the state's. Every handler answers the state it leaves. */
@AggregateRoot(type = "comment")
public class CommentAggregate {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Comment state;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Comment handle(WriteComment command) {
        return decide(command);
    }

    @CommandHandler
    Comment handle(EditComment command) {
        return decide(command);
    }

    @CommandHandler
    Comment handle(DeleteComment command) {
        return decide(command);
    }

    private Comment decide(CommentCommand command) {
        Comment.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(CommentEvent event) {
        state = Comment.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
