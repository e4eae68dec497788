package org.forgelog.command.operation;

import java.util.Map;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.command.directory.CommentRow;
import org.forgelog.command.directory.ConversationRow;
import org.forgelog.command.directory.Conversations;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.ReactionRow;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.Reaction;
import org.forgelog.domain.reaction.ReactionCommand.React;
import org.forgelog.domain.reaction.ReactionCommand.WithdrawReaction;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.RepositoryId;

/**
 * Reactions to issues, to pull requests, or to comments on either: anybody who sees the repository reacts, unless the
 * conversation is locked; whoever reacted and those with push access take it back.
 */
public final class ReactionOperations {

    private record Target(ReactionTarget target, ConversationRow conversation) {}

    private interface Finder {
        Target find(Conversations conversations, RepositoryId repository, Request request);
    }

    private final ConversationKind kind;
    private final Finder finder;

    private ReactionOperations(ConversationKind kind, Finder finder) {
        this.kind = kind;
        this.finder = finder;
    }

    /** Below {@code .../issues/{issue_number}} or {@code .../pulls/{pull_number}}. */
    public static ReactionOperations toConversations(ConversationKind kind) {
        return new ReactionOperations(kind, (conversations, repository, request) -> {
            long number = request.number(Conversation.variable(kind));
            ConversationRow row = conversations.find(repository, kind, number).orElseThrow(Rejection::notFound);
            long id = row.place().conversationId();
            return new Target(
                    switch (kind) {
                        case ISSUE -> ReactionTarget.issue(new IssueKey(repository, number), id);
                        case PULL_REQUEST -> ReactionTarget.pullRequest(new PullRequestKey(repository, number), id);
                    },
                    row);
        });
    }

    /** Below {@code .../issues/comments/{comment_id}} or {@code .../pulls/comments/{comment_id}}. */
    public static ReactionOperations toComments(ConversationKind kind) {
        return new ReactionOperations(kind, (conversations, repository, request) -> {
            CommentRow row = conversations
                    .comment(repository, kind, request.number("comment_id"), Lock.KEEP)
                    .orElseThrow(Rejection::notFound);
            return new Target(
                    ReactionTarget.comment(row.id(), row.conversation().place(), row.writtenAt()), row.conversation());
        });
    }

    /** {@code POST .../reactions}: 200 with the one there is when it was given before. */
    public Answer react(Session session, Request request) {
        RepositoryRow repository = Repositories.findFor(kind, session, request);
        Target found = finder.find(session.directory().conversations(), repository.id(), request);
        Repositories.requireNotArchived(repository);
        Repositories.requireMayTakePart(repository, found.conversation());
        Fields fields = request.fields("Reaction");
        String word = fields.requiredText("content");
        fields.check();
        ReactionContent content = ReactionContent.of(word);
        boolean given = session.reaction(found.target().by(request.actorId(), content))
                .filter(reaction -> !reaction.withdrawn())
                .isPresent();
        Reaction reaction = session.send(new React(
                repository.id(),
                found.target(),
                request.actorId(),
                content,
                session.directory().nextPublicId(),
                session.now()));
        ReactionJson json = ReactionJson.of(
                reaction.id(), request.requireActor().mention(request.links()), content, reaction.reactedAt());
        return new Answer(given ? 200 : 201, json, Map.of());
    }

    /** {@code DELETE .../reactions/{reaction_id}}. */
    public Answer withdraw(Session session, Request request) {
        RepositoryRow repository = Repositories.findFor(kind, session, request);
        Conversations conversations = session.directory().conversations();
        ReactionTarget target =
                finder.find(conversations, repository.id(), request).target();
        ReactionRow reaction = conversations
                .reaction(request.number("reaction_id"))
                .filter(row -> row.isTo(target))
                .orElseThrow(Rejection::notFound);
        if (!request.caller().is(reaction.accountId())) {
            Repositories.requirePush(repository);
        }
        Repositories.requireNotArchived(repository);
        session.send(new WithdrawReaction(
                target.by(reaction.accountId(), reaction.content()),
                repository.id(),
                request.actorId(),
                session.now()));
        return Answer.noContent();
    }
}
