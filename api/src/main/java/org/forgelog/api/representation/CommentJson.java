package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment on an issue (GitHub's {@code issue-comment}). Reactions are left out where they are not known. */
public record CommentJson(
        long id,
        String nodeId,
        String url,
        String htmlUrl,
        String issueUrl,
        SimpleUser user,
        String body,
        Instant createdAt,
        Instant updatedAt,
        String authorAssociation,
        @Nullable String performedViaGithubApp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReactionRollupJson reactions) {

    public static CommentJson of(Links links, CommentView view) {
        RepositoryRef repository = view.repository();
        String url = links.issueComment(
                repository.ownerLogin(), repository.name(), view.id().value());
        return new CommentJson(
                view.id().value(),
                NodeId.ISSUE_COMMENT.of(view.id().value()),
                url,
                links.html(links.conversationPath(repository, view.place()) + "#issuecomment-"
                        + view.id().value()),
                links.issue(
                        repository.ownerLogin(), repository.name(), view.place().number()),
                view.author(),
                view.body(),
                view.createdAt(),
                view.updatedAt(),
                view.association().name(),
                null,
                ReactionRollupJson.of(url, view.reactions()));
    }
}
