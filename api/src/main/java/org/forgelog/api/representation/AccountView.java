package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Profile;

/** An account's data. */
public record AccountView(
        AccountId id,
        String login,
        AccountKind kind,
        Profile profile,
        boolean suspended,
        boolean siteAdmin,
        Instant createdAt,
        Instant updatedAt,
        long publicRepositories,
        long privateRepositories) {}
