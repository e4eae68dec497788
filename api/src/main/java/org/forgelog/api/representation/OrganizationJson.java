package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;

/**
 * An organization in full (GitHub's {@code organization-full}). How it is set up and how many private repositories it
 * has is its members' business, its billing address its admins'.
 *
 * @param settings what members see beside the rest, each a field of its own in the JSON
 */
public record OrganizationJson(
        @JsonUnwrapped OrganizationSimpleJson simple,
        String type,
        String htmlUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String company,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String blog,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String location,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String email,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String twitterUsername,
        boolean isVerified,
        boolean hasOrganizationProjects,
        boolean hasRepositoryProjects,
        long publicRepos,
        long publicGists,
        long followers,
        long following,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt,
        @JsonAnyGetter Map<String, Object> settings) {

    /** @param role what the one who is looking is in the organization; {@code null} for nothing */
    public static OrganizationJson of(
            Links links, AccountView view, OrganizationSettings settings, @Nullable OrganizationRole role) {
        Profile profile = view.profile();
        OrganizationSimpleJson simple =
                OrganizationSimpleJson.of(links, view.id(), view.login(), settings.description());
        return new OrganizationJson(
                simple,
                SimpleUser.type(view.kind()),
                links.html(view.login()),
                profile.name(),
                profile.company(),
                profile.blog(),
                profile.location(),
                profile.email(),
                profile.twitterUsername(),
                false,
                settings.flag(OrganizationFlag.HAS_ORGANIZATION_PROJECTS),
                settings.flag(OrganizationFlag.HAS_REPOSITORY_PROJECTS),
                view.publicRepositories(),
                0,
                0,
                0,
                view.createdAt(),
                view.updatedAt(),
                null,
                role == null ? Map.of() : toMembers(view, settings, role));
    }

    private static Map<String, Object> toMembers(
            AccountView view, OrganizationSettings settings, OrganizationRole role) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean admin = role == OrganizationRole.ADMIN;
        long privateRepositories = view.privateRepositories();
        if (admin || settings.ofMembers().covers(Permission.READ)) {
            fields.put("total_private_repos", privateRepositories);
            fields.put("owned_private_repos", privateRepositories);
        }
        fields.put("private_gists", 0);
        fields.put("disk_usage", 0);
        fields.put("collaborators", 0);
        if (admin) {
            fields.put("billing_email", settings.billingEmail());
        }
        fields.put("default_repository_permission", settings.ofMembers().word());
        for (OrganizationFlag flag : OrganizationFlag.values()) {
            if (flag != OrganizationFlag.HAS_ORGANIZATION_PROJECTS
                    && flag != OrganizationFlag.HAS_REPOSITORY_PROJECTS) {
                fields.put(flag.field(), settings.flag(flag));
            }
        }
        boolean publicOnes = settings.flag(OrganizationFlag.MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES);
        boolean privateOnes = settings.flag(OrganizationFlag.MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES);
        fields.put(OrganizationFlag.MEMBERS_CAN_CREATE_REPOSITORIES.field(), publicOnes || privateOnes);
        fields.put("members_allowed_repository_creation_type", publicOnes ? "all" : privateOnes ? "private" : "none");
        return fields;
    }
}
