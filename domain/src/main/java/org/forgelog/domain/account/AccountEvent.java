package org.forgelog.domain.account;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.jspecify.annotations.Nullable;

/** What happened to an account. */
public sealed interface AccountEvent extends DomainEvent {

    AccountId accountId();

    @Override
    default String sequenceKey() {
        return accountId().sequenceKey();
    }

    /** @param email for the administrator, never shown to others; what a user shows is in the profile */
    record AccountRegistered(
            AccountId accountId,
            String login,
            AccountKind kind,
            @Nullable String email,
            boolean suspended,
            Instant registeredAt)
            implements AccountEvent {}

    record ProfileEdited(AccountId accountId, Profile.Changes changes, Instant editedAt) implements AccountEvent {}

    /** @param emails those the user did not have before; the first that a user has is the primary one */
    record EmailsAdded(AccountId accountId, List<String> emails, Instant addedAt) implements AccountEvent {}

    /** @param emails those the user had, never the primary one */
    record EmailsRemoved(AccountId accountId, List<String> emails, Instant removedAt) implements AccountEvent {}

    record AccountRenamed(AccountId accountId, String oldLogin, String login, Instant renamedAt)
            implements AccountEvent {}

    record AccountSuspended(AccountId accountId, Instant suspendedAt) implements AccountEvent {}

    record AccountUnsuspended(AccountId accountId, Instant unsuspendedAt) implements AccountEvent {}

    /** The user became a site administrator. */
    record AccountPromoted(AccountId accountId, Instant promotedAt) implements AccountEvent {}

    /** The user is no site administrator any more. */
    record AccountDemoted(AccountId accountId, Instant demotedAt) implements AccountEvent {}

    record AccountDeleted(AccountId accountId, String login, Instant deletedAt) implements AccountEvent {}

    /**
     * A token became valid.
     *
     * @param sha256 hash of the token (160 random bits cannot be guessed back from it)
     */
    record TokenIssued(
            AccountId accountId,
            long tokenId,
            String sha256,
            String lastEight,
            List<String> scopes,
            @Nullable String note,
            Instant issuedAt)
            implements AccountEvent {}

    record TokenRevoked(AccountId accountId, long tokenId, Instant revokedAt) implements AccountEvent {}

    /**
     * What happened to an organization. Memberships are in the organization's sequence, in order with its settings:
     * what a member may do follows from both.
     */
    sealed interface OrganizationEvent extends AccountEvent {}

    record OrganizationEdited(AccountId accountId, OrganizationSettings.Changes changes, Instant editedAt)
            implements OrganizationEvent {}

    record MemberAdded(AccountId accountId, AccountId memberId, OrganizationRole role, Instant addedAt)
            implements OrganizationEvent {}

    record MemberRoleChanged(AccountId accountId, AccountId memberId, OrganizationRole role, Instant changedAt)
            implements OrganizationEvent {}

    record MemberRemoved(AccountId accountId, AccountId memberId, Instant removedAt) implements OrganizationEvent {}

    /** From now on members alone see that somebody is one. */
    record MembershipConcealed(AccountId accountId, AccountId memberId, Instant concealedAt)
            implements OrganizationEvent {}

    /** Everybody sees again that somebody is a member. */
    record MembershipPublicized(AccountId accountId, AccountId memberId, Instant publicizedAt)
            implements OrganizationEvent {}
}
