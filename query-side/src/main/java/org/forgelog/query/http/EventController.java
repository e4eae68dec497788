package org.forgelog.query.http;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Feeds;
import org.forgelog.query.read.Feeds.FeedPart;
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

    private final Clock clock;

    EventController(Clock clock) {
        this.clock = clock;
    }

    @GetMapping({"/repos/{owner}/{repo}/events", "/repositories/{repository_id}/events"})
    ResponseEntity<?> ofRepository(QueryRequest request) {
        return feed(
                request,
                AccessPattern.FEED_OF_REPOSITORY,
                (feeds, page) -> feeds.ofRepository(request.repository(), page));
    }

    /** With what only the caller and a few others may see, where the caller may see it. */
    @GetMapping("/users/{username}/events")
    ResponseEntity<?> ofAccount(QueryRequest request) {
        return ofAccount(request, false);
    }

    @GetMapping("/users/{username}/events/public")
    ResponseEntity<?> ofAccountInPublic(QueryRequest request) {
        return ofAccount(request, true);
    }

    private ResponseEntity<?> ofAccount(QueryRequest request, boolean publicOnly) {
        String login = request.get(Parameters.USERNAME);
        return feed(request, AccessPattern.FEED_OF_ACCOUNT, (feeds, page) -> feeds.ofAccount(login, publicOnly, page));
    }

    /** Of its repositories, the 100 that were changed last. */
    @GetMapping("/orgs/{org}/events")
    ResponseEntity<?> ofOrganization(QueryRequest request) {
        String login = request.get(Parameters.ORG);
        return feed(request, AccessPattern.FEED_OF_ORGANIZATION, (feeds, page) -> feeds.ofOrganization(login, page));
    }

    /** Of the repository, its source, and the newest forks, 1,000 repositories in all; a former name will do. */
    @GetMapping("/networks/{owner}/{repo}/events")
    ResponseEntity<?> ofNetwork(QueryRequest request) {
        return feed(
                request, AccessPattern.FEED_OF_NETWORK, (feeds, page) -> feeds.ofNetwork(request.repository(), page));
    }

    @GetMapping("/events")
    ResponseEntity<?> ofAll(QueryRequest request) {
        return feed(request, AccessPattern.FEED_OF_ALL, Parameters.FEW_PER_PAGE, Feeds::ofAll);
    }

    private ResponseEntity<?> feed(
            QueryRequest request, AccessPattern pattern, BiFunction<Feeds, PageRequest, FeedPart> view) {
        return feed(request, pattern, Parameters.PER_PAGE, view);
    }

    private ResponseEntity<?> feed(
            QueryRequest request,
            AccessPattern pattern,
            Parameter<Integer> perPage,
            BiFunction<Feeds, PageRequest, FeedPart> view) {
        PageRequest page = request.numberedPage(perPage);
        return request.answer(pattern, read -> {
            FeedPart part = view.apply(new Feeds(read, clock.instant().minus(SHOWN)), page);
            return request.numbered(page, part.isLast(), part.entries());
        });
    }
}
