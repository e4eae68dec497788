package org.forgelog.domain.comment;

import java.time.Instant;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a comment. */
public sealed interface CommentCommand extends DomainCommand<Comment> {

    CommentId commentId();

    /** Where the comment is. */
    RepositoryId repositoryId();

    @Override
    default String aggregateId() {
        return commentId().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return repositoryId().sequenceKey();
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

        @Override
        public RepositoryId repositoryId() {
            return place.repositoryId();
        }

        /** A comment on the whole. */
        public WriteComment(
                CommentId commentId, CommentPlace place, AccountId authorId, @Nullable String body, Instant writtenAt) {
            this(commentId, place, authorId, body, null, null, writtenAt);
        }
    }

    record EditComment(
            CommentId commentId, RepositoryId repositoryId, @Nullable String body, AccountId editedBy, Instant editedAt)
            implements CommentCommand {}

    record DeleteComment(CommentId commentId, RepositoryId repositoryId, AccountId deletedBy, Instant deletedAt)
            implements CommentCommand {}
}
