package org.forgelog.domain;

import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;

/** What the tests of this module speak of. */
final class Samples {

    static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Instant NOW = THEN.plusSeconds(60);
    static final AccountId OCTOCAT = new AccountId(1);
    static final AccountId TORVALDS = new AccountId(2);
    static final RepositoryId HELLO_WORLD = new RepositoryId(3);
    static final RepositorySettings.Changes NOTHING =
            new RepositorySettings.Changes(null, null, null, null, null, null, Map.of(), Map.of());

    private Samples() {}
}
