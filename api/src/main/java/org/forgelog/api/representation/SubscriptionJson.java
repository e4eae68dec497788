package org.forgelog.api.representation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the caller watches a repository, or ignores it (GitHub's {@code repository-subscription}). */
public record SubscriptionJson(
        boolean subscribed,
        boolean ignored,
        @Nullable String reason,
        Instant createdAt,
        String url,
        String repositoryUrl) {

    public static SubscriptionJson of(Links links, RepositoryRef repository, boolean ignored, Instant since) {
        String url = links.repository(repository.ownerLogin(), repository.name());
        return new SubscriptionJson(!ignored, ignored, null, since, url + "/subscription", url);
    }
}
