package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Collaborators;
import org.forgelog.query.read.Collaborators.Affiliation;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who has rights of their own on a repository. */
@RestController
class CollaboratorController {

    private final Exchanges exchanges;

    CollaboratorController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/collaborators", "/repositories/{id}/collaborators"})
    ResponseEntity<?> list(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        Affiliation affiliation =
                Affiliation.valueOf(exchange.word("Repository", "affiliation", "all", "direct", "outside")
                        .toUpperCase(Locale.ROOT));
        Permission least = Permission.ofCollaborator(
                exchange.word("Repository", "permission", "pull", "triage", "push", "maintain", "admin"));
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.COLLABORATORS, reading -> new Collaborators(reading)
                .list(address, affiliation, least, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/collaborators/{username}", "/repositories/{id}/collaborators/{username}"})
    ResponseEntity<?> check(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String user = exchange.part("username");
        return exchange.answer(AccessPattern.COLLABORATOR, reading -> {
            if (!new Collaborators(reading).isCollaborator(address, user)) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    @GetMapping({
        "/repos/{owner}/{repo}/collaborators/{username}/permission",
        "/repositories/{id}/collaborators/{username}/permission"
    })
    ResponseEntity<?> permission(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String user = exchange.part("username");
        return exchange.one(AccessPattern.COLLABORATOR, reading -> new Collaborators(reading).level(address, user));
    }
}
