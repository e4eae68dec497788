package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** An organization where it is listed or mentioned (GitHub's {@code organization-simple}). */
public record OrganizationSimpleJson(
        String login,
        long id,
        String nodeId,
        String url,
        String reposUrl,
        String eventsUrl,
        String hooksUrl,
        String issuesUrl,
        String membersUrl,
        String publicMembersUrl,
        String avatarUrl,
        @Nullable String description) {

    public static OrganizationSimpleJson of(Links links, AccountId id, String login, @Nullable String description) {
        String url = links.organization(login);
        return new OrganizationSimpleJson(
                login,
                id.value(),
                NodeId.ORGANIZATION.of(id.value()),
                url,
                url + "/repos",
                url + "/events",
                url + "/hooks",
                url + "/issues",
                url + "/members{/member}",
                url + "/public_members{/member}",
                links.avatar(id.value()),
                description);
    }
}
