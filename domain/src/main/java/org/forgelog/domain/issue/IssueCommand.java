package org.forgelog.domain.issue;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** What can be asked of an issue. */
public sealed interface IssueCommand {

    IssueKey key();

    /** The aggregate that takes the command. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return key().aggregateId();
    }

    /** @param issueId the public id, unlike the number unique across repositories */
    record OpenIssue(
            IssueKey key,
            long issueId,
            AccountId authorId,
            @Nullable String title,
            @Nullable String body,
            Instant openedAt)
            implements IssueCommand {}

    record EditIssue(
            IssueKey key,
            @Nullable Change<String> title,
            @Nullable Change<String> body,
            AccountId editedBy,
            Instant editedAt)
            implements IssueCommand {}

    record CloseIssue(IssueKey key, CloseReason reason, AccountId closedBy, Instant closedAt) implements IssueCommand {}

    record ReopenIssue(IssueKey key, AccountId reopenedBy, Instant reopenedAt) implements IssueCommand {}
}
