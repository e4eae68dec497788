package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;

/**
 * An account's data.
 *
 * @param publicRepositories how many it owns; {@code null} where that is not known
 */
public record AccountView(
        AccountId id,
        String login,
        AccountKind kind,
        Profile profile,
        boolean suspended,
        boolean siteAdmin,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Long publicRepositories,
        @Nullable Long privateRepositories) {}
