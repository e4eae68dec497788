package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.forgelog.api.http.MediaTypes;
import org.forgelog.api.representation.Stargazer;
import org.forgelog.api.representation.StarredRepository;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Repositories;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stars, from both ends. */
@RestController
class StarController {

    private final Exchanges exchanges;

    StarController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping("/user/starred")
    ResponseEntity<?> starredBySelf(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return starred(exchange, Who.id(Accounts.self(exchange.caller())));
    }

    @GetMapping("/users/{login}/starred")
    ResponseEntity<?> starred(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return starred(exchange, Who.login(exchange.part("login")));
    }

    private static ResponseEntity<?> starred(Exchange exchange, Who who) {
        // A star stands from when it was given: both orders are one.
        exchange.word("Star", "sort", "created", "updated");
        boolean descending = exchange.descending("Star", true);
        PageRequest page = exchange.page();
        boolean dated = MediaTypes.wantsStarDates(exchange.request());
        return exchange.answer(AccessPattern.STARRED, reading -> {
            Listed<StarredRepository> listed = new Accounts(reading).starred(who, descending, page);
            return exchange.paged(
                    listed.page(),
                    dated
                            ? listed.entries()
                            : listed.entries().stream()
                                    .map(StarredRepository::repo)
                                    .toList());
        });
    }

    @GetMapping("/user/starred/{owner}/{repo}")
    ResponseEntity<?> stars(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        long self = Accounts.self(exchange.caller());
        Address address = exchange.repository();
        return exchange.answer(AccessPattern.STAR, reading -> {
            if (!new Accounts(reading).stars(self, address)) {
                throw Rejection.notFound();
            }
            return ResponseEntity.noContent().build();
        });
    }

    @GetMapping({"/repos/{owner}/{repo}/stargazers", "/repositories/{id}/stargazers"})
    ResponseEntity<?> stargazers(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        PageRequest page = exchange.page();
        boolean dated = MediaTypes.wantsStarDates(request);
        return exchange.answer(AccessPattern.STARGAZERS, reading -> {
            Listed<Stargazer> listed = new Repositories(reading).stargazers(address, page);
            return exchange.paged(
                    listed.page(),
                    dated
                            ? listed.entries()
                            : listed.entries().stream().map(Stargazer::user).toList());
        });
    }
}
