package org.forgelog.api.representation;

import org.forgelog.domain.account.OrganizationRole;

/** What a user is in an organization (GitHub's {@code org-membership}). There are no invitations: it is active. */
public record MembershipJson(
        String url,
        String state,
        String role,
        boolean directMembership,
        String organizationUrl,
        OrganizationSimpleJson organization,
        SimpleUser user) {

    public static final String ACTIVE = "active";

    public static MembershipJson of(OrganizationSimpleJson organization, SimpleUser user, OrganizationRole role) {
        return new MembershipJson(
                organization.url() + "/memberships/" + user.login(),
                ACTIVE,
                role.word(),
                true,
                organization.url(),
                organization,
                user);
    }
}
