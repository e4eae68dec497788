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
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand;
import org.forgelog.domain.account.AccountCommand.AddEmails;
import org.forgelog.domain.account.AccountCommand.DeleteAccount;
import org.forgelog.domain.account.AccountCommand.DemoteAccount;
import org.forgelog.domain.account.AccountCommand.EditOrganization;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.AccountCommand.IssueToken;
import org.forgelog.domain.account.AccountCommand.PromoteAccount;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountCommand.RemoveEmails;
import org.forgelog.domain.account.AccountCommand.RemoveMember;
import org.forgelog.domain.account.AccountCommand.RenameAccount;
import org.forgelog.domain.account.AccountCommand.RevokeToken;
import org.forgelog.domain.account.AccountCommand.SetMember;
import org.forgelog.domain.account.AccountCommand.ShowMembership;
import org.forgelog.domain.account.AccountCommand.SuspendAccount;
import org.forgelog.domain.account.AccountCommand.UnsuspendAccount;
import org.forgelog.domain.account.AccountEvent;
import org.jspecify.annotations.Nullable;

/** The aggregate around a {@link Account}, which holds the rules. Every handler answers the state it leaves. */
@Aggregate(type = "account", lockFactory = AggregateBeans.LOCKS, snapshotTriggerDefinition = AggregateBeans.SNAPSHOTS)
@Revision("2")
class AccountAggregate implements StateCarrier<Account> {

    @AggregateIdentifier
    private @Nullable String aggregateId;

    private @Nullable Account state;

    @Override
    public @Nullable Account state() {
        return state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Account handle(RegisterAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(EditProfile command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(AddEmails command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(RemoveEmails command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(RenameAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(SuspendAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(UnsuspendAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(PromoteAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(DemoteAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(DeleteAccount command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(IssueToken command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(RevokeToken command) {
        return decide(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Account handle(RegisterOrganization command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(EditOrganization command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(SetMember command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(RemoveMember command) {
        return decide(command);
    }

    @CommandHandler
    Account handle(ShowMembership command) {
        return decide(command);
    }

    private Account decide(AccountCommand command) {
        Account.decide(state, command).forEach(event -> apply(event));
        return Objects.requireNonNull(state);
    }

    @EventSourcingHandler
    void on(AccountEvent event) {
        state = Account.evolve(state, event);
        aggregateId = state.aggregateId();
    }
}
