package org.forgelog.domain.issue;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainCommand;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.TriageChange;
import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/** What can be asked of an issue. */
public sealed interface IssueCommand extends DomainCommand<Issue> {

    IssueKey key();

    @Override
    default String aggregateId() {
        return key().aggregateId();
    }

    @Override
    default String sequenceKey() {
        return key().repositoryId().sequenceKey();
    }

    /**
     * @param issueId the public id, unlike the number unique across repositories
     * @param labels what it carries from the start
     * @param assignees whom it is assigned to from the start
     * @param milestone the number of what it is planned for from the start; {@code null} for nothing
     */
    record OpenIssue(
            IssueKey key,
            long issueId,
            AccountId authorId,
            @Nullable String title,
            @Nullable String body,
            List<LabelId> labels,
            List<AccountId> assignees,
            @Nullable Long milestone,
            Instant openedAt)
            implements IssueCommand {

        /** An issue without labels that nobody is assigned to, planned for nothing. */
        public OpenIssue(
                IssueKey key,
                long issueId,
                AccountId authorId,
                @Nullable String title,
                @Nullable String body,
                Instant openedAt) {
            this(key, issueId, authorId, title, body, List.of(), List.of(), null, openedAt);
        }
    }

    record EditIssue(
            IssueKey key,
            @Nullable Change<String> title,
            @Nullable Change<String> body,
            AccountId editedBy,
            Instant editedAt)
            implements IssueCommand {}

    record CloseIssue(IssueKey key, CloseReason reason, AccountId closedBy, Instant closedAt) implements IssueCommand {}

    record ReopenIssue(IssueKey key, AccountId reopenedBy, Instant reopenedAt) implements IssueCommand {}

    /** Changes labels, assignees, lock or milestone. */
    record TriageIssue(IssueKey key, TriageChange change, AccountId changedBy, Instant changedAt)
            implements IssueCommand {}
}
