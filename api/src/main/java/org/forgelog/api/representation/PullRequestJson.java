package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.domain.pullrequest.Branch;
import org.jspecify.annotations.Nullable;

/**
 * A pull request: GitHub's {@code pull-request}; in lists {@code pull-request-simple}, which lacks what is null here.
 * There is no git, so additions, deletions, changed files and commits are 0.
 */
public record PullRequestJson(
        long id,
        String nodeId,
        String url,
        String htmlUrl,
        String diffUrl,
        String patchUrl,
        String issueUrl,
        String commitsUrl,
        String reviewCommentsUrl,
        String reviewCommentUrl,
        String commentsUrl,
        String statusesUrl,
        @JsonProperty("_links") Map<String, Link> links,
        long number,
        String state,
        boolean locked,
        String title,
        SimpleUser user,
        @Nullable String body,
        List<LabelJson> labels,
        @Nullable MilestoneJson milestone,
        @Nullable String activeLockReason,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant closedAt,
        @Nullable Instant mergedAt,
        @Nullable String mergeCommitSha,
        @Nullable SimpleUser assignee,
        List<SimpleUser> assignees,
        List<SimpleUser> requestedReviewers,
        List<String> requestedTeams,
        Ref head,
        Ref base,
        String authorAssociation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReactionRollupJson reactions,
        @Nullable String autoMerge,
        boolean draft,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean merged,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean mergeable,
        @Nullable Boolean rebaseable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String mergeableState,
        @Nullable SimpleUser mergedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long comments,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reviewComments,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean maintainerCanModify,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long commits,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long additions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long deletions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long changedFiles) {

    /** One end of a pull request as clients see it. */
    public record Ref(String label, String ref, String sha, SimpleUser user, @Nullable RepositoryJson repo) {

        static Ref of(Branch branch, SimpleUser owner, @Nullable RepositoryJson repository) {
            return new Ref(owner.login() + ":" + branch.ref(), branch.ref(), branch.sha(), owner, repository);
        }
    }

    /** The whole of a pull request, for an answer that holds just this one. */
    public static PullRequestJson of(Links links, PullRequestView view) {
        return of(links, view, true);
    }

    /** A pull request as an entry of a list. */
    public static PullRequestJson simple(Links links, PullRequestView view) {
        return of(links, view, false);
    }

    private static PullRequestJson of(Links links, PullRequestView view, boolean full) {
        RepositoryRef repository = view.repository();
        boolean mergeable = view.open() && !view.draft();
        TriageView triage = view.triage();
        long number = view.key().number();
        String home = links.repository(repository.ownerLogin(), repository.name());
        String url = links.pull(repository.ownerLogin(), repository.name(), number);
        // Where numbers are not shared, the issue of that number is another thing.
        String issue =
                repository.pullsAreIssues() ? links.issue(repository.ownerLogin(), repository.name(), number) : url;
        String html = links.html(links.pullPath(repository, number));
        String reviewComment = home + "/pulls/comments{/number}";
        String statuses = home + "/statuses/" + view.head().sha();
        return new PullRequestJson(
                view.id(),
                NodeId.PULL_REQUEST.of(view.id()),
                url,
                html,
                html + ".diff",
                html + ".patch",
                issue,
                url + "/commits",
                url + "/comments",
                reviewComment,
                issue + "/comments",
                statuses,
                Link.map(
                        "self", url,
                        "html", html,
                        "issue", issue,
                        "comments", issue + "/comments",
                        "review_comments", url + "/comments",
                        "review_comment", reviewComment,
                        "commits", url + "/commits",
                        "statuses", statuses),
                number,
                view.open() ? "open" : "closed",
                triage.locked(),
                view.title(),
                view.author(),
                view.body(),
                triage.labels(),
                triage.milestone(),
                triage.activeLockReason(),
                view.createdAt(),
                view.updatedAt(),
                view.closedAt(),
                view.mergedAt(),
                view.mergeCommitSha(),
                triage.firstAssignee(),
                triage.assignees(),
                List.of(),
                List.of(),
                Ref.of(view.head(), view.headOwner(), view.headRepository()),
                Ref.of(view.base(), view.baseOwner(), view.baseRepository()),
                view.association().name(),
                ReactionRollupJson.of(url, view.reactions()),
                null,
                view.draft(),
                full ? view.mergedAt() != null : null,
                full ? mergeable : null,
                null,
                full ? (view.draft() ? "draft" : mergeable ? "clean" : "unknown") : null,
                full ? view.mergedBy() : null,
                full ? view.comments() : null,
                full ? view.reviewComments() : null,
                full ? view.maintainerCanModify() : null,
                full ? 0L : null,
                full ? 0L : null,
                full ? 0L : null,
                full ? 0L : null);
    }
}
