package org.forgelog.domain.comment;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a comment. */
public sealed interface CommentCommand {

    CommentId commentId();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return commentId().aggregateId();
    }

    /**
     * @param anchor where in the diff, on a pull request; {@code null} for a comment on the whole, and on an issue. A
     *     reply has that of the comment it answers
     * @param inReplyTo the first comment of the thread, on the same pull request
     */
    record WriteComment(
            CommentId commentId,
            CommentPlace place,
            AccountId authorId,
            @Nullable String body,
            @Nullable DiffAnchor anchor,
            @Nullable CommentId inReplyTo,
            Instant writtenAt)
            implements CommentCommand {

        /** A comment on the whole. */
        public WriteComment(
                CommentId commentId, CommentPlace place, AccountId authorId, @Nullable String body, Instant writtenAt) {
            this(commentId, place, authorId, body, null, null, writtenAt);
        }
    }

    record EditComment(CommentId commentId, @Nullable String body, AccountId editedBy, Instant editedAt)
            implements CommentCommand {}

    record DeleteComment(CommentId commentId, AccountId deletedBy, Instant deletedAt) implements CommentCommand {}
}
