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
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Issue}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "issue", lockFactory = AggregateBeans.LOCKS, snapshotTriggerDefinition = AggregateBeans.SNAPSHOTS)
@Revision("2")
class IssueAggregate implements StateCarrier<Issue> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Issue state;

    @Override
    public @Nullable Issue state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Issue handle(OpenIssue command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(EditIssue command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(CloseIssue command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(ReopenIssue command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(TriageIssue command) {
        return decide(command);
    }

    private Issue decide(IssueCommand command) {
        Issue.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(IssueEvent event) {
        state = Issue.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
