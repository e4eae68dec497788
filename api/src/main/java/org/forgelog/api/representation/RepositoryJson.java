package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * repository}). {@code open_issues_count} counts pull requests too, as GitHub's does; {@code open_pulls_count}, {@code about}, {@code numbering} and a settable {@code language} are our own.
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
        String numbering,
        @JsonUnwrapped RepositoryLinks links,
        @Nullable String homepage,
        @Nullable String language,
        String defaultBranch,
        boolean hasPages,
        boolean archived,
        boolean disabled,
        @Nullable String license,
        List<String> topics,
        long size,
        long stargazersCount,
        long watchersCount,
        long watchers,
        long subscribersCount,
        long forksCount,
        long forks,
        long networkCount,
        long openIssuesCount,
        long openIssues,
        long openPullsCount,
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
        Counts counts = view.counts();
        RepositoryView.Origin origin = view.origin();
        long stars = counts.stars();
        long forks = counts.forks();
        long open = counts.openIssues() + counts.openPulls();
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
                view.numbering().word(),
                RepositoryLinks.of(links, view.id().value(), owner, view.name()),
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
                counts.subscribers(),
                forks,
                forks,
                counts.network(),
                open,
                open,
                counts.openPulls(),
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
