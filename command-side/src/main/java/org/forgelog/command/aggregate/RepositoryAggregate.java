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
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryCommand.EditRepository;
import org.forgelog.domain.repository.RepositoryCommand.FollowOwnerLogin;
import org.forgelog.domain.repository.RepositoryCommand.RemoveCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.RenameRepository;
import org.forgelog.domain.repository.RepositoryCommand.ReplaceTopics;
import org.forgelog.domain.repository.RepositoryCommand.SetCollaborator;
import org.forgelog.domain.repository.RepositoryCommand.TransferRepository;
import org.forgelog.domain.repository.RepositoryCommand.UnarchiveRepository;
import org.forgelog.domain.repository.RepositoryEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Repository}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(
        type = "repository",
        lockFactory = AggregateBeans.LOCKS,
        snapshotTriggerDefinition = AggregateBeans.SNAPSHOTS)
@Revision("1")
class RepositoryAggregate implements StateCarrier<Repository> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Repository state;

    @Override
    public @Nullable Repository state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Repository handle(CreateRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(EditRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(RenameRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(FollowOwnerLogin command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(TransferRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(ArchiveRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(UnarchiveRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(DeleteRepository command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(ReplaceTopics command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(SetCollaborator command) {
        return decide(command);
    }

    @CommandHandler
    Repository handle(RemoveCollaborator command) {
        return decide(command);
    }

    private Repository decide(RepositoryCommand command) {
        Repository.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(RepositoryEvent event) {
        state = Repository.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
