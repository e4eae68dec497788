package org.forgelog.command.operation;

import org.forgelog.api.representation.CommentJson;
import org.forgelog.api.representation.ReviewCommentJson;
import org.forgelog.command.directory.CommentRow;
import org.forgelog.command.directory.ConversationRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentCommand.DeleteComment;
import org.forgelog.domain.comment.CommentCommand.EditComment;
import org.forgelog.domain.comment.CommentCommand.WriteComment;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.jspecify.annotations.Nullable;

/**
 * Comments on issues or on pull requests: anybody who sees the repository writes, the author and those with push access
 * edit and delete. While it is locked, those with push access alone do any of that.
 */
public final class CommentOperations {

    private final ConversationKind kind;
    private final String resource;

    public CommentOperations(ConversationKind kind) {
        this.kind = kind;
        this.resource = switch (kind) {
            case ISSUE -> "IssueComment";
            case PULL_REQUEST -> "PullRequestReviewComment";
        };
    }

    /**
     * {@code POST /repos/{owner}/{repo}/issues/{issue_number}/comments} and the same of pull requests, where a {@code
     * path} makes it point into the diff, {@code in_reply_to} puts it into a thread, and without either it is part of
     * the conversation, where pull requests are not issues.
     */
    public Answer write(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        ConversationRow conversation = conversation(session, request, repository);
        Fields fields = request.fields(resource);
        String body = fields.requiredText("body");
        if (kind == ConversationKind.ISSUE) {
            fields.check();
            return write(session, request, repository, conversation, body, null, null);
        }
        Long inReplyTo = fields.id("in_reply_to");
        if (inReplyTo != null) {
            fields.check();
            CommentRow answered = session.directory()
                    .conversations()
                    .comment(repository, kind, inReplyTo, Lock.KEEP)
                    .filter(row -> row.conversation().place().equals(conversation.place()))
                    .orElseThrow(() -> Rejection.invalid(resource, "in_reply_to", Fault.INVALID, null));
            return write(session, request, repository, conversation, body, answered.anchor(), answered.thread());
        }
        DiffAnchor anchor = anchor(fields);
        if (anchor == null && repository.pullsAreIssues()) {
            // What is said on the whole is said where issues are.
            fields.error("path", Fault.MISSING_FIELD);
            fields.check();
        }
        return write(session, request, repository, conversation, body, anchor, null);
    }

    /** {@code POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies}. */
    public Answer reply(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        ConversationRow conversation = conversation(session, request, repository);
        CommentRow answered = session.directory()
                .conversations()
                .comment(repository, kind, request.number("comment_id"), Lock.KEEP)
                .filter(row -> row.conversation().place().equals(conversation.place()))
                .orElseThrow(Rejection::notFound);
        Fields fields = request.fields(resource);
        String body = fields.requiredText("body");
        fields.check();
        return write(session, request, repository, conversation, body, answered.anchor(), answered.thread());
    }

    /** {@code PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}} and the same of pull requests. */
    public Answer edit(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        CommentRow row = own(session, request, repository);
        Fields fields = request.fields(resource);
        String body = fields.requiredText("body");
        fields.check();
        Comment comment =
                session.send(new EditComment(row.id(), repository.id(), body, request.actorId(), session.now()));
        return Answer.ok(new Representations(session, request).comment(comment, repository));
    }

    /** {@code DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}} and the same of pull requests. */
    public Answer delete(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        CommentRow row = own(session, request, repository);
        session.send(new DeleteComment(row.id(), repository.id(), request.actorId(), session.now()));
        return Answer.noContent();
    }

    /** The issue or pull request that the path names, when the caller may say something there. */
    private ConversationRow conversation(Session session, Request request, RepositoryRow repository) {
        ConversationRow conversation =
                Repositories.conversation(session, repository, kind, request.number(Conversation.variable(kind)));
        Repositories.requireNotArchived(repository);
        Repositories.requireMayTakePart(repository, conversation);
        return conversation;
    }

    /** The comment that the path names, when the caller may change it. */
    private CommentRow own(Session session, Request request, RepositoryRow repository) {
        CommentRow comment = Repositories.comment(session, repository, kind, request.number("comment_id"), Lock.CHANGE);
        if (!request.caller().is(comment.authorId())) {
            Repositories.requirePush(repository);
        }
        Repositories.requireNotArchived(repository);
        Repositories.requireMayTakePart(repository, comment.conversation());
        return comment;
    }

    private static Answer write(
            Session session,
            Request request,
            RepositoryRow repository,
            ConversationRow conversation,
            String body,
            @Nullable DiffAnchor anchor,
            @Nullable CommentId inReplyTo) {
        Comment comment = session.send(new WriteComment(
                new CommentId(session.directory().nextPublicId()),
                conversation.place(),
                request.actorId(),
                body,
                anchor,
                inReplyTo,
                session.now()));
        return switch (new Representations(session, request).written(comment, repository)) {
            case CommentJson json -> Answer.created(json, json.url());
            case ReviewCommentJson json -> Answer.created(json, json.url());
            case Object other -> throw new IllegalStateException(other + " is no comment");
        };
    }

    /** Where in the diff a comment points; {@code null} when there is no path. A line is asked for unless it is a file. */
    private @Nullable DiffAnchor anchor(Fields fields) {
        String path = fields.text("path");
        String commit = fields.text("commit_id");
        String subject = fields.word("subject_type");
        Integer position = fields.integer("position");
        Integer given = fields.integer("line");
        // Clients whose numbers cannot be missing send none as 0.
        Integer line = position != null && given != null && given == 0 ? null : given;
        Integer startLine = fields.integer("start_line");
        String side = fields.word("side");
        String startSide = fields.word("start_side");
        boolean lined = position != null || line != null || startLine != null;
        if (path == null) {
            if (lined || subject != null) {
                fields.error("path", Fault.MISSING_FIELD);
            }
            fields.check();
            return null;
        }
        boolean file = "file".equals(subject);
        if (!file && position == null && line == null) {
            fields.error("line", Fault.MISSING_FIELD);
        }
        fields.check();
        return DiffAnchor.of(
                commit,
                path,
                file ? null : position,
                file ? null : line,
                side == null ? null : DiffSide.of("side", side),
                file ? null : startLine,
                startSide == null || startSide.equals("side") ? null : DiffSide.of("start_side", startSide));
    }
}
