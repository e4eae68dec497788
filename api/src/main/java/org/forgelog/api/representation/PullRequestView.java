package org.forgelog.api.representation;

import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.ReactionContent;
import org.jspecify.annotations.Nullable;

/**
 * A pull request's data.
 *
 * @param headOwner the account whose repository holds the head branch
 * @param headRepository that repository in full; {@code null} where it is not at hand
 * @param reactions how often each was given; {@code null} where that is not known
 * @param comments how many there are on the whole; {@code null} where that is not known
 * @param reviewComments how many point into the diff; {@code null} where that is not known
 */
public record PullRequestView(
        RepositoryRef repository,
        PullRequestKey key,
        long id,
        SimpleUser author,
        AuthorAssociation association,
        String title,
        @Nullable String body,
        Branch head,
        SimpleUser headOwner,
        @Nullable RepositoryJson headRepository,
        Branch base,
        SimpleUser baseOwner,
        @Nullable RepositoryJson baseRepository,
        boolean draft,
        boolean maintainerCanModify,
        boolean open,
        @Nullable Instant closedAt,
        @Nullable String mergeCommitSha,
        @Nullable Instant mergedAt,
        @Nullable SimpleUser mergedBy,
        TriageView triage,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Map<ReactionContent, Long> reactions,
        @Nullable Long comments,
        @Nullable Long reviewComments) {}
