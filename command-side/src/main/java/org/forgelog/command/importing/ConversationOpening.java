package org.forgelog.command.importing;

import java.time.Instant;
import org.forgelog.command.importing.Fact.BranchText;
import org.forgelog.command.importing.Fact.ConversationSeen;
import org.forgelog.command.importing.Fact.Person;
import org.forgelog.command.importing.ImportIndex.LocalRepository;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Texts;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand.OpenIssue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.OpenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.BranchName;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** Opens issues and pull requests with their true numbers; what is not told of them is made up, and counted. */
final class ConversationOpening {

    private final ImportTransaction transaction;
    private final ImportedAccounts accounts;
    private final ImportedRepositories repositories;
    private final ImportedReactions reactions;

    ConversationOpening(
            ImportTransaction transaction,
            ImportedAccounts accounts,
            ImportedRepositories repositories,
            ImportedReactions reactions) {
        this.transaction = transaction;
        this.accounts = accounts;
        this.repositories = repositories;
        this.reactions = reactions;
    }

    /** Answers whether it was opened. */
    boolean open(LocalRepository repository, ConversationSeen seen) {
        long number = seen.ref().number();
        Instant at = seen.createdAt() == null ? seen.seenAt() : seen.createdAt();
        if (seen.author() == null) {
            transaction.mapped("authors that are not told: ghost");
        }
        AccountId author = accounts.of(seen.author() == null ? Person.GHOST : seen.author(), at);
        long id = transaction.index().nextId();
        String body = transaction.text(seen.body(), Texts.BODY_LIMIT, false);
        String title = title(seen);
        ReactionTarget target;
        if (seen.pull()) {
            OpenPullRequest command = pullRequest(repository, seen, id, author, title, body, at);
            if (!transaction.send(command, () -> PullRequest.decide(null, command))) {
                return false;
            }
            target = ReactionTarget.pullRequest(command.key(), id);
        } else {
            OpenIssue command = new OpenIssue(new IssueKey(repository.id(), number), id, author, title, body, at);
            if (!transaction.send(command, () -> Issue.decide(null, command))) {
                return false;
            }
            target = ReactionTarget.issue(command.key(), id);
        }
        reactions.take(seen.reactions(), repository.id(), target, at);
        ConversationKind kind = seen.pull() ? ConversationKind.PULL_REQUEST : ConversationKind.ISSUE;
        transaction.remember(ImportedConversations.key(repository.id(), number), id, kind.name(), at);
        transaction.taken(seen.pull() ? "pull requests" : "issues");
        return true;
    }

    private String title(ConversationSeen seen) {
        String title = transaction.text(seen.title(), Texts.TITLE_LIMIT, true);
        if (title != null && !title.isBlank()) {
            return title;
        }
        transaction.mapped("titles that are not told");
        return (seen.pull() ? "Pull request #" : "Issue #") + seen.ref().number();
    }

    private OpenPullRequest pullRequest(
            LocalRepository repository,
            ConversationSeen seen,
            long id,
            AccountId author,
            String title,
            @Nullable String body,
            Instant at) {
        long number = seen.ref().number();
        LocalRepository headRepository = seen.head().repository() == null
                ? null
                : repositories.find(seen.head().repository());
        AccountId headOwner = seen.head().repository() == null
                ? repository.ownerId()
                : headRepository != null
                        ? headRepository.ownerId()
                        : accounts.of(new Person(seen.head().repository().owner(), false), at);
        RepositoryId headId = headRepository == null ? repository.id() : headRepository.id();
        BranchName base = branch(seen.base(), "main");
        // As git names it for who fetches pull requests.
        String unknown = "pull/" + number + "/head";
        BranchName head = branch(seen.head(), unknown);
        if (headOwner.equals(repository.ownerId()) && headId.equals(repository.id()) && head.equals(base)) {
            head = new BranchName(unknown);
        }
        if (head.value().equals(unknown)) {
            transaction.mapped("branches of pull requests that are not told");
        }
        return new OpenPullRequest(
                new PullRequestKey(repository.id(), number),
                id,
                author,
                title,
                body,
                headOwner,
                headId,
                head,
                repository.ownerId(),
                base,
                seen.draft()
                        && !transaction.tellsOfAChange()
                        && Boolean.TRUE.equals(seen.state().open()),
                false,
                at);
    }

    private static BranchName branch(BranchText told, String otherwise) {
        try {
            return told.ref() == null ? new BranchName(otherwise) : BranchName.of("PullRequest", "head", told.ref());
        } catch (Rejection e) {
            return new BranchName(otherwise);
        }
    }
}
