package org.forgelog.api.representation;

import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.reaction.ReactionContent;
import org.jspecify.annotations.Nullable;

/**
 * A comment's data, be it on an issue or on a pull request.
 *
 * @param repository where it is: the address is part of its links
 * @param anchor where in the diff it points; {@code null} for a comment on the whole
 * @param inReplyTo the first comment of its thread; {@code null} when it is that itself
 * @param reactions how often each was given; {@code null} where that is not known
 */
public record CommentView(
        RepositoryRef repository,
        CommentPlace place,
        CommentId id,
        SimpleUser author,
        AuthorAssociation association,
        String body,
        @Nullable DiffAnchor anchor,
        @Nullable CommentId inReplyTo,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Map<ReactionContent, Long> reactions) {
    /** Whether it belongs to pull requests alone: where those are issues, one on the whole is an issue's comment. */
    public boolean isOfPulls() {
        return place.conversation() == ConversationKind.PULL_REQUEST
                && (anchor != null || !repository.pullsAreIssues());
    }
}
