package org.forgelog.api.representation;

import java.time.Instant;
import org.forgelog.domain.issue.IssueKey;
import org.jspecify.annotations.Nullable;

/**
 * An issue's data.
 *
 * @param repository where it is: the address is part of its links
 * @param comments how many there are; {@code null} where that is not known
 */
public record IssueView(
        RepositoryRef repository,
        IssueKey key,
        long id,
        SimpleUser author,
        String title,
        @Nullable String body,
        boolean open,
        @Nullable String stateReason,
        @Nullable Instant closedAt,
        @Nullable SimpleUser closedBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Long comments) {}
