package org.forgelog.api.representation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A milestone's data.
 *
 * @param openIssues how many issues and pull requests that are planned for it are open
 * @param closedAt {@code null} while it is open
 */
public record MilestoneView(
        RepositoryRef repository,
        long number,
        long id,
        String title,
        @Nullable String description,
        SimpleUser creator,
        long openIssues,
        long closedIssues,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant dueOn,
        @Nullable Instant closedAt) {}
