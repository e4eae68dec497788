package org.forgelog.command.operation;

import java.util.Map;
import org.forgelog.api.representation.ReactionJson;
import org.forgelog.command.directory.CommentRow;
import org.forgelog.command.directory.ConversationRow;
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

/**
 * Reactions to issues, to pull requests, or to comments on either: anybody who sees the repository reacts, unless the
 * conversation is locked; whoever reacted and those with push access take it back.
 */
public final class ReactionOperations {

    private record Target(ReactionTarget target, ConversationRow conversation) {}

    private interface Finder {
        Target find(Session session, RepositoryRow repository, Request request);
    }

    private final Finder finder;

    private ReactionOperations(Finder finder) {
        this.finder = finder;
    }

    /** Below {@code .../issues/{issue_number}} or {@code .../pulls/{pull_number}}. */
    public static ReactionOperations toConversations(ConversationKind kind) {
        return new ReactionOperations((session, repository, request) -> {
            long number = request.number(Conversation.variable(kind));
            ConversationRow row = Repositories.conversation(session, repository, kind, number);
            long id = row.place().conversationId();
            return new Target(
                    switch (row.place().conversation()) {
                        case ISSUE -> ReactionTarget.issue(new IssueKey(repository.id(), number), id);
                        case PULL_REQUEST ->
                            ReactionTarget.pullRequest(new PullRequestKey(repository.id(), number), id);
                    },
                    row);
        });
    }

    /** Below {@code .../issues/comments/{comment_id}} or {@code .../pulls/comments/{comment_id}}. */
    public static ReactionOperations toComments(ConversationKind kind) {
        return new ReactionOperations((session, repository, request) -> {
            CommentRow row = Repositories.comment(session, repository, kind, request.number("comment_id"), Lock.KEEP);
            return new Target(
                    ReactionTarget.comment(row.id(), row.conversation().place(), row.writtenAt()), row.conversation());
        });
    }

    /** {@code POST .../reactions}: 200 with the one there is when it was given before. */
    public Answer react(Session session, Request request) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        Target found = finder.find(session, repository, request);
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
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        ReactionTarget target = finder.find(session, repository, request).target();
        ReactionRow reaction = session.directory()
                .conversations()
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
