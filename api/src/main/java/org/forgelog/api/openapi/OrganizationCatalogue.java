package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.Operation.delete;
import static org.forgelog.api.openapi.Operation.get;
import static org.forgelog.api.openapi.Operation.patch;
import static org.forgelog.api.openapi.Operation.post;
import static org.forgelog.api.openapi.Operation.put;
import static org.forgelog.api.openapi.Schema.flag;
import static org.forgelog.api.openapi.Schema.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.forgelog.api.Scope;
import org.forgelog.api.openapi.Operation.Audience;
import org.forgelog.api.representation.MembershipJson;
import org.forgelog.api.representation.OrganizationJson;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;

/** Organizations and their members. */
final class OrganizationCatalogue {

    private static final String ORGANIZATION = "/orgs/{org}";
    private static final String MEMBERSHIP = ORGANIZATION + "/memberships/{username}";
    private static final String OUTSIDE = ORGANIZATION + "/outside_collaborators";
    private static final String OWN_MEMBERSHIP = "/user/memberships/orgs/{org}";

    private OrganizationCatalogue() {}

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>(organizations());
        all.addAll(members());
        all.addAll(memberships());
        all.addAll(InvitationCatalogue.ofOrganizations());
        return all;
    }

    private static List<Operation> organizations() {
        return List.of(
                get("/organizations", "orgs/list", "All organizations, by id")
                        .query("Organization", Parameters.AFTER_ID)
                        .list(OrganizationSimpleJson.class),
                get(ORGANIZATION, "orgs/get", "An organization, by its login")
                        .ofAnyMoment()
                        .ok(OrganizationJson.class),
                get("/organizations/{organization_id}", "orgs/get-by-id", "An organization, by its id")
                        .own()
                        .ofAnyMoment()
                        .ok(OrganizationJson.class),
                patch(ORGANIZATION, "orgs/update", "Set up an organization")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .body(settings())
                        .ok(OrganizationJson.class),
                delete(ORGANIZATION, "orgs/delete", "Delete an organization with its repositories")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .answers(202, "It is done already.", Schema.anyObject()),
                get("/users/{username}/orgs", "orgs/list-for-user", "The organizations of a user")
                        .list(OrganizationSimpleJson.class),
                get("/user/orgs", "orgs/list-for-authenticated-user", "The caller's organizations")
                        .by(Audience.USER)
                        .list(OrganizationSimpleJson.class));
    }

    private static List<Operation> members() {
        return List.of(
                get(ORGANIZATION + "/members", "orgs/list-members", "The members of an organization, by id")
                        .query("Membership", Parameters.MEMBER_FILTER, Parameters.MEMBER_ROLE)
                        .list(SimpleUser.class),
                get(
                                ORGANIZATION + "/public_members",
                                "orgs/list-public-members",
                                "Those who do not conceal that they are members")
                        .list(SimpleUser.class),
                get(
                                ORGANIZATION + "/members/{username}",
                                "orgs/check-membership-for-user",
                                "Whether somebody is a member: 204 or 404; 302 to those who are none themselves")
                        .refuses(302)
                        .done(),
                get(
                                ORGANIZATION + "/public_members/{username}",
                                "orgs/check-public-membership-for-user",
                                "Whether somebody is a member and does not conceal it: 204 or 404")
                        .done(),
                put(
                                ORGANIZATION + "/public_members/{username}",
                                "orgs/set-public-membership-for-authenticated-user",
                                "Show everybody that the caller is a member")
                        .accepts(Scope.WRITE_ORG, Scope.ADMIN_ORG)
                        .done(),
                delete(
                                ORGANIZATION + "/public_members/{username}",
                                "orgs/remove-public-membership-for-authenticated-user",
                                "Show members alone that the caller is one")
                        .accepts(Scope.WRITE_ORG, Scope.ADMIN_ORG)
                        .done(),
                get(
                                OUTSIDE,
                                "orgs/list-outside-collaborators",
                                "Collaborators on the organization's repositories who are no members, by id")
                        .by(Audience.USER)
                        .about("Of the 1,000 repositories that were changed last. For admins of the organization.")
                        .query("Membership", Parameters.MEMBER_FILTER)
                        .list(SimpleUser.class),
                put(
                                OUTSIDE + "/{username}",
                                "orgs/convert-member-to-outside-collaborator",
                                "Make a member an outside collaborator")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .about("They keep the rights that they have on single repositories.")
                        .done(),
                delete(
                                OUTSIDE + "/{username}",
                                "orgs/remove-outside-collaborator",
                                "Remove somebody from all of the organization's repositories")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .done(),
                delete(ORGANIZATION + "/members/{username}", "orgs/remove-member", "Remove a member")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .done());
    }

    private static List<Operation> memberships() {
        return List.of(
                get(MEMBERSHIP, "orgs/get-membership-for-user", "What somebody is in an organization")
                        .by(Audience.USER)
                        .ok(MembershipJson.class),
                put(MEMBERSHIP, "orgs/set-membership-for-user", "Make somebody a member, or give another role")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .about("Who is none yet is invited: the membership is pending until they accept.")
                        .body(new Body()
                                .may("role", Schema.words(EnumValues.ROLES).otherwise("member")))
                        .ok(MembershipJson.class),
                delete(MEMBERSHIP, "orgs/remove-membership-for-user", "Remove a member, or leave")
                        .by(Audience.USER_OR_SITE_ADMIN)
                        .accepts(Scope.ADMIN_ORG)
                        .done(),
                get(
                                "/user/memberships/orgs",
                                "orgs/list-memberships-for-authenticated-user",
                                "The caller's memberships")
                        .by(Audience.USER)
                        .query("Membership", Parameters.MEMBERSHIP_STATE)
                        .list(MembershipJson.class),
                get(OWN_MEMBERSHIP, "orgs/get-membership-for-authenticated-user", "What the caller is in it")
                        .by(Audience.USER)
                        .ok(MembershipJson.class),
                patch(OWN_MEMBERSHIP, "orgs/update-membership-for-authenticated-user", "Accept an invitation")
                        .accepts(Scope.WRITE_ORG, Scope.ADMIN_ORG)
                        .body(new Body().must("state", Schema.words(MembershipJson.ACTIVE)))
                        .ok(MembershipJson.class));
    }

    static List<Operation> administration() {
        Schema login = text(Login.LIMIT);
        List<Operation> operations = List.of(
                post("/admin/organizations", "enterprise-admin/create-org", "Register an organization")
                        .body(new Body()
                                .must("login", login)
                                .must("admin", login.described("The user who is its first member."))
                                .may("profile_name", text(Profile.LINE_LIMIT)))
                        .created(OrganizationSimpleJson.class),
                patch("/admin/organizations/{org}", "enterprise-admin/update-org-name", "Rename an organization")
                        .body(new Body().must("login", login))
                        .answers(202, "It is done already.", AccountCatalogue.RENAME_ACCEPTED));
        operations.forEach(operation -> operation.by(Audience.SITE_ADMIN));
        return operations;
    }

    private static Body settings() {
        Body body = AccountCatalogue.profile()
                .may("description", text(OrganizationSettings.DESCRIPTION_LIMIT))
                .may("billing_email", text(Profile.LINE_LIMIT))
                .may("default_repository_permission", Schema.words(EnumValues.MEMBER_PERMISSIONS))
                .may(
                        "members_allowed_repository_creation_type",
                        Schema.words("all", "private", "none")
                                .described("Wins over the switches of the same meaning."));
        Arrays.stream(OrganizationFlag.values()).forEach(switched -> body.may(switched.field(), flag()));
        return body;
    }
}
