package org.forgelog.command.operation;

import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriagePullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;

/** The issue or pull request that a path names, where it makes no difference which. Each change answers what it left. */
sealed interface Conversation {

    RepositoryRow repository();

    ConversationKind kind();

    long number();

    AccountId authorId();

    Triage triage();

    Conversation triage(TriageChange change);

    /** What clients see of it. */
    Object json();

    /** How the path calls the number. */
    static String variable(ConversationKind kind) {
        return switch (kind) {
            case ISSUE -> "issue_number";
            case PULL_REQUEST -> "pull_number";
        };
    }

    /** @throws Rejection when there is none that the caller may see */
    static Conversation find(Session session, Request request, ConversationKind kind) {
        RepositoryRow repository = Repositories.find(session, request, Lock.KEEP);
        long number = request.number(variable(kind));
        return switch (kind) {
            case ISSUE -> ofIssues(session, request, repository, number);
            case PULL_REQUEST ->
                session.pullRequest(new PullRequestKey(repository.id(), number))
                        .map(pull -> new OfPullRequest(session, request, repository, pull, false))
                        .orElseThrow(Rejection::notFound);
        };
    }

    /** What the routes of issues lead to: an issue, or a pull request where those are issues too. */
    static Conversation ofIssues(Session session, Request request, RepositoryRow repository, long number) {
        if (repository.pullsAreIssues()) {
            var pull = session.pullRequest(new PullRequestKey(repository.id(), number));
            if (pull.isPresent()) {
                return new OfPullRequest(session, request, repository, pull.get(), true);
            }
        }
        Repositories.requireIssues(repository);
        return session.issue(new IssueKey(repository.id(), number))
                .map(issue -> new OfIssue(session, request, repository, issue))
                .orElseThrow(Rejection::notFound);
    }

    record OfIssue(Session session, Request request, RepositoryRow repository, Issue issue) implements Conversation {

        @Override
        public ConversationKind kind() {
            return ConversationKind.ISSUE;
        }

        @Override
        public long number() {
            return issue.key().number();
        }

        @Override
        public AccountId authorId() {
            return issue.authorId();
        }

        @Override
        public Triage triage() {
            return issue.triage();
        }

        @Override
        public OfIssue triage(TriageChange change) {
            return new OfIssue(
                    session,
                    request,
                    repository,
                    session.send(new TriageIssue(issue.key(), change, request.actorId(), session.now())));
        }

        @Override
        public Object json() {
            return new Representations(session, request).issue(issue, repository);
        }
    }

    /** @param asIssue whether the client asked for an issue */
    record OfPullRequest(Session session, Request request, RepositoryRow repository, PullRequest pull, boolean asIssue)
            implements Conversation {

        @Override
        public ConversationKind kind() {
            return ConversationKind.PULL_REQUEST;
        }

        @Override
        public long number() {
            return pull.key().number();
        }

        @Override
        public AccountId authorId() {
            return pull.authorId();
        }

        @Override
        public Triage triage() {
            return pull.triage();
        }

        @Override
        public OfPullRequest triage(TriageChange change) {
            return new OfPullRequest(
                    session,
                    request,
                    repository,
                    session.send(new TriagePullRequest(pull.key(), change, request.actorId(), session.now())),
                    asIssue);
        }

        @Override
        public Object json() {
            Representations representations = new Representations(session, request);
            return asIssue ? representations.issue(pull, repository) : representations.pullRequest(pull, repository);
        }
    }
}
