package org.forgelog.command.directory;

import java.time.ZoneOffset;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueCloseReasonChanged;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueDemilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueEdited;
import org.forgelog.domain.issue.IssueEvent.IssueLabelled;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueMilestoned;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.issue.IssueEvent.IssueReopened;
import org.forgelog.domain.issue.IssueEvent.IssueUnassigned;
import org.forgelog.domain.issue.IssueEvent.IssueUnlabelled;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestAssigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestClosed;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestDemilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestEdited;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestLocked;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMerged;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestMilestoned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestReopened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnassigned;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlabelled;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestUnlocked;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.domain.reaction.ReactionEvent.ReactionWithdrawn;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/** What the directory knows of issues and pull requests, of comments on them, and of reactions to all of these. */
final class ConversationWriter {

    private final DirectoryTables tables;
    private final MilestoneWriter milestones;

    ConversationWriter(DirectoryTables tables, MilestoneWriter milestones) {
        this.tables = tables;
        this.milestones = milestones;
    }

    void apply(IssueEvent event) {
        switch (event) {
            case IssueOpened e -> {
                numbered("last_issue", e.repositoryId(), e.number());
                open(e.repositoryId(), ConversationKind.ISSUE, e.number(), e.issueId(), e.authorId());
            }
            case IssueLocked e -> lock(e.repositoryId(), ConversationKind.ISSUE, e.number(), true);
            case IssueUnlocked e -> lock(e.repositoryId(), ConversationKind.ISSUE, e.number(), false);
            case IssueClosed e -> open(e, false);
            case IssueReopened e -> open(e, true);
            case IssueEdited e -> {}
            case IssueCloseReasonChanged e -> {}
            case IssueLabelled e -> {}
            case IssueUnlabelled e -> {}
            case IssueAssigned e -> {}
            case IssueUnassigned e -> {}
            case IssueMilestoned e ->
                milestones.plan(e.repositoryId(), ConversationKind.ISSUE, e.number(), e.milestone());
            case IssueDemilestoned e -> milestones.plan(e.repositoryId(), ConversationKind.ISSUE, e.number(), null);
        }
    }

    void apply(PullRequestEvent event) {
        switch (event) {
            case PullRequestOpened e -> {
                numbered("last_pull", e.repositoryId(), e.number());
                open(e.repositoryId(), ConversationKind.PULL_REQUEST, e.number(), e.pullRequestId(), e.authorId());
                branches(e);
            }
            case PullRequestLocked e -> lock(e.repositoryId(), ConversationKind.PULL_REQUEST, e.number(), true);
            case PullRequestUnlocked e -> lock(e.repositoryId(), ConversationKind.PULL_REQUEST, e.number(), false);
            case PullRequestEdited e -> {
                if (e.base() != null) {
                    tables.update(
                            "update @pull_request set base_ref = ? where repository_id = ? and number = ?",
                            e.base().ref(),
                            e.repositoryId().value(),
                            e.number());
                }
            }
            case PullRequestClosed e -> open(e, false);
            case PullRequestReopened e -> open(e, true);
            case PullRequestMerged e -> {
                open(e, false);
                if (e.authorId() != null) {
                    tables.update(
                            "insert into @contributor (repository_id, account_id) values (?, ?) on conflict do nothing",
                            e.repositoryId().value(),
                            e.authorId().value());
                }
            }
            case PullRequestLabelled e -> {}
            case PullRequestUnlabelled e -> {}
            case PullRequestAssigned e -> {}
            case PullRequestUnassigned e -> {}
            case PullRequestMilestoned e ->
                milestones.plan(e.repositoryId(), ConversationKind.PULL_REQUEST, e.number(), e.milestone());
            case PullRequestDemilestoned e ->
                milestones.plan(e.repositoryId(), ConversationKind.PULL_REQUEST, e.number(), null);
        }
    }

    void apply(CommentEvent event) {
        switch (event) {
            case CommentWritten e -> write(e, e.anchor());
            case CommentDeleted e -> {
                long id = e.commentId().value();
                tables.update("delete from @comment where id = ?", id);
                tables.update(
                        "delete from @reaction where target_kind in ('ISSUE_COMMENT', 'REVIEW_COMMENT')"
                                + " and target_id = ?",
                        id);
            }
            case CommentEdited e -> {
                // What a comment says is the aggregate's.
            }
        }
    }

    void apply(ReactionEvent event) {
        switch (event) {
            case ReactionAdded e ->
                tables.update(
                        "insert into @reaction (id, repository_id, target_kind, target_id, account_id, content)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        e.reactionId(),
                        e.repositoryId().value(),
                        e.target().kind().name(),
                        e.target().id(),
                        e.accountId().value(),
                        e.content().name());
            case ReactionWithdrawn e -> tables.update("delete from @reaction where id = ?", e.reactionId());
        }
    }

    private void numbered(String column, RepositoryId repository, long number) {
        tables.update(
                "update @repository_number set " + column + " = greatest(" + column + ", ?) where repository_id = ?",
                number,
                repository.value());
    }

    private void open(RepositoryId repository, ConversationKind kind, long number, long id, AccountId author) {
        tables.update(
                "insert into @conversation (repository_id, kind, number, id, author_id, open) values (?, ?, ?, ?, ?, ?)",
                repository.value(),
                kind.name(),
                number,
                id,
                author.value(),
                kind == ConversationKind.ISSUE ? true : null);
    }

    private void branches(PullRequestOpened e) {
        AccountId elsewhere = Conversations.headOwner(e.repositoryId(), e.head(), e.base());
        tables.update(
                """
                insert into @pull_request (repository_id, number, head_repository_id, head_owner_id, head_ref,
                                           base_ref, open)
                values (?, ?, ?, ?, ?, ?, true)""",
                e.repositoryId().value(),
                e.number(),
                e.head().repositoryId().value(),
                elsewhere == null ? null : elsewhere.value(),
                e.head().ref(),
                e.base().ref());
    }

    private void open(IssueEvent event, boolean open) {
        tables.update(
                "update @conversation set open = ? where repository_id = ? and kind = 'ISSUE' and number = ?",
                open,
                event.repositoryId().value(),
                event.number());
    }

    private void open(PullRequestEvent event, boolean open) {
        tables.update(
                "update @pull_request set open = ? where repository_id = ? and number = ?",
                open,
                event.repositoryId().value(),
                event.number());
    }

    private void lock(RepositoryId repository, ConversationKind kind, long number, boolean locked) {
        tables.update(
                "update @conversation set locked = ? where repository_id = ? and kind = ? and number = ?",
                locked,
                repository.value(),
                kind.name(),
                number);
    }

    private void write(CommentWritten e, @Nullable DiffAnchor anchor) {
        tables.update(
                """
                insert into @comment (id, repository_id, kind, number, conversation_id, author_id, in_reply_to,
                                      commit_id, path, diff_position, line, side, start_line, start_side, written_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                e.commentId().value(),
                e.place().repositoryId().value(),
                e.place().conversation().name(),
                e.place().number(),
                e.place().conversationId(),
                e.authorId().value(),
                e.inReplyTo() == null ? null : e.inReplyTo().value(),
                anchor == null ? null : anchor.commitId(),
                anchor == null ? null : anchor.path(),
                anchor == null ? null : anchor.position(),
                anchor == null ? null : anchor.line(),
                anchor == null ? null : anchor.side().name(),
                anchor == null ? null : anchor.startLine(),
                anchor == null || anchor.startSide() == null
                        ? null
                        : anchor.startSide().name(),
                e.writtenAt().atOffset(ZoneOffset.UTC));
    }
}
