package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.UserJson;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Accounts and what they own or opened. */
@RestController
class UserController {

    private final Exchanges exchanges;
    private final Tagged tagged;

    UserController(Exchanges exchanges, JsonMapper json) {
        this.exchanges = exchanges;
        this.tagged = new Tagged(json);
    }

    @GetMapping("/user")
    ResponseEntity<?> self(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return account(exchange, Who.id(Accounts.self(exchange.caller())));
    }

    /** All of them and all organizations by id, after the one that {@code since} names. */
    @GetMapping("/users")
    ResponseEntity<?> all(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        PageRequest page = exchange.pageSince();
        return exchange.list(AccessPattern.USERS, reading -> new Accounts(reading).all(page));
    }

    @GetMapping("/users/{login}")
    ResponseEntity<?> byLogin(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return account(exchange, Who.login(exchange.part("login")));
    }

    @GetMapping("/user/{id}")
    ResponseEntity<?> byId(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return account(exchange, Who.id(Address.number(exchange.part("id"))));
    }

    private static ResponseEntity<?> account(Exchange exchange, Who who) {
        return exchange.one(AccessPattern.ACCOUNT_BY_LOGIN, reading -> new Accounts(reading).account(who));
    }

    /**
     * The account and its repositories, newest first: {@code {"account": user, "repositories": [repository]}}. Paged by
     * {@code Link}, the account on every page.
     */
    @GetMapping("/users/{login}/owned")
    ResponseEntity<?> owned(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Who who = Who.login(exchange.part("login"));
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.OWNED, reading -> {
            Accounts.Owned owned = new Accounts(reading).owned(who, page);
            Listed<RepositoryJson> repositories = owned.repositories();
            return exchange.paged(repositories.page(), new OwnedJson(owned.account(), repositories.entries()));
        });
    }

    /** The answer to {@code owned}. */
    record OwnedJson(UserJson account, List<RepositoryJson> repositories) {}

    /**
     * What an account opened, open before closed, newest first: a bare array of issues and pull requests, each with a
     * field {@code type} ({@code issue} or {@code pull_request}). {@code state}: open, closed, or all (default).
     */
    @GetMapping("/users/{login}/managed")
    ResponseEntity<?> managed(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Who who = Who.login(exchange.part("login"));
        Boolean open = exchange.state("Issue", "all");
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.MANAGED, reading -> {
            var listed = new Accounts(reading).managed(who, open, page);
            return exchange.paged(listed.page(), tagged.of(listed.entries()));
        });
    }
}
