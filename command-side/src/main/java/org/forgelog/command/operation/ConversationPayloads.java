package org.forgelog.command.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.operation.WebhookPayloads.Past;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.domain.comment.Comment;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentEdited;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.Issue;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.pullrequest.PullRequest;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;

/** What events of issues, pull requests and comments tell. */
final class ConversationPayloads {

    private final Past past;
    private final PayloadParts parts;

    ConversationPayloads(Past past, PayloadParts parts) {
        this.past = past;
        this.parts = parts;
    }

    List<Told> of(IssueEvent event) {
        Issue issue = past.issue(event.key()).orElseThrow();
        RepositoryRow repository = parts.row(event.repositoryId());
        Told told = parts.told(
                "issues",
                null,
                repository,
                Map.of("issue", parts.representations().issue(issue, repository)));
        return switch (event) {
            case IssueEvent.IssueOpened e -> parts.one(told, "opened", e.authorId());
            case IssueEvent.IssueEdited e ->
                parts.one(
                        PayloadParts.with(told, "changes", PayloadParts.changes(e.oldTitle(), e.body() != null)),
                        "edited",
                        e.editedBy());
            case IssueEvent.IssueClosed e -> parts.one(told, "closed", e.closedBy());
            case IssueEvent.IssueCloseReasonChanged e -> parts.one(told, "closed", e.changedBy());
            case IssueEvent.IssueReopened e -> parts.one(told, "reopened", e.reopenedBy());
            case IssueEvent.IssueLabelled e -> parts.labels(told, "labeled", e.labelIds(), repository, e.labelledBy());
            case IssueEvent.IssueUnlabelled e ->
                parts.labels(told, "unlabeled", e.labelIds(), repository, e.unlabelledBy());
            case IssueEvent.IssueAssigned e -> parts.people(told, "assigned", e.assigneeIds(), e.assignedBy());
            case IssueEvent.IssueUnassigned e -> parts.people(told, "unassigned", e.assigneeIds(), e.unassignedBy());
            case IssueEvent.IssueLocked e -> parts.one(told, "locked", e.lockedBy());
            case IssueEvent.IssueUnlocked e -> parts.one(told, "unlocked", e.unlockedBy());
            case IssueEvent.IssueMilestoned e ->
                parts.one(parts.planned(told, e.milestone(), repository), "milestoned", e.milestonedBy());
            case IssueEvent.IssueDemilestoned e ->
                parts.one(parts.planned(told, e.milestone(), repository), "demilestoned", e.demilestonedBy());
        };
    }

    List<Told> of(PullRequestEvent event) {
        PullRequestKey key = event.key();
        PullRequest pull = past.pullRequest(key).orElseThrow();
        RepositoryRow repository = parts.row(key.repositoryId());
        Told told = parts.told(
                "pull_request",
                null,
                repository,
                Map.of(
                        "number",
                        key.number(),
                        "pull_request",
                        parts.representations().pullRequest(pull, repository)));
        return switch (event) {
            case PullRequestEvent.PullRequestOpened e -> parts.one(told, "opened", e.authorId());
            case PullRequestEvent.PullRequestEdited e ->
                parts.one(
                        PayloadParts.with(told, "changes", PayloadParts.changes(null, e.body() != null)),
                        "edited",
                        e.editedBy());
            case PullRequestEvent.PullRequestClosed e -> parts.one(told, "closed", e.closedBy());
            case PullRequestEvent.PullRequestMerged e -> parts.one(told, "closed", e.mergedBy());
            case PullRequestEvent.PullRequestReopened e -> parts.one(told, "reopened", e.reopenedBy());
            case PullRequestEvent.PullRequestLabelled e ->
                parts.labels(told, "labeled", e.labelIds(), repository, e.labelledBy());
            case PullRequestEvent.PullRequestUnlabelled e ->
                parts.labels(told, "unlabeled", e.labelIds(), repository, e.unlabelledBy());
            case PullRequestEvent.PullRequestAssigned e ->
                parts.people(told, "assigned", e.assigneeIds(), e.assignedBy());
            case PullRequestEvent.PullRequestUnassigned e ->
                parts.people(told, "unassigned", e.assigneeIds(), e.unassignedBy());
            case PullRequestEvent.PullRequestLocked e -> parts.one(told, "locked", e.lockedBy());
            case PullRequestEvent.PullRequestUnlocked e -> parts.one(told, "unlocked", e.unlockedBy());
            case PullRequestEvent.PullRequestMilestoned e ->
                parts.one(parts.planned(told, e.milestone(), repository), "milestoned", e.milestonedBy());
            case PullRequestEvent.PullRequestDemilestoned e ->
                parts.one(parts.planned(told, e.milestone(), repository), "demilestoned", e.demilestonedBy());
        };
    }

    List<Told> of(CommentEvent event) {
        Comment comment = past.comment(event.commentId()).orElseThrow();
        if (parts.isLeftOut(comment.id())) {
            if (!(event instanceof CommentDeleted)) {
                return List.of();
            }
            comment = comment.withoutBody();
        }
        RepositoryRow repository = parts.row(comment.place().repositoryId());
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("comment", parts.representations().comment(comment, repository));
        boolean review = comment.anchor() != null || !repository.pullsAreIssues();
        boolean onPull = comment.place().conversation() == ConversationKind.PULL_REQUEST;
        long number = comment.place().number();
        if (onPull) {
            PullRequest pull = past.pullRequest(new PullRequestKey(repository.id(), number))
                    .orElseThrow();
            if (review) {
                about.put("pull_request", parts.representations().pullRequest(pull, repository));
            } else {
                about.put("issue", parts.representations().issue(pull, repository));
            }
        } else {
            Issue issue = past.issue(new IssueKey(repository.id(), number)).orElseThrow();
            about.put("issue", parts.representations().issue(issue, repository));
        }
        String name = onPull && review ? "pull_request_review_comment" : "issue_comment";
        Told told = parts.told(name, null, repository, about);
        return switch (event) {
            case CommentWritten e -> parts.one(told, "created", e.authorId());
            case CommentEdited e ->
                parts.one(PayloadParts.with(told, "changes", PayloadParts.changes(null, true)), "edited", e.editedBy());
            case CommentDeleted e -> parts.one(told, "deleted", e.deletedBy());
        };
    }
}
