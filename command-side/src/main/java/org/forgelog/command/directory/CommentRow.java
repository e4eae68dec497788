package org.forgelog.command.directory;

import java.time.Instant;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.DiffAnchor;
import org.jspecify.annotations.Nullable;

/**
 * A comment that is there, as the directory knows it.
 *
 * @param inReplyTo the first comment of its thread; {@code null} when it is that itself
 */
public record CommentRow(
        CommentId id,
        ConversationRow conversation,
        AccountId authorId,
        @Nullable CommentId inReplyTo,
        @Nullable DiffAnchor anchor,
        Instant writtenAt) {

    /** The first comment of its thread. */
    public CommentId thread() {
        return inReplyTo == null ? id : inReplyTo;
    }
}
