package org.forgelog.command.importing;

import java.time.Instant;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueCommand;
import org.forgelog.domain.issue.IssueCommand.CloseIssue;
import org.forgelog.domain.issue.IssueCommand.EditIssue;
import org.forgelog.domain.issue.IssueCommand.ReopenIssue;
import org.forgelog.domain.issue.IssueCommand.TriageIssue;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand;
import org.forgelog.domain.pullrequest.PullRequestCommand.ClosePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.EditPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.MergePullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.ReopenPullRequest;
import org.forgelog.domain.pullrequest.PullRequestCommand.TriagePullRequest;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.jspecify.annotations.Nullable;

/** An issue or a pull request that is changed by an import; each change says whether it changed anything. */
sealed interface ImportedTarget {

    static ImportedTarget of(ImportTransaction transaction, CommentPlace place) {
        return place.conversation() == ConversationKind.ISSUE
                ? new OfIssue(transaction, new IssueKey(place.repositoryId(), place.number()))
                : new OfPullRequest(transaction, new PullRequestKey(place.repositoryId(), place.number()));
    }

    AccountId author();

    boolean isOpen();

    boolean isPullRequest();

    boolean edit(@Nullable Change<String> title, @Nullable Change<String> body, AccountId by, Instant at);

    boolean triage(TriageChange change, AccountId by, Instant at);

    boolean close(CloseReason reason, AccountId by, Instant at);

    boolean reopen(AccountId by, Instant at);

    boolean merge(AccountId by, Instant at);

    record OfIssue(ImportTransaction transaction, IssueKey key) implements ImportedTarget {

        private Issue state() {
            return transaction.session().issue(key).orElseThrow();
        }

        private boolean send(IssueCommand command) {
            return transaction.send(command, () -> Issue.decide(state(), command));
        }

        @Override
        public AccountId author() {
            return state().authorId();
        }

        @Override
        public boolean isOpen() {
            return state().open();
        }

        @Override
        public boolean isPullRequest() {
            return false;
        }

        @Override
        public boolean edit(@Nullable Change<String> title, @Nullable Change<String> body, AccountId by, Instant at) {
            return send(new EditIssue(key, title, body, by, at));
        }

        @Override
        public boolean triage(TriageChange change, AccountId by, Instant at) {
            return send(new TriageIssue(key, change, by, at));
        }

        @Override
        public boolean close(CloseReason reason, AccountId by, Instant at) {
            return send(new CloseIssue(key, reason, by, at));
        }

        @Override
        public boolean reopen(AccountId by, Instant at) {
            return send(new ReopenIssue(key, by, at));
        }

        @Override
        public boolean merge(AccountId by, Instant at) {
            return false;
        }
    }

    record OfPullRequest(ImportTransaction transaction, PullRequestKey key) implements ImportedTarget {

        private PullRequest state() {
            return transaction.session().pullRequest(key).orElseThrow();
        }

        private boolean send(PullRequestCommand command) {
            return transaction.send(command, () -> PullRequest.decide(state(), command));
        }

        @Override
        public AccountId author() {
            return state().authorId();
        }

        @Override
        public boolean isOpen() {
            return state().open();
        }

        @Override
        public boolean isPullRequest() {
            return true;
        }

        @Override
        public boolean edit(@Nullable Change<String> title, @Nullable Change<String> body, AccountId by, Instant at) {
            return send(new EditPullRequest(key, title, body, null, null, by, at));
        }

        @Override
        public boolean triage(TriageChange change, AccountId by, Instant at) {
            return send(new TriagePullRequest(key, change, by, at));
        }

        @Override
        public boolean close(CloseReason reason, AccountId by, Instant at) {
            return send(new ClosePullRequest(key, by, at));
        }

        @Override
        public boolean reopen(AccountId by, Instant at) {
            return state().merge() == null && send(new ReopenPullRequest(key, by, at));
        }

        /** One that is told to be closed first is opened again for it: only an open one can be merged. */
        @Override
        public boolean merge(AccountId by, Instant at) {
            if (state().merge() != null) {
                return false;
            }
            if (!state().open()) {
                send(new ReopenPullRequest(key, by, at));
            }
            return send(new MergePullRequest(key, null, MergeMethod.MERGE, null, null, by, at));
        }
    }
}
