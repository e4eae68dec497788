package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.Feeds;
import org.forgelog.query.read.Feeds.Slice;
import org.forgelog.query.read.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happened: in a repository, by an account, anywhere. The newest 300 entries of the last 90 days, paged by number:
 * a feed moves on too fast for cursors to be worth their while.
 */
@RestController
class EventController {

    private static final Duration SHOWN = Duration.ofDays(90);
    /** Entries on a page of everything. */
    private static final int FEW = 15;

    private final Exchanges exchanges;
    private final Clock clock;

    EventController(Exchanges exchanges, Clock clock) {
        this.exchanges = exchanges;
        this.clock = clock;
    }

    @GetMapping({"/repos/{owner}/{repo}/events", "/repositories/{id}/events"})
    ResponseEntity<?> ofRepository(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        return feed(
                exchange,
                AccessPattern.FEED_OF_REPOSITORY,
                PageRequest.DEFAULT_SIZE,
                (feeds, page) -> feeds.ofRepository(address, page));
    }

    /** With what only the caller and a few others may see, where the caller may see it. */
    @GetMapping("/users/{login}/events")
    ResponseEntity<?> ofAccount(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        return ofAccount(exchange, false);
    }

    @GetMapping("/users/{login}/events/public")
    ResponseEntity<?> ofAccountInPublic(HttpServletRequest request, HttpServletResponse response) {
        return ofAccount(exchanges.of(request, response), true);
    }

    private ResponseEntity<?> ofAccount(Exchange exchange, boolean publicOnly) {
        String login = exchange.part("login");
        return feed(
                exchange,
                AccessPattern.FEED_OF_ACCOUNT,
                PageRequest.DEFAULT_SIZE,
                (feeds, page) -> feeds.ofAccount(login, publicOnly, page));
    }

    /** Of its repositories, the 100 that were changed last. */
    @GetMapping("/orgs/{org}/events")
    ResponseEntity<?> ofOrganization(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String login = exchange.part("org");
        return feed(
                exchange,
                AccessPattern.FEED_OF_ORGANIZATION,
                PageRequest.DEFAULT_SIZE,
                (feeds, page) -> feeds.ofOrganization(login, page));
    }

    /** Of the repository, its source, and the newest forks, 100 repositories in all; a former name will do. */
    @GetMapping("/networks/{owner}/{repo}/events")
    ResponseEntity<?> ofNetwork(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        return feed(
                exchange,
                AccessPattern.FEED_OF_NETWORK,
                PageRequest.DEFAULT_SIZE,
                (feeds, page) -> feeds.ofNetwork(address, page));
    }

    @GetMapping("/events")
    ResponseEntity<?> ofAll(HttpServletRequest request, HttpServletResponse response) {
        return feed(exchanges.of(request, response), AccessPattern.FEED_OF_ALL, FEW, Feeds::ofAll);
    }

    private ResponseEntity<?> feed(
            Exchange exchange, AccessPattern pattern, int size, BiFunction<Feeds, PageRequest, Slice> read) {
        PageRequest page = exchange.numberedPage(size);
        return exchange.answer(pattern, reading -> {
            Slice slice = read.apply(new Feeds(reading, clock.instant().minus(SHOWN)), page);
            return exchange.numbered(page, slice.isLast(), slice.entries());
        });
    }
}
