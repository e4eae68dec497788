package org.forgelog.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriagePullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link PullRequest}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "pull", lockFactory = AggregateBeans.LOCKS, snapshotTriggerDefinition = AggregateBeans.SNAPSHOTS)
@Revision("2")
class PullRequestAggregate implements StateCarrier<PullRequest> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable PullRequest state;

    @Override
    public @Nullable PullRequest state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    PullRequest handle(OpenPullRequest command) {
        return decide(command);
    }

    @CommandHandler
    PullRequest handle(EditPullRequest command) {
        return decide(command);
    }

    @CommandHandler
    PullRequest handle(ClosePullRequest command) {
        return decide(command);
    }

    @CommandHandler
    PullRequest handle(ReopenPullRequest command) {
        return decide(command);
    }

    @CommandHandler
    PullRequest handle(MergePullRequest command) {
        return decide(command);
    }

    @CommandHandler
    PullRequest handle(TriagePullRequest command) {
        return decide(command);
    }

    private PullRequest decide(PullRequestCommand command) {
        PullRequest.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(PullRequestEvent event) {
        state = PullRequest.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
