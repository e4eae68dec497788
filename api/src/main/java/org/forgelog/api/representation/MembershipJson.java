package org.forgelog.api.representation;

import org.forgelog.domain.account.OrganizationRole;

/** What a user is in an organization (GitHub's {@code org-membership}). Pending until who is invited accepts. */
public record MembershipJson(
        String url,
        String state,
        String role,
        boolean directMembership,
        String organizationUrl,
        OrganizationSimpleJson organization,
        SimpleUser user) {

    public static final String ACTIVE = "active";
    public static final String PENDING = "pending";

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

    /** The same, of somebody who is invited. */
    public MembershipJson pending() {
        return new MembershipJson(url, PENDING, role, directMembership, organizationUrl, organization, user);
    }
}
