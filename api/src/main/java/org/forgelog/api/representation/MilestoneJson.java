package org.forgelog.api.representation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A milestone (GitHub's {@code milestone}). */
public record MilestoneJson(
        String url,
        String htmlUrl,
        String labelsUrl,
        long id,
        String nodeId,
        long number,
        String title,
        @Nullable String description,
        SimpleUser creator,
        long openIssues,
        long closedIssues,
        String state,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant dueOn,
        @Nullable Instant closedAt) {

    public static MilestoneJson of(Links links, MilestoneView view) {
        RepositoryRef repository = view.repository();
        String url = links.milestone(repository.ownerLogin(), repository.name(), view.number());
        return new MilestoneJson(
                url,
                links.html(repository.path() + "/milestone/" + view.number()),
                url + "/labels",
                view.id(),
                NodeId.MILESTONE.of(view.id()),
                view.number(),
                view.title(),
                view.description(),
                view.creator(),
                view.openIssues(),
                view.closedIssues(),
                view.closedAt() == null ? "open" : "closed",
                view.createdAt(),
                view.updatedAt(),
                view.dueOn(),
                view.closedAt());
    }
}
