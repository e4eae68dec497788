package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.RepositoryView.Counts;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.jspecify.annotations.Nullable;

/**
 * A repository (GitHub's {@code full-repository}, which holds all of {@code minimal-repository} and {@code
 * repository}). Counts are left out where they are not known. {@code open_issues_count} counts pull requests too, as
 * GitHub's does; {@code open_pulls_count}, {@code about} and a settable {@code language} are our own.
 *
 * @param flags the switches and worded settings, each a field of its own in the JSON
 */
public record RepositoryJson(
        long id,
        String name,
        String fullName,
        SimpleUser owner,
        @JsonProperty("private") boolean isPrivate,
        String visibility,
        @Nullable String description,
        @Nullable String about,
        boolean fork,
        String url,
        String issuesUrl,
        String pullsUrl,
        String stargazersUrl,
        String collaboratorsUrl,
        @Nullable String homepage,
        @Nullable String language,
        String defaultBranch,
        boolean hasPages,
        boolean archived,
        boolean disabled,
        @Nullable String license,
        List<String> topics,
        long size,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long stargazersCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long watchersCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long watchers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long subscribersCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long forksCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long forks,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long networkCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long openIssuesCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long openIssues,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long openPullsCount,
        Instant pushedAt,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PermissionsJson permissions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SimpleUser organization,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RepositoryJson parent,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RepositoryJson source,
        @JsonAnyGetter Map<String, Object> flags) {

    public static RepositoryJson of(Links links, RepositoryView view) {
        RepositorySettings settings = view.settings();
        String owner = view.owner().login();
        String url = links.repository(owner, view.name());
        Counts counts = view.counts();
        RepositoryView.Origin origin = view.origin();
        Long stars = counts == null ? null : counts.stars();
        Long forks = counts == null ? null : counts.forks();
        Long open = counts == null ? null : counts.openIssues() + counts.openPulls();
        return new RepositoryJson(
                view.id().value(),
                view.name(),
                owner + "/" + view.name(),
                view.owner(),
                settings.isPrivate(),
                settings.isPrivate() ? "private" : "public",
                settings.description(),
                settings.about(),
                origin != null,
                url,
                url + "/issues{/number}",
                url + "/pulls{/number}",
                url + "/stargazers",
                url + "/collaborators{/collaborator}",
                settings.homepage(),
                settings.language(),
                settings.defaultBranch(),
                false,
                view.archived(),
                false,
                null,
                view.topics(),
                0,
                stars,
                stars,
                stars,
                counts == null ? null : 0L,
                forks,
                forks,
                counts == null ? null : counts.network(),
                open,
                open,
                counts == null ? null : counts.openPulls(),
                view.createdAt(),
                view.createdAt(),
                view.updatedAt(),
                view.permission() == null ? null : PermissionsJson.of(view.permission()),
                view.owner().type().equals(SimpleUser.type(AccountKind.ORGANIZATION)) ? view.owner() : null,
                origin == null ? null : origin.parent(),
                origin == null ? null : origin.source(),
                settingFields(settings));
    }

    private static Map<String, Object> settingFields(RepositorySettings settings) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            fields.put(flag.field(), settings.flag(flag));
        }
        for (RepositoryOption option : RepositoryOption.values()) {
            fields.put(option.field(), settings.option(option));
        }
        return fields;
    }
}
