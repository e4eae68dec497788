package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentCommand;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Comment}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "comment", lockFactory = AggregateBeans.LOCKS)
class CommentAggregate implements StateCarrier<Comment> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Comment state;

    @Override
    public @Nullable Comment state() {
        return state;
    }

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
