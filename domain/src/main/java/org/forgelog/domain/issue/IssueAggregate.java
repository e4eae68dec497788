package org.forgelog.domain.issue;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.forgelog.domain.issue.IssueCommand.ChangeIssueAssignees;
import org.forgelog.domain.issue.IssueCommand.ChangeIssueLabels;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.LockIssue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueCommand.UnlockIssue;
import org.jspecify.annotations.Nullable;

/** Carries an {@link Issue} for Axon; the rules are the state's. Every handler answers the state it leaves. */
@AggregateRoot(type = "issue")
public class IssueAggregate {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Issue state;

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
    Issue handle(ChangeIssueLabels command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(ChangeIssueAssignees command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(LockIssue command) {
        return decide(command);
    }

    @CommandHandler
    Issue handle(UnlockIssue command) {
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
