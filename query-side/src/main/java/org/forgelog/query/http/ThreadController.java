package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Repositories;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single issues and pull requests. */
@RestController
class ThreadController {

    private final Exchanges exchanges;

    ThreadController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}", "/repositories/{id}/issues/{number}"})
    ResponseEntity<?> issue(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        return exchange.one(
                AccessPattern.THREAD_BY_NUMBER, reading -> new Repositories(reading).issue(address, number));
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}", "/repositories/{id}/pulls/{number}"})
    ResponseEntity<?> pull(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        return exchange.one(AccessPattern.THREAD_BY_NUMBER, reading -> new Repositories(reading).pull(address, number));
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}/merge", "/repositories/{id}/pulls/{number}/merge"})
    ResponseEntity<?> isMerged(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        return exchange.answer(AccessPattern.THREAD_BY_NUMBER, reading -> {
            if (!new Repositories(reading).isMerged(address, number)) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }
}
