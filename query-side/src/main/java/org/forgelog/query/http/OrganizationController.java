package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Organizations;
import org.forgelog.query.read.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Organizations and who is a member of them. */
@RestController
class OrganizationController {

    private static final String MEMBERSHIP = "Membership";
    private static final String ALL = "all";

    private final Exchanges exchanges;

    OrganizationController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping("/orgs/{org}")
    ResponseEntity<?> byLogin(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return organization(exchange, Who.login(exchange.part("org")));
    }

    @GetMapping("/organizations/{organization_id}")
    ResponseEntity<?> byId(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return organization(exchange, Who.id(Address.number(exchange.part("organization_id"))));
    }

    private static ResponseEntity<?> organization(Exchange exchange, Who who) {
        return exchange.one(AccessPattern.ACCOUNT_BY_LOGIN, reading -> new Organizations(reading).organization(who));
    }

    /** All of them by id, after the one that {@code since} names. */
    @GetMapping("/organizations")
    ResponseEntity<?> all(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        PageRequest page = exchange.pageSince();
        return exchange.list(AccessPattern.ORGANIZATIONS, reading -> new Organizations(reading).all(page));
    }

    @GetMapping("/orgs/{org}/members")
    ResponseEntity<?> members(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        exchange.word(MEMBERSHIP, "filter", ALL, "2fa_disabled", "2fa_insecure");
        String role = exchange.word(MEMBERSHIP, "role", ALL, "admin", "member");
        return members(exchange, role.equals(ALL) ? null : OrganizationRole.of(role));
    }

    @GetMapping("/orgs/{org}/public_members")
    ResponseEntity<?> publicMembers(HttpServletRequest request, HttpServletResponse response) {
        return members(exchanges.of(request, response), null);
    }

    private static ResponseEntity<?> members(Exchange exchange, @Nullable OrganizationRole role) {
        String login = exchange.part("org");
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.MEMBERS, reading -> new Organizations(reading).members(login, role, page));
    }

    @GetMapping("/orgs/{org}/members/{username}")
    ResponseEntity<?> isMember(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String login = exchange.part("org");
        String user = exchange.part("username");
        return exchange.answer(AccessPattern.MEMBERSHIP, reading -> switch (new Organizations(reading)
                .standing(login, user)) {
            case MEMBER -> ResponseEntity.noContent().build();
            case NO_MEMBER -> throw Rejection.notFound();
            case ASKED_FROM_OUTSIDE ->
                ResponseEntity.status(302)
                        .header("Location", RequestLinks.of(request).organization(login) + "/public_members/" + user)
                        .build();
        });
    }

    @GetMapping("/orgs/{org}/public_members/{username}")
    ResponseEntity<?> isPublicMember(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String login = exchange.part("org");
        String user = exchange.part("username");
        return exchange.answer(AccessPattern.MEMBERSHIP, reading -> {
            if (!new Organizations(reading).isMember(login, user)) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    @GetMapping("/orgs/{org}/memberships/{username}")
    ResponseEntity<?> membership(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String login = exchange.part("org");
        String user = exchange.part("username");
        return exchange.one(AccessPattern.MEMBERSHIP, reading -> new Organizations(reading).membership(login, user));
    }

    @GetMapping("/user/memberships/orgs/{org}")
    ResponseEntity<?> ownMembership(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Accounts.self(exchange.caller());
        String login = exchange.part("org");
        return exchange.one(AccessPattern.MEMBERSHIP, reading -> new Organizations(reading).ownMembership(login));
    }

    @GetMapping("/user/memberships/orgs")
    ResponseEntity<?> ownMemberships(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Accounts.self(exchange.caller());
        String state = exchange.word(MEMBERSHIP, "state", "active", "pending");
        PageRequest page = exchange.page();
        if (state.equals("pending")) {
            // There are no invitations.
            return ResponseEntity.ok(List.of());
        }
        return exchange.list(
                AccessPattern.ORGANIZATIONS_OF_USER, reading -> new Organizations(reading).ownMemberships(page));
    }

    @GetMapping("/user/orgs")
    ResponseEntity<?> ownOrganizations(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return organizations(exchange, Who.id(Accounts.self(exchange.caller())));
    }

    @GetMapping("/users/{login}/orgs")
    ResponseEntity<?> organizations(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return organizations(exchange, Who.login(exchange.part("login")));
    }

    private static ResponseEntity<?> organizations(Exchange exchange, Who who) {
        PageRequest page = exchange.page();
        return exchange.list(
                AccessPattern.ORGANIZATIONS_OF_USER, reading -> new Organizations(reading).ofUser(who, page));
    }
}
