package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Collaborators;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Repositories;
import org.forgelog.query.read.Triage;
import org.forgelog.query.table.Keys.ThreadKind;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Labels of a repository, of its issues and of its pull requests, and who can be assigned to them. */
@RestController
class TriageController {

    private final Exchanges exchanges;

    TriageController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/labels", "/repositories/{id}/labels"})
    ResponseEntity<?> labels(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.LABELS, reading -> new Triage(reading).labels(address, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/labels/{name}", "/repositories/{id}/labels/{name}"})
    ResponseEntity<?> label(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String name = exchange.part("name");
        return exchange.one(AccessPattern.LABEL_BY_NAME, reading -> new Triage(reading).label(address, name));
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}/labels", "/repositories/{id}/issues/{number}/labels"})
    ResponseEntity<?> labelsOfIssue(HttpServletRequest request, HttpServletResponse response) {
        return labelsOf(exchanges.of(request, response), ThreadKind.ISSUE);
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}/labels", "/repositories/{id}/pulls/{number}/labels"})
    ResponseEntity<?> labelsOfPull(HttpServletRequest request, HttpServletResponse response) {
        return labelsOf(exchanges.of(request, response), ThreadKind.PULL);
    }

    private static ResponseEntity<?> labelsOf(Exchange exchange, ThreadKind kind) {
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        PageRequest page = exchange.page();
        return exchange.answer(
                AccessPattern.THREAD_BY_NUMBER,
                reading -> exchange.slice(
                        page, new Repositories(reading).labels(address, kind, number), labels -> labels));
    }

    @GetMapping({"/repos/{owner}/{repo}/assignees", "/repositories/{id}/assignees"})
    ResponseEntity<?> assignees(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.ASSIGNEES, reading -> new Collaborators(reading).assignees(address, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/assignees/{login}", "/repositories/{id}/assignees/{login}"})
    ResponseEntity<?> isAssignable(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String login = exchange.part("login");
        return exchange.answer(AccessPattern.ASSIGNEES, reading -> {
            if (!new Collaborators(reading).isAssignable(address, login)) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }
}
