package org.forgelog.domain.comment;

import java.time.Instant;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a comment. In the repository's sequence, so that the number of an issue's comments can be folded in
 * order. Each event says when the comment was written: comments are kept in that order.
 */
public sealed interface CommentEvent extends DomainEvent {

    CommentId commentId();

    CommentPlace place();

    Instant writtenAt();

    @Override
    default String sequenceKey() {
        return place().repositoryId().sequenceKey();
    }

    /** @param inReplyTo the first comment of its thread; {@code null} when it is that itself */
    record CommentWritten(
            CommentId commentId,
            CommentPlace place,
            AccountId authorId,
            String body,
            @Nullable DiffAnchor anchor,
            @Nullable CommentId inReplyTo,
            Instant writtenAt)
            implements CommentEvent {}

    record CommentEdited(
            CommentId commentId,
            CommentPlace place,
            String body,
            Instant writtenAt,
            AccountId editedBy,
            Instant editedAt)
            implements CommentEvent {}

    /** @param anchored whether it pointed into a diff: those are counted apart */
    record CommentDeleted(
            CommentId commentId,
            CommentPlace place,
            boolean anchored,
            Instant writtenAt,
            AccountId deletedBy,
            Instant deletedAt)
            implements CommentEvent {}
}
