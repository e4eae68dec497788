package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/**
 * A repository's data.
 *
 * @param counts what is counted; {@code null} where that is not known
 */
public record RepositoryView(
        RepositoryId id,
        SimpleUser owner,
        String name,
        RepositorySettings settings,
        boolean archived,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Counts counts) {

    /** @param openIssues open issues; pull requests are counted apart */
    public record Counts(long stars, long forks, long openIssues, long openPulls) {}
}
