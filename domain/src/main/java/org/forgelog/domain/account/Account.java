package org.forgelog.domain.account;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountCommand.AddEmails;
import org.forgelog.domain.account.AccountCommand.DeleteAccount;
import org.forgelog.domain.account.AccountCommand.DemoteAccount;
import org.forgelog.domain.account.AccountCommand.EditProfile;
import org.forgelog.domain.account.AccountCommand.IssueToken;
import org.forgelog.domain.account.AccountCommand.OrganizationCommand;
import org.forgelog.domain.account.AccountCommand.PromoteAccount;
import org.forgelog.domain.account.AccountCommand.RegisterAccount;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountCommand.RemoveEmails;
import org.forgelog.domain.account.AccountCommand.RenameAccount;
import org.forgelog.domain.account.AccountCommand.RevokeToken;
import org.forgelog.domain.account.AccountCommand.SuspendAccount;
import org.forgelog.domain.account.AccountCommand.UnsuspendAccount;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountDemoted;
import org.forgelog.domain.account.AccountEvent.AccountPromoted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountEvent.AccountUnsuspended;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.EmailsRemoved;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.OrganizationEvent;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.account.AccountEvent.TokenRevoked;
import org.jspecify.annotations.Nullable;

/**
 * The state of an account and its rules, without side effects: time and ids come in with the commands.
 *
 * @param siteAdmin whether it may do what the site administrator does
 * @param tokens the ids of the tokens that are valid
 * @param emails the primary one first
 * @param organization what an organization has beyond that; {@code null} for a user
 */
public record Account(
        AccountId id,
        String login,
        AccountKind kind,
        Profile profile,
        boolean suspended,
        boolean siteAdmin,
        boolean deleted,
        Set<Long> tokens,
        List<String> emails,
        @Nullable Organization organization,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the account, {@code null} before it was registered
     * @throws Rejection when the rules forbid it
     */
    public static List<AccountEvent> decide(@Nullable Account state, AccountCommand command) {
        if (command instanceof RegisterAccount c) {
            if (c.email() != null) {
                Profile.checkEmail(c.email());
            }
            return List.of(new AccountRegistered(
                    c.accountId(), c.login().value(), c.kind(), c.email(), c.suspended(), c.registeredAt()));
        }
        if (command instanceof RegisterOrganization c) {
            return Organization.register(c);
        }
        if (state == null || state.deleted) {
            throw Rejection.notFound();
        }
        return switch (command) {
            case RegisterAccount c -> List.of();
            case EditProfile c -> {
                c.changes().validate();
                Profile.Changes changes = c.changes().against(state.profile);
                yield changes.isEmpty() ? List.of() : List.of(new ProfileEdited(state.id, changes, c.editedAt()));
            }
            case AddEmails c -> Emails.add(state.id, state.emails, c.emails(), c.addedAt());
            case RemoveEmails c -> Emails.remove(state.id, state.emails, c.emails(), c.removedAt());
            case RenameAccount c ->
                c.login().value().equals(state.login)
                        ? List.of()
                        : List.of(new AccountRenamed(
                                state.id, state.login, c.login().value(), c.renamedAt()));
            case SuspendAccount c ->
                state.suspended ? List.of() : List.of(new AccountSuspended(state.id, c.suspendedAt()));
            case UnsuspendAccount c ->
                state.suspended ? List.of(new AccountUnsuspended(state.id, c.unsuspendedAt())) : List.of();
            case PromoteAccount c ->
                state.siteAdmin ? List.of() : List.of(new AccountPromoted(state.id, c.promotedAt()));
            case DemoteAccount c -> state.siteAdmin ? List.of(new AccountDemoted(state.id, c.demotedAt())) : List.of();
            case DeleteAccount c -> List.of(new AccountDeleted(state.id, state.login, c.deletedAt()));
            case IssueToken c -> {
                if (state.kind != AccountKind.USER) {
                    throw Rejection.notFound();
                }
                yield List.of(new TokenIssued(
                        state.id, c.tokenId(), c.sha256(), c.lastEight(), c.scopes(), c.note(), c.issuedAt()));
            }
            case RevokeToken c -> {
                if (!state.tokens.contains(c.tokenId())) {
                    throw Rejection.notFound();
                }
                yield List.of(new TokenRevoked(state.id, c.tokenId(), c.revokedAt()));
            }
            case OrganizationCommand c -> {
                if (state.organization == null) {
                    throw Rejection.notFound();
                }
                yield state.organization.decide(state, c);
            }
        };
    }

    /** The account after {@code event}. */
    public static Account evolve(@Nullable Account state, AccountEvent event) {
        if (event instanceof AccountRegistered e) {
            // The address is for the administrator; users publish one themselves, or none.
            Profile profile = new Profile(null, null, null, null, null, null, null, null, null);
            return new Account(
                    e.accountId(),
                    e.login(),
                    e.kind(),
                    profile,
                    e.suspended(),
                    false,
                    false,
                    Set.of(),
                    e.email() == null ? List.of() : List.of(e.email()),
                    e.kind() == AccountKind.ORGANIZATION ? Organization.NEW : null,
                    e.registeredAt(),
                    e.registeredAt());
        }
        if (state == null) {
            throw new IllegalStateException("an account's first event must be its registration, not " + event);
        }
        return switch (event) {
            case AccountRegistered e -> state;
            case ProfileEdited e ->
                state.copy(state.login, state.profile.with(e.changes()), state.suspended, false, e.editedAt());
            case EmailsAdded e -> state.with(Emails.with(state.emails, e.emails()));
            case EmailsRemoved e -> state.with(Emails.without(state.emails, e.emails()));
            case AccountRenamed e -> state.copy(e.login(), state.profile, state.suspended, false, e.renamedAt());
            case AccountSuspended e -> state.copy(state.login, state.profile, true, false, e.suspendedAt());
            case AccountUnsuspended e -> state.copy(state.login, state.profile, false, false, e.unsuspendedAt());
            case AccountPromoted e -> state.promoted(true, e.promotedAt());
            case AccountDemoted e -> state.promoted(false, e.demotedAt());
            case AccountDeleted e -> state.copy(state.login, state.profile, state.suspended, true, e.deletedAt());
            case TokenIssued e -> state.withToken(e.tokenId(), true);
            case TokenRevoked e -> state.withToken(e.tokenId(), false);
            case OrganizationEvent e -> state.withOrganization(e);
        };
    }

    /** The address that counts as the user's; {@code null} for who has none. */
    public @Nullable String primaryEmail() {
        return emails.isEmpty() ? null : emails.getFirst();
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return id.aggregateId();
    }

    private Account promoted(boolean siteAdmin, Instant at) {
        return new Account(
                id, login, kind, profile, suspended, siteAdmin, deleted, tokens, emails, organization, createdAt, at);
    }

    private Account copy(String login, Profile profile, boolean suspended, boolean deleted, Instant at) {
        return new Account(
                id, login, kind, profile, suspended, siteAdmin, deleted, tokens, emails, organization, createdAt, at);
    }

    /** Tokens are not part of what an account says of itself: its {@code updatedAt} stays. */
    private Account withToken(long tokenId, boolean valid) {
        Set<Long> after = new HashSet<>(tokens);
        if (valid) {
            after.add(tokenId);
        } else {
            after.remove(tokenId);
        }
        return new Account(
                id,
                login,
                kind,
                profile,
                suspended,
                siteAdmin,
                deleted,
                Set.copyOf(after),
                emails,
                organization,
                createdAt,
                updatedAt);
    }

    /** Nor are addresses. */
    private Account with(List<String> emails) {
        return new Account(
                id,
                login,
                kind,
                profile,
                suspended,
                siteAdmin,
                deleted,
                tokens,
                emails,
                organization,
                createdAt,
                updatedAt);
    }

    /** Members are not part of what an organization says of itself; its settings are. */
    private Account withOrganization(OrganizationEvent event) {
        Organization after =
                Objects.requireNonNull(organization, "a user has no members").evolve(event);
        Instant at = event instanceof OrganizationEdited e ? e.editedAt() : updatedAt;
        return new Account(
                id, login, kind, profile, suspended, siteAdmin, deleted, tokens, emails, after, createdAt, at);
    }
}
