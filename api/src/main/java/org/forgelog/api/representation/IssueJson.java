package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An issue (GitHub's {@code issue}). The number of comments is left out where it is not known. */
public record IssueJson(
        long id,
        String url,
        String repositoryUrl,
        long number,
        String title,
        SimpleUser user,
        String state,
        @Nullable String stateReason,
        boolean locked,
        @Nullable SimpleUser assignee,
        List<SimpleUser> assignees,
        List<String> labels,
        @Nullable String milestone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long comments,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant closedAt,
        @Nullable SimpleUser closedBy,
        String authorAssociation,
        @Nullable String activeLockReason,
        @Nullable String body) {

    public static IssueJson of(Links links, IssueView view) {
        RepositoryRef repository = view.repository();
        return new IssueJson(
                view.id(),
                links.issue(
                        repository.ownerLogin(), repository.name(), view.key().number()),
                links.repository(repository.ownerLogin(), repository.name()),
                view.key().number(),
                view.title(),
                view.author(),
                view.open() ? "open" : "closed",
                view.stateReason(),
                false,
                null,
                List.of(),
                List.of(),
                null,
                view.comments(),
                view.createdAt(),
                view.updatedAt(),
                view.closedAt(),
                view.closedBy(),
                repository.association(view.author()),
                null,
                view.body());
    }
}
