package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issue (GitHub's {@code issue}). Comments and reactions are left out where they are not known. */
public record IssueJson(
        long id,
        String nodeId,
        String url,
        String htmlUrl,
        String repositoryUrl,
        String labelsUrl,
        String commentsUrl,
        String eventsUrl,
        String timelineUrl,
        long number,
        String title,
        SimpleUser user,
        String state,
        @Nullable String stateReason,
        boolean locked,
        @Nullable SimpleUser assignee,
        List<SimpleUser> assignees,
        List<LabelJson> labels,
        @Nullable MilestoneJson milestone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long comments,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant closedAt,
        @Nullable SimpleUser closedBy,
        String authorAssociation,
        @Nullable String activeLockReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReactionRollupJson reactions,
        @Nullable String body,
        @Nullable String performedViaGithubApp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean draft,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PullRequestLinks pullRequest) {

    /** That it is a pull request, and where that is. */
    public record PullRequestLinks(
            String url, String htmlUrl, String diffUrl, String patchUrl, @Nullable Instant mergedAt) {}

    public static IssueJson of(Links links, IssueView view) {
        RepositoryRef repository = view.repository();
        TriageView triage = view.triage();
        String url = links.issue(
                repository.ownerLogin(), repository.name(), view.key().number());
        long number = view.key().number();
        IssueView.AsPullRequest pull = view.pull();
        String html =
                links.html(pull == null ? links.issuePath(repository, number) : links.pullPath(repository, number));
        return new IssueJson(
                view.id(),
                (pull == null ? NodeId.ISSUE : NodeId.PULL_REQUEST).of(view.id()),
                url,
                html,
                links.repository(repository.ownerLogin(), repository.name()),
                url + "/labels{/name}",
                url + "/comments",
                url + "/events",
                url + "/timeline",
                view.key().number(),
                view.title(),
                view.author(),
                view.open() ? "open" : "closed",
                view.stateReason(),
                triage.locked(),
                triage.firstAssignee(),
                triage.assignees(),
                triage.labels(),
                triage.milestone(),
                view.comments(),
                view.createdAt(),
                view.updatedAt(),
                view.closedAt(),
                view.closedBy(),
                view.association().name(),
                triage.activeLockReason(),
                ReactionRollupJson.of(url, view.reactions()),
                view.body(),
                null,
                pull == null ? null : pull.draft(),
                pull == null
                        ? null
                        : new PullRequestLinks(
                                links.pull(repository.ownerLogin(), repository.name(), number),
                                html,
                                html + ".diff",
                                html + ".patch",
                                pull.mergedAt()));
    }
}
