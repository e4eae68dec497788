package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;
import static org.forgelog.query.verify.KeyFormat.timed;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.reaction.ReactionTarget;

/** Comments and reactions, and how many of them there are on what they are to. */
final class CommentFold {

    private CommentFold() {}

    private static Key comment(Key thread, Instant writtenAt, long id) {
        return new Key("C#" + thread.pk() + "#" + thread.sk(), timed(writtenAt, id));
    }

    private static Key place(long comment) {
        return new Key("CI#" + digits(comment), "C");
    }

    /** The partition of the reactions to a comment. */
    static String reactionsTo(long comment) {
        return "X#" + place(comment).pk() + "#" + place(comment).sk();
    }

    static void apply(IndependentItems rows, CommentEvent event) {
        CommentPlace on = event.place();
        Key thread =
                ConversationFold.thread(on.conversation(), on.repositoryId().value(), on.number());
        long id = event.commentId().value();
        Key key = comment(thread, event.writtenAt(), id);
        Key body = new Key(key.pk() + "#B", key.sk());
        switch (event) {
            case CommentWritten e -> {
                rows.create(key, "comment", said -> {
                    placed(said, e);
                    said.put("author_id", e.authorId().value());
                    if (e.anchor() != null) {
                        said.put("anchor", anchor(e.anchor()));
                    }
                    if (e.inReplyTo() != null) {
                        said.put("in_reply_to", e.inReplyTo().value());
                    }
                    ConversationFold.says(said, e.body());
                    indexed(said, thread, e.writtenAt());
                });
                rows.create(place(id), "comment_place", said -> {
                    placed(said, e);
                    IndependentItems.at(said, "updated_at", e.writtenAt());
                });
                if (KeyFormat.isLong(e.body())) {
                    rows.create(body, "body", said -> said.put("body", e.body()));
                }
                count(rows, thread, e.anchor() != null, 1);
                ConversationFold.said(rows, thread, e.writtenAt());
            }
            case CommentEdited e -> {
                rows.edit(key, row -> {
                    ConversationFold.says(row.said(), e.body());
                    indexed(row.said(), thread, e.editedAt());
                });
                ConversationFold.bodyApart(rows, body, e.body());
                ConversationFold.said(rows, thread, e.editedAt());
            }
            case CommentDeleted e -> {
                rows.remove(key);
                rows.remove(body);
                rows.remove(place(id));
                count(rows, thread, e.anchored(), -1);
                ConversationFold.said(rows, thread, e.deletedAt());
                rows.set(new Key("SWEEP", "C#" + digits(id)), "sweep", said -> said.put("id", id));
            }
        }
    }

    private static void count(IndependentItems rows, Key thread, boolean anchored, int by) {
        String what = anchored ? "review_comments" : "comments";
        rows.edit(thread, row -> row.said().put(what, row.number(what) + by));
    }

    private static void placed(Map<String, Object> said, CommentWritten e) {
        said.put("id", e.commentId().value());
        said.put("repository_id", e.place().repositoryId().value());
        said.put("conversation", e.place().conversation() == ConversationKind.ISSUE ? "ISSUE" : "PULL");
        said.put("conversation_id", e.place().conversationId());
        said.put("number", e.place().number());
        IndependentItems.at(said, "created_at", e.writtenAt());
    }

    private static void indexed(Map<String, Object> said, Key thread, Instant updated) {
        long id = CanonicalItem.number(said, "id");
        IndependentItems.at(said, "updated_at", updated);
        if ("PULL".equals(said.get("conversation"))) {
            IndependentItems.index(said, 1, "C#" + thread.pk() + "#" + thread.sk(), timed(updated, id));
        }
        IndependentItems.index(said, 3, "C#" + thread.pk(), timed(Instant.parse((String) said.get("created_at")), id));
        IndependentItems.index(said, 4, "C#" + thread.pk(), timed(updated, id));
    }

    private static Map<String, Object> anchor(DiffAnchor anchor) {
        Map<String, Object> said = new HashMap<>();
        said.put("commit", anchor.commitId());
        said.put("path", anchor.path());
        said.put("side", anchor.side().name());
        IndependentItems.value(
                said,
                "position",
                anchor.position() == null ? null : anchor.position().longValue());
        IndependentItems.value(
                said, "line", anchor.line() == null ? null : anchor.line().longValue());
        IndependentItems.value(
                said,
                "start_line",
                anchor.startLine() == null ? null : anchor.startLine().longValue());
        IndependentItems.value(
                said,
                "start_side",
                anchor.startSide() == null ? null : anchor.startSide().name());
        return said;
    }

    static void apply(IndependentItems rows, ReactionEvent event) {
        ReactionTarget to = event.target();
        ConversationKind kind =
                switch (to.kind()) {
                    case ISSUE, ISSUE_COMMENT -> ConversationKind.ISSUE;
                    case PULL_REQUEST, REVIEW_COMMENT -> ConversationKind.PULL_REQUEST;
                };
        Key thread = ConversationFold.thread(kind, event.repositoryId().value(), to.number());
        Instant writtenAt = to.writtenAt();
        Key counted = writtenAt == null ? thread : comment(thread, writtenAt, to.id());
        String partition = writtenAt == null ? "X#" + thread.pk() + "#" + thread.sk() : reactionsTo(to.id());
        Key key = new Key(partition, event.content().key() + "#" + digits(event.reactionId()));
        switch (event) {
            case ReactionAdded e -> {
                rows.create(key, "reaction", said -> {
                    said.put("id", e.reactionId());
                    said.put("repository_id", e.repositoryId().value());
                    said.put("account_id", e.accountId().value());
                    said.put("content", e.content().name());
                    IndependentItems.at(said, "created_at", e.reactedAt());
                    IndependentItems.at(said, "updated_at", e.reactedAt());
                });
                total(rows, counted, e.content(), 1);
            }
            case ReactionWithdrawn e -> {
                rows.remove(key);
                total(rows, counted, e.content(), -1);
            }
        }
    }

    private static void total(IndependentItems rows, Key counted, ReactionContent content, int by) {
        rows.edit(
                counted,
                row -> IndependentItems.map(row.said(), "reactions", totals -> {
                    long now = CanonicalItem.number(totals, content.key()) + by;
                    IndependentItems.value(totals, content.key(), now == 0 ? null : now);
                }));
    }
}
