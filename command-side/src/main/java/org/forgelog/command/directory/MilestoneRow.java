package org.forgelog.command.directory;

import java.time.Instant;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * A milestone as the directory knows it, with how many issues and pull requests are planned for it.
 *
 * @param openItems how many of them are open
 */
public record MilestoneRow(
        long number,
        long id,
        String title,
        @Nullable String description,
        @Nullable Instant dueOn,
        AccountId creatorId,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant closedAt,
        long items,
        long openItems) {}
