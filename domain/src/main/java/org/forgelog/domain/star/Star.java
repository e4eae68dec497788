package org.forgelog.domain.star;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.star.StarCommand.StarRepository;
import org.forgelog.domain.star.StarCommand.UnstarRepository;
import org.forgelog.domain.star.StarEvent.RepositoryStarred;
import org.forgelog.domain.star.StarEvent.RepositoryUnstarred;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user stars a repository. Starring twice is one star, with the first one's date.
 *
 * @param starredAt since when; {@code null} when it was taken back
 */
public record Star(StarKey key, @Nullable Instant starredAt) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the star, {@code null} when there never was one
     * @throws Rejection when a star that never was is taken back
     */
    public static List<StarEvent> decide(@Nullable Star state, StarCommand command) {
        boolean starred = state != null && state.starredAt != null;
        return switch (command) {
            case StarRepository c ->
                starred
                        ? List.of()
                        : List.of(new RepositoryStarred(
                                c.key().accountId(), c.key().repositoryId(), c.starredAt()));
            case UnstarRepository c -> {
                if (state == null) {
                    throw Rejection.notFound();
                }
                yield starred
                        ? List.of(new RepositoryUnstarred(
                                c.key().accountId(), c.key().repositoryId(), c.unstarredAt()))
                        : List.of();
            }
        };
    }

    /** The star after {@code event}. */
    public static Star evolve(@Nullable Star state, StarEvent event) {
        return switch (event) {
            case RepositoryStarred e -> new Star(e.key(), e.starredAt());
            case RepositoryUnstarred e -> new Star(e.key(), null);
        };
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return key.aggregateId();
    }
}
