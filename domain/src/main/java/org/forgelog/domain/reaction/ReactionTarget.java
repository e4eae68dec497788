package org.forgelog.domain.reaction;

import java.time.Instant;
import org.forgelog.domain.PublicIds;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.jspecify.annotations.Nullable;

/**
 * What is reacted to, with all that its own item is found by, since the totals stand there.
 *
 * @param id the target's public id
 * @param number the number of the issue or pull request that the target is or belongs to
 * @param conversationId the public id of that issue or pull request; {@code id} itself unless it is a comment
 * @param writtenAt when the comment was written; {@code null} unless it is a comment
 */
public record ReactionTarget(Kind kind, long id, long number, long conversationId, @Nullable Instant writtenAt) {

    /** The kinds of things that take reactions. */
    public enum Kind {
        ISSUE,
        PULL_REQUEST,
        ISSUE_COMMENT,
        REVIEW_COMMENT
    }

    public ReactionTarget {
        PublicIds.check("a reaction target's id", id);
        PublicIds.check("a number", number);
        PublicIds.check("a conversation's id", conversationId);
    }

    public static ReactionTarget issue(IssueKey key, long issueId) {
        return new ReactionTarget(Kind.ISSUE, issueId, key.number(), issueId, null);
    }

    public static ReactionTarget pullRequest(PullRequestKey key, long pullRequestId) {
        return new ReactionTarget(Kind.PULL_REQUEST, pullRequestId, key.number(), pullRequestId, null);
    }

    /** A comment of either kind; which one, its place says. */
    public static ReactionTarget comment(CommentId id, CommentPlace place, Instant writtenAt) {
        Kind kind =
                switch (place.conversation()) {
                    case ISSUE -> Kind.ISSUE_COMMENT;
                    case PULL_REQUEST -> Kind.REVIEW_COMMENT;
                };
        return new ReactionTarget(kind, id.value(), place.number(), place.conversationId(), writtenAt);
    }

    /** What identifies the reaction of {@code accountId} with {@code content} to this. */
    public ReactionKey by(AccountId accountId, ReactionContent content) {
        return new ReactionKey(kind, id, accountId, content);
    }
}
