package org.forgelog.domain.account;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.DomainCommand;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. */
public sealed interface AccountCommand extends DomainCommand<Account> {

    AccountId accountId();

    @Override
    default String aggregateId() {
        return accountId().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return accountId().sequenceKey();
    }

    /** Registers a user; an organization needs an admin too: {@link RegisterOrganization}. */
    record RegisterAccount(
            AccountId accountId,
            Login login,
            AccountKind kind,
            @Nullable String email,
            boolean suspended,
            Instant registeredAt)
            implements AccountCommand {

        public RegisterAccount {
            if (kind != AccountKind.USER) {
                throw new IllegalArgumentException("an organization is registered with its admin");
            }
        }
    }

    record EditProfile(AccountId accountId, Profile.Changes changes, Instant editedAt) implements AccountCommand {}

    record AddEmails(AccountId accountId, List<String> emails, Instant addedAt) implements AccountCommand {}

    record RemoveEmails(AccountId accountId, List<String> emails, Instant removedAt) implements AccountCommand {}

    record RenameAccount(AccountId accountId, Login login, Instant renamedAt) implements AccountCommand {}

    record SuspendAccount(AccountId accountId, Instant suspendedAt) implements AccountCommand {}

    record UnsuspendAccount(AccountId accountId, Instant unsuspendedAt) implements AccountCommand {}

    /** Makes a user a site administrator. */
    record PromoteAccount(AccountId accountId, Instant promotedAt) implements AccountCommand {}

    /** Makes a site administrator a user like others. */
    record DemoteAccount(AccountId accountId, Instant demotedAt) implements AccountCommand {}

    record DeleteAccount(AccountId accountId, Instant deletedAt) implements AccountCommand {}

    /**
     * Makes a token valid.
     *
     * @param sha256 hash of the token; the token itself is shown once and kept nowhere
     * @param lastEight its last eight characters, for people to tell their tokens apart
     */
    record IssueToken(
            AccountId accountId,
            long tokenId,
            String sha256,
            String lastEight,
            List<String> scopes,
            @Nullable String note,
            Instant issuedAt)
            implements AccountCommand {}

    record RevokeToken(AccountId accountId, long tokenId, Instant revokedAt) implements AccountCommand {}

    /** What can be asked of an organization alone; of a user, it is not found. */
    sealed interface OrganizationCommand extends AccountCommand {}

    /**
     * @param adminId the user who becomes its first admin
     * @param profileName what the organization is called in full
     */
    record RegisterOrganization(
            AccountId accountId, Login login, AccountId adminId, @Nullable String profileName, Instant registeredAt)
            implements OrganizationCommand {}

    record EditOrganization(
            AccountId accountId, Profile.Changes profile, OrganizationSettings.Changes settings, Instant editedAt)
            implements OrganizationCommand {}

    /** Makes somebody a member, or gives a member another role. That it is a user, the directory knows. */
    record SetMember(AccountId accountId, AccountId memberId, OrganizationRole role, Instant setAt)
            implements OrganizationCommand {}

    record RemoveMember(AccountId accountId, AccountId memberId, Instant removedAt) implements OrganizationCommand {}

    /** Shows everybody that somebody is a member, or members alone. */
    record ShowMembership(AccountId accountId, AccountId memberId, boolean everybody, Instant setAt)
            implements OrganizationCommand {}
}
