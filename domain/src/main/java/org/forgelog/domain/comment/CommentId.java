package org.forgelog.domain.comment;

import org.forgelog.domain.PublicIds;

/** The id of a comment: public and never reused, unique across repositories and kinds of comments. */
public record CommentId(long value) {

    public CommentId {
        PublicIds.check("a comment id", value);
    }

    /** The identifier of the comment's aggregate in the event log. */
    public String aggregateId() {
        return "comment-" + value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
