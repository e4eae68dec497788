package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.TopicsJson;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Repositories;
import org.forgelog.query.read.Repositories.ForkOrder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repositories, by name or, where a former name leads, by id. */
@RestController
class RepositoryController {

    private final Exchanges exchanges;
    private final Tagged tagged;

    RepositoryController(Exchanges exchanges, JsonMapper json) {
        this.exchanges = exchanges;
        this.tagged = new Tagged(json);
    }

    @GetMapping({"/repos/{owner}/{repo}", "/repositories/{id}"})
    ResponseEntity<?> repository(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        return exchange.one(AccessPattern.REPOSITORY_BY_NAME, reading -> new Repositories(reading).repository(address));
    }

    @GetMapping({"/repos/{owner}/{repo}/forks", "/repositories/{id}/forks"})
    ResponseEntity<?> forks(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        ForkOrder order =
                switch (exchange.word("Repository", "sort", "newest", "oldest", "stargazers", "watchers")) {
                    case "newest" -> ForkOrder.NEWEST;
                    case "oldest" -> ForkOrder.OLDEST;
                    // Whoever stars a repository watches it: both are one.
                    default -> ForkOrder.STARS;
                };
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.FORKS, reading -> new Repositories(reading).forks(address, order, page));
    }

    @GetMapping({"/repos/{owner}/{repo}/topics", "/repositories/{id}/topics"})
    ResponseEntity<?> topics(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        PageRequest page = exchange.page();
        return exchange.answer(
                AccessPattern.REPOSITORY_BY_NAME,
                reading -> exchange.slice(page, new Repositories(reading).topics(address), TopicsJson::new));
    }

    /**
     * A repository with its issues and pull requests, open before closed, newest first: {@code {"repository":
     * repository, "entries": [...]}}, each entry with a field {@code type} ({@code issue} or {@code pull_request}).
     * {@code state}: open, closed, or all (default). Paged by {@code Link}, the repository on every page.
     */
    @GetMapping({"/repos/{owner}/{repo}/activity", "/repositories/{id}/activity"})
    ResponseEntity<?> activity(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        Boolean open = exchange.state("Issue", "all");
        PageRequest page = exchange.page();
        return exchange.answer(AccessPattern.ACTIVITY, reading -> {
            Repositories.Activity activity = new Repositories(reading).activity(address, open, page);
            return exchange.paged(
                    activity.entries().page(),
                    new ActivityJson(
                            activity.repository(), tagged.of(activity.entries().entries())));
        });
    }

    /** The answer to {@code activity}. */
    record ActivityJson(RepositoryJson repository, List<JsonNode> entries) {}
}
