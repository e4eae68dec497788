package org.forgelog.api.representation;

import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.reaction.ReactionContent;
import org.jspecify.annotations.Nullable;

/**
 * An issue's data.
 *
 * @param repository where it is: the address is part of its links
 * @param reactions how often each was given; {@code null} where that is not known
 * @param pull {@code null} for an issue that is no pull request
 * @param comments how many there are; {@code null} where that is not known
 */
public record IssueView(
        RepositoryRef repository,
        IssueKey key,
        long id,
        SimpleUser author,
        AuthorAssociation association,
        String title,
        @Nullable String body,
        boolean open,
        @Nullable String stateReason,
        @Nullable Instant closedAt,
        @Nullable SimpleUser closedBy,
        TriageView triage,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Map<ReactionContent, Long> reactions,
        @Nullable Long comments,
        @Nullable AsPullRequest pull) {

    /** What an issue that is a pull request has beside the rest. */
    public record AsPullRequest(boolean draft, @Nullable Instant mergedAt) {}
}
