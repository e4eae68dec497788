package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.AccountAddress;
import org.forgelog.query.read.Memberships;
import org.forgelog.query.read.Organizations;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Organizations and who is a member of them. */
@RestController
class OrganizationController {

    @GetMapping("/orgs/{org}")
    ResponseEntity<?> byLogin(QueryRequest request) {
        return organization(request, AccountAddress.login(request.get(Parameters.ORG)));
    }

    @GetMapping("/organizations/{organization_id}")
    ResponseEntity<?> byId(QueryRequest request) {
        return organization(request, AccountAddress.id(request.get(Parameters.ORGANIZATION_ID)));
    }

    private static ResponseEntity<?> organization(QueryRequest request, AccountAddress address) {
        return request.one(AccessPattern.ACCOUNT_BY_LOGIN, read -> new Organizations(read).organization(address));
    }

    /** All of them by id, after the one that {@code since} names. */
    @GetMapping("/organizations")
    ResponseEntity<?> all(QueryRequest request) {
        return request.list(
                AccessPattern.ORGANIZATIONS, request.pageSince(), (read, page) -> new Organizations(read).all(page));
    }

    @GetMapping("/orgs/{org}/members")
    ResponseEntity<?> members(QueryRequest request) {
        return members(request, request.get(Parameters.MEMBER_ROLE), false);
    }

    @GetMapping("/orgs/{org}/public_members")
    ResponseEntity<?> publicMembers(QueryRequest request) {
        return members(request, null, true);
    }

    private static ResponseEntity<?> members(
            QueryRequest request, @Nullable OrganizationRole role, boolean toOutsiders) {
        return request.list(AccessPattern.MEMBERS, (read, page) -> new Organizations(read)
                .members(request.get(Parameters.ORG), role, toOutsiders, page));
    }

    @GetMapping("/orgs/{org}/members/{username}")
    ResponseEntity<?> isMember(QueryRequest request, HttpServletRequest http) {
        String login = request.get(Parameters.ORG);
        String user = request.get(Parameters.USERNAME);
        return request.answer(AccessPattern.MEMBERSHIP, read -> switch (new Memberships(read).check(login, user)) {
            case MEMBER -> ResponseEntity.noContent().build();
            case NO_MEMBER -> throw Rejection.notFound();
            case ASKED_FROM_OUTSIDE ->
                ResponseEntity.status(302)
                        .header("Location", RequestLinks.of(http).organization(login) + "/public_members/" + user)
                        .build();
        });
    }

    @GetMapping("/orgs/{org}/public_members/{username}")
    ResponseEntity<?> isPublicMember(QueryRequest request) {
        return request.check(AccessPattern.MEMBERSHIP, read -> new Memberships(read)
                .isPublicMember(request.get(Parameters.ORG), request.get(Parameters.USERNAME)));
    }

    @GetMapping("/orgs/{org}/outside_collaborators")
    ResponseEntity<?> outsideCollaborators(QueryRequest request) {
        request.self();
        return request.list(AccessPattern.OUTSIDE_COLLABORATORS, (read, page) -> new Organizations(read)
                .outsideCollaborators(request.get(Parameters.ORG), page));
    }

    @GetMapping("/orgs/{org}/memberships/{username}")
    ResponseEntity<?> membership(QueryRequest request) {
        return request.one(AccessPattern.MEMBERSHIP, read -> new Memberships(read)
                .membership(request.get(Parameters.ORG), request.get(Parameters.USERNAME)));
    }

    @GetMapping("/user/memberships/orgs/{org}")
    ResponseEntity<?> ownMembership(QueryRequest request) {
        request.self();
        return request.one(
                AccessPattern.MEMBERSHIP, read -> new Memberships(read).ownMembership(request.get(Parameters.ORG)));
    }

    @GetMapping("/user/memberships/orgs")
    ResponseEntity<?> ownMemberships(QueryRequest request) {
        request.self();
        return request.list(AccessPattern.ORGANIZATIONS_OF_USER, (read, page) -> new Memberships(read)
                .ownMemberships(request.get(Parameters.MEMBERSHIP_STATE), page));
    }

    @GetMapping("/user/orgs")
    ResponseEntity<?> ownOrganizations(QueryRequest request) {
        return organizations(request, AccountAddress.id(request.self()));
    }

    @GetMapping("/users/{username}/orgs")
    ResponseEntity<?> organizationsOf(QueryRequest request) {
        return organizations(request, AccountAddress.login(request.get(Parameters.USERNAME)));
    }

    private static ResponseEntity<?> organizations(QueryRequest request, AccountAddress address) {
        return request.list(
                AccessPattern.ORGANIZATIONS_OF_USER, (read, page) -> new Memberships(read).ofUser(address, page));
    }
}
