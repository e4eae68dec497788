package org.forgelog.command.subscription;

import java.time.Instant;
import java.util.List;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * A webhook: of a repository, or of an organization for all of its repositories.
 *
 * @param last how its last delivery went; {@code null} when there was none
 */
public record Hook(
        long id,
        @Nullable RepositoryId repositoryId,
        @Nullable AccountId organizationId,
        Config config,
        List<String> events,
        boolean active,
        String apiUrl,
        String webUrl,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Outcome last) {

    public static final String JSON = "json";
    public static final String FORM = "form";
    /** Of a hook that is told of everything. */
    public static final String EVERYTHING = "*";

    /** How and where it is told. @param secret what deliveries are signed with; never shown */
    public record Config(String url, String contentType, @Nullable String secret) {

        @Override
        public String toString() {
            return "Config[" + url + "]";
        }
    }

    /** @param code HTTP's status; {@code null} where none came */
    public record Outcome(@Nullable Integer code, @Nullable String status) {}

    /** The hook as somebody has changed it. */
    public Hook with(Config changed, List<String> wanted, boolean on, Instant at) {
        return new Hook(id, repositoryId, organizationId, changed, wanted, on, apiUrl, webUrl, createdAt, at, last);
    }

    /** Whether it is to be told of events of that name. */
    public boolean wants(String event) {
        return events.contains(EVERYTHING) || events.contains(event);
    }

    /** What its target is, in GitHub's word. */
    public String targetType() {
        return repositoryId == null ? "organization" : "repository";
    }

    public long targetId() {
        if (repositoryId != null) {
            return repositoryId.value();
        }
        if (organizationId == null) {
            throw new IllegalStateException("a hook of nothing");
        }
        return organizationId.value();
    }
}
