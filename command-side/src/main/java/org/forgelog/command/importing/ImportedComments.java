package org.forgelog.command.importing;

import java.time.Instant;
import java.util.Set;
import org.forgelog.command.importing.Fact.Anchor;
import org.forgelog.command.importing.Fact.CommentSeen;
import org.forgelog.command.importing.ImportIndex.Imported;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentCommand;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.reaction.ReactionTarget;
import org.jspecify.annotations.Nullable;

/** Comments on issues and pull requests, and in diffs. */
final class ImportedComments {

    private static final String DELETED = "DELETED";

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedConversations conversations;
    private final ImportedReactions reactions;

    ImportedComments(
            ImportTransaction transaction,
            ImportedAccounts accounts,
            ImportedConversations conversations,
            ImportedReactions reactions) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.conversations = conversations;
        this.reactions = reactions;
    }

    /** Adds the comment, if it is here and was changed since. */
    void changing(CommentSeen seen, Set<String> aggregates) {
        Imported known = transaction.known(seen.key());
        if (known != null && known.localId() != null && isNews(seen, known)) {
            aggregates.add(new CommentId(known.localId()).aggregateId());
        }
    }

    private static boolean isNews(CommentSeen seen, Imported known) {
        return seen.updatedAt() != null
                && (known.at() == null || seen.updatedAt().isAfter(known.at()));
    }

    void take(CommentSeen seen) {
        CommentPlace place = conversations.place(seen.ref());
        if (place == null) {
            return;
        }
        Imported known = transaction.known(seen.key());
        if (known == null) {
            write(seen, place);
        } else if (known.localId() != null && !DELETED.equals(known.kind())) {
            change(seen, place, known, new CommentId(known.localId()));
        }
    }

    private void write(CommentSeen seen, CommentPlace place) {
        if (seen.deleted()) {
            transaction.leftOut("comments that are known to be deleted alone");
            transaction.remember(seen.key(), null, DELETED, seen.updatedAt());
            return;
        }
        String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
        if (body == null || body.isBlank()) {
            transaction.leftOut("comments without a text");
            return;
        }
        Instant at = seen.createdAt();
        CommentId id = new CommentId(transaction.index().nextId());
        DiffAnchor anchor = place.conversation() == ConversationKind.PULL_REQUEST ? anchor(seen.anchor()) : null;
        if (seen.review() && anchor == null) {
            transaction.mapped("review comments without a place in a diff, which are on the whole");
        }
        WriteComment command = new WriteComment(
                id, place, accounts.of(seen.author(), at), body, anchor, anchor == null ? null : replied(seen), at);
        if (!transaction.send(command, () -> Comment.decide(null, command))) {
            return;
        }
        transaction.remember(seen.key(), id.value(), null, seen.updatedAt() == null ? at : seen.updatedAt());
        transaction.taken(seen.review() ? "review comments" : "comments");
        reactions.take(seen.reactions(), place.repositoryId(), ReactionTarget.comment(id, place, at), at);
    }

    private @Nullable CommentId replied(CommentSeen seen) {
        if (seen.inReplyTo() == null) {
            return null;
        }
        Imported first = transaction.known("rc/" + seen.inReplyTo());
        if (first == null || first.localId() == null) {
            transaction.mapped("replies to comments that are not here, which begin a thread");
            return null;
        }
        return new CommentId(first.localId());
    }

    private void change(CommentSeen seen, CommentPlace place, Imported known, CommentId id) {
        Instant at = seen.updatedAt();
        if (at == null || !isNews(seen, known)) {
            return;
        }
        AccountId by = accounts.of(seen.author(), at);
        if (seen.deleted()) {
            send(id, new DeleteComment(id, place.repositoryId(), by, at));
            transaction.remember(seen.key(), id.value(), DELETED, at);
            return;
        }
        String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
        if (body != null && !body.isBlank()) {
            send(id, new EditComment(id, place.repositoryId(), body, by, at));
            transaction.remember(seen.key(), id.value(), null, at);
        }
    }

    private void send(CommentId id, CommentCommand command) {
        Comment state = transaction.session().comment(id).orElse(null);
        transaction.send(command, () -> Comment.decide(state, command));
    }

    /** A place in a diff, as far as it can be one: without its first line when that is not before the last one. */
    private static @Nullable DiffAnchor anchor(@Nullable Anchor anchor) {
        if (anchor == null) {
            return null;
        }
        try {
            boolean several = anchor.startLine() != null
                    && anchor.line() != null
                    && (anchor.startSide() != anchor.side() || anchor.startLine() < anchor.line());
            return DiffAnchor.of(
                    anchor.commit(),
                    anchor.path(),
                    anchor.position(),
                    anchor.line(),
                    anchor.side(),
                    several ? anchor.startLine() : null,
                    several ? anchor.startSide() : null);
        } catch (Rejection e) {
            return null;
        }
    }
}
