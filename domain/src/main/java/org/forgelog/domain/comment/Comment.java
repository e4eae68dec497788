package org.forgelog.domain.comment;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.jspecify.annotations.Nullable;

/** The state of a comment and its rules, without side effects: time and ids come in with the commands. */
public record Comment(
        CommentId id,
        CommentPlace place,
        AccountId authorId,
        String body,
        @Nullable DiffAnchor anchor,
        @Nullable CommentId inReplyTo,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What {@code command} makes happen; nothing when it would change nothing.
     *
     * @param state the comment, {@code null} before it was written
     * @throws Rejection when the rules forbid it
     */
    public static List<CommentEvent> decide(@Nullable Comment state, CommentCommand command) {
        if (command instanceof WriteComment c) {
            return List.of(write(c));
        }
        if (state == null || state.deleted) {
            throw Rejection.notFound();
        }
        return switch (command) {
            case WriteComment c -> List.of();
            case EditComment c -> {
                String body = Texts.requiredBody(resource(state.place), c.body());
                yield body.equals(state.body)
                        ? List.of()
                        : List.of(new CommentEdited(
                                state.id, state.place, body, state.createdAt, c.editedBy(), c.editedAt()));
            }
            case DeleteComment c ->
                List.of(new CommentDeleted(
                        state.id, state.place, state.anchor != null, state.createdAt, c.deletedBy(), c.deletedAt()));
        };
    }

    private static CommentWritten write(WriteComment c) {
        String resource = resource(c.place());
        if (c.place().conversation() == ConversationKind.ISSUE) {
            if (c.anchor() != null) {
                throw Rejection.invalid(resource, "path", Fault.INVALID, "an issue has no diff to comment on");
            }
            if (c.inReplyTo() != null) {
                throw Rejection.invalid(resource, "in_reply_to", Fault.INVALID, "an issue has no threads");
            }
        }
        return new CommentWritten(
                c.commentId(),
                c.place(),
                c.authorId(),
                Texts.requiredBody(resource, c.body()),
                c.anchor(),
                c.inReplyTo(),
                c.writtenAt());
    }

    private static String resource(CommentPlace place) {
        return place.conversation() == ConversationKind.ISSUE ? "IssueComment" : "PullRequestReviewComment";
    }

    /** The comment after {@code event}. */
    public static Comment evolve(@Nullable Comment state, CommentEvent event) {
        if (event instanceof CommentWritten e) {
            return new Comment(
                    e.commentId(),
                    e.place(),
                    e.authorId(),
                    e.body(),
                    e.anchor(),
                    e.inReplyTo(),
                    false,
                    e.writtenAt(),
                    e.writtenAt());
        }
        if (state == null) {
            throw new IllegalStateException("a comment's first event must be its writing, not " + event);
        }
        return switch (event) {
            case CommentWritten e -> state;
            case CommentEdited e -> state.copy(e.body(), false, e.editedAt());
            case CommentDeleted e -> state.copy(state.body, true, e.deletedAt());
        };
    }

    /** What is told of one that is deleted, once that is past. */
    public Comment withoutBody() {
        return copy("", deleted, updatedAt);
    }

    /** The identifier of the aggregate in the event log. */
    public String aggregateId() {
        return id.aggregateId();
    }

    private Comment copy(String body, boolean deleted, Instant updatedAt) {
        return new Comment(id, place, authorId, body, anchor, inReplyTo, deleted, createdAt, updatedAt);
    }
}
