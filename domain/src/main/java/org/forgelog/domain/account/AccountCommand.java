package org.forgelog.domain.account;

import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. */
public sealed interface AccountCommand {

    AccountId accountId();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return accountId().aggregateId();
    }

    record RegisterAccount(
            AccountId accountId,
            Login login,
            AccountKind kind,
            @Nullable String email,
            boolean suspended,
            Instant registeredAt)
            implements AccountCommand {}

    record EditProfile(AccountId accountId, Profile.Changes changes, Instant editedAt) implements AccountCommand {}

    record RenameAccount(AccountId accountId, Login login, Instant renamedAt) implements AccountCommand {}

    record SuspendAccount(AccountId accountId, Instant suspendedAt) implements AccountCommand {}

    record UnsuspendAccount(AccountId accountId, Instant unsuspendedAt) implements AccountCommand {}

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
}
