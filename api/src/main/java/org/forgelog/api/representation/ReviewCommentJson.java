package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.forgelog.domain.comment.DiffAnchor;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a pull request (GitHub's {@code pull-request-review-comment}). One on the whole of it is of the same
 * kind: its path, commit and hunk are empty, and it has no {@code subject_type}. Reactions are left out where they are
 * not known. There is no git, so no hunk is ever shown and a place never moves.
 */
public record ReviewCommentJson(
        long id,
        String nodeId,
        String url,
        String htmlUrl,
        String pullRequestUrl,
        @JsonProperty("_links") Map<String, Link> links,
        @Nullable Long pullRequestReviewId,
        String diffHunk,
        String path,
        String commitId,
        String originalCommitId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String subjectType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer originalPosition,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer line,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer originalLine,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String side,
        @Nullable Integer startLine,
        @Nullable Integer originalStartLine,
        @Nullable String startSide,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long inReplyToId,
        SimpleUser user,
        String body,
        Instant createdAt,
        Instant updatedAt,
        String authorAssociation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReactionRollupJson reactions) {

    public static ReviewCommentJson of(Links links, CommentView view) {
        RepositoryRef repository = view.repository();
        String url = links.reviewComment(
                repository.ownerLogin(), repository.name(), view.id().value());
        String pull = links.pull(
                repository.ownerLogin(), repository.name(), view.place().number());
        String html = links.html(links.pullPath(repository, view.place().number()) + "#discussion_r"
                + view.id().value());
        DiffAnchor anchor = view.anchor();
        return new ReviewCommentJson(
                view.id().value(),
                NodeId.REVIEW_COMMENT.of(view.id().value()),
                url,
                html,
                pull,
                Link.map("self", url, "html", html, "pull_request", pull),
                null,
                "",
                anchor == null ? "" : anchor.path(),
                anchor == null ? "" : anchor.commitId(),
                anchor == null ? "" : anchor.commitId(),
                anchor == null ? null : subjectType(anchor),
                anchor == null ? null : anchor.position(),
                anchor == null ? null : anchor.position(),
                anchor == null ? null : anchor.line(),
                anchor == null ? null : anchor.line(),
                anchor == null ? null : anchor.side().name(),
                anchor == null ? null : anchor.startLine(),
                anchor == null ? null : anchor.startLine(),
                anchor == null || anchor.startSide() == null
                        ? null
                        : anchor.startSide().name(),
                view.inReplyTo() == null ? null : view.inReplyTo().value(),
                view.author(),
                view.body(),
                view.createdAt(),
                view.updatedAt(),
                view.association().name(),
                ReactionRollupJson.of(url, view.reactions()));
    }

    private static String subjectType(DiffAnchor anchor) {
        return anchor.line() == null && anchor.position() == null ? "file" : "line";
    }
}
