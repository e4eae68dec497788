package org.forgelog.api.representation;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Permission;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/**
 * A repository's data.
 *
 * @param origin what it is forked from; {@code null} when it is no fork
 * @param permission what the one who is looking may do with it; {@code null} when that is nobody with an account
 */
public record RepositoryView(
        RepositoryId id,
        SimpleUser owner,
        String name,
        RepositorySettings settings,
        List<String> topics,
        @Nullable Origin origin,
        Numbering numbering,
        boolean archived,
        Instant createdAt,
        Instant updatedAt,
        Counts counts,
        @Nullable Permission permission) {

    /**
     * Where a fork comes from.
     *
     * @param parent the repository it was made of; {@code null} where that is gone, hidden from the caller, or not at
     *     hand
     * @param source the repository that all forks of its network go back to; {@code null} likewise
     */
    public record Origin(@Nullable RepositoryJson parent, @Nullable RepositoryJson source) {}

    /**
     * @param subscribers those who watch it
     * @param forks public forks made of it
     * @param network public forks in all of its network
     * @param openIssues open issues; pull requests are counted apart
     */
    public record Counts(long stars, long subscribers, long forks, long network, long openIssues, long openPulls) {

        /** The same in a network of this size. */
        public Counts inNetwork(long size) {
            return new Counts(stars, subscribers, forks, size, openIssues, openPulls);
        }
    }
}
