package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Reading;
import org.forgelog.query.read.Repositories;
import org.forgelog.query.read.Repositories.Query;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Issues and pull requests of a repository. */
@RestController
class ThreadController {

    private static final String ISSUE = "Issue";
    private static final String PULL = "PullRequest";

    private final Exchanges exchanges;

    ThreadController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues/{number}", "/repositories/{id}/issues/{number}"})
    ResponseEntity<?> issue(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        return exchange.answer(
                AccessPattern.THREAD_BY_NUMBER,
                reading -> ResponseEntity.ok(new Repositories(reading).issue(address, number)));
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls/{number}", "/repositories/{id}/pulls/{number}"})
    ResponseEntity<?> pull(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        long number = Address.number(exchange.part("number"));
        return exchange.answer(
                AccessPattern.THREAD_BY_NUMBER,
                reading -> ResponseEntity.ok(new Repositories(reading).pull(address, number)));
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

    @GetMapping({"/repos/{owner}/{repo}/issues", "/repositories/{id}/issues"})
    ResponseEntity<?> issues(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        Query query = query(exchange, ISSUE, ThreadKind.ISSUE);
        Instant since = exchange.since(ISSUE);
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.THREADS_BY_STATE, reading -> {
            Repositories repositories = new Repositories(reading);
            if (asksForWhatNoIssueHas(exchange)) {
                repositories.repository(address);
                return ResponseEntity.ok(List.of());
            }
            Predicate<Item> filter =
                    item -> since == null || !item.instant(Attr.UPDATED_AT).isBefore(since);
            var listed = repositories.issues(address, query, filter.and(creator(exchange, reading)), page);
            return exchange.paged(listed.page(), listed.entries());
        });
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls", "/repositories/{id}/pulls"})
    ResponseEntity<?> pulls(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        Query query = query(exchange, PULL, ThreadKind.PULL);
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.THREADS_BY_STATE, reading -> {
            Predicate<Item> filter = head(exchange, reading).and(base(exchange));
            var listed = new Repositories(reading).pulls(address, query, filter, page);
            return exchange.paged(listed.page(), listed.entries());
        });
    }

    private static Query query(Exchange exchange, String resource, ThreadKind kind) {
        boolean byUpdate = exchange.word(resource, "sort", "created", "updated").equals("updated");
        return new Query(kind, exchange.state(resource, "open"), byUpdate, exchange.descending(resource, true));
    }

    /** There are no labels, assignees and milestones yet, so nothing has any. */
    private static boolean asksForWhatNoIssueHas(Exchange exchange) {
        return exchange.parameter("labels") != null
                || asksFor(exchange.parameter("assignee"))
                || asksFor(exchange.parameter("milestone"));
    }

    private static boolean asksFor(@Nullable String value) {
        return value != null && !value.equals("none");
    }

    private static Predicate<Item> creator(Exchange exchange, Reading reading) {
        String login = exchange.parameter("creator");
        if (login == null) {
            return item -> true;
        }
        Long author = reading.accountId(login);
        if (author == null) {
            throw Rejection.invalid(ISSUE, "creator", Fault.MISSING, "creator is nobody here");
        }
        return item -> item.number(Attr.AUTHOR_ID) == author;
    }

    private static Predicate<Item> head(Exchange exchange, Reading reading) {
        String head = exchange.parameter("head");
        if (head == null) {
            return item -> true;
        }
        int colon = head.indexOf(':');
        if (colon < 0) {
            return Repositories.branch(Attr.HEAD, null, head);
        }
        Long owner = reading.accountId(head.substring(0, colon));
        return owner == null ? item -> false : Repositories.branch(Attr.HEAD, owner, head.substring(colon + 1));
    }

    private static Predicate<Item> base(Exchange exchange) {
        String base = exchange.parameter("base");
        return base == null ? item -> true : Repositories.branch(Attr.BASE, null, base);
    }
}
