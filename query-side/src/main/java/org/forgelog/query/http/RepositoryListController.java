package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.RepositoryLists;
import org.forgelog.query.read.RepositoryLists.Affiliation;
import org.forgelog.query.read.RepositoryLists.Order;
import org.forgelog.query.read.RepositoryLists.Wanted;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists of repositories that a user or an organization owns, or that a user has rights on. */
@RestController
class RepositoryListController {

    private static final String RESOURCE = "Repository";
    private static final String ALL = "all";
    private static final String OWNER = "owner";
    private static final String MEMBER = "member";

    private final Exchanges exchanges;

    RepositoryListController(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    /** All public ones by id, after the one that {@code since} names. */
    @GetMapping("/repositories")
    ResponseEntity<?> ofEverybody(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        PageRequest page = exchange.pageSince();
        return exchange.list(
                AccessPattern.PUBLIC_REPOSITORIES, reading -> new RepositoryLists(reading).ofEverybody(page));
    }

    @GetMapping("/users/{login}/repos")
    ResponseEntity<?> ofUser(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String type = exchange.word(RESOURCE, "type", OWNER, ALL, MEMBER);
        Who who = Who.login(exchange.part("login"));
        Wanted wanted = wanted(exchange, "full_name", item -> true);
        PageRequest page = exchange.page();
        return ofUser(exchange, AccessPattern.REPOSITORIES_OF_ACCOUNT, who, affiliations(type), wanted, page);
    }

    @GetMapping("/user/repos")
    ResponseEntity<?> ofSelf(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        long self = Accounts.self(exchange.caller());
        String type = exchange.word(RESOURCE, "type", ALL, OWNER, "public", "private", MEMBER);
        String visibility = exchange.word(RESOURCE, "visibility", ALL, "public", "private");
        Wanted wanted = wanted(
                exchange,
                "full_name",
                visible(visibility.equals(ALL) ? type : visibility).and(updated(exchange)));
        PageRequest page = exchange.page();
        return ofUser(
                exchange, AccessPattern.REPOSITORIES_OF_SELF, Who.id(self), affiliations(exchange, type), wanted, page);
    }

    private static ResponseEntity<?> ofUser(
            Exchange exchange,
            AccessPattern pattern,
            Who who,
            Set<Affiliation> affiliations,
            Wanted wanted,
            PageRequest page) {
        return exchange.list(pattern, reading -> new RepositoryLists(reading).ofUser(who, affiliations, wanted, page));
    }

    @GetMapping("/orgs/{org}/repos")
    ResponseEntity<?> ofOrganization(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        String login = exchange.part("org");
        String type = exchange.word(RESOURCE, "type", ALL, "public", "private", "forks", "sources", MEMBER);
        Wanted wanted = wanted(exchange, "created", visible(type));
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.REPOSITORIES_OF_ACCOUNT, reading -> new RepositoryLists(reading)
                .ofOrganization(login, wanted, type.equals(MEMBER), page));
    }

    private static Wanted wanted(Exchange exchange, String otherwise, Predicate<Item> filter) {
        String sort = exchange.word(RESOURCE, "sort", otherwise, "full_name", "created", "updated", "pushed");
        Order order =
                switch (sort) {
                    case "full_name" -> Order.NAME;
                    case "updated" -> Order.UPDATED;
                    // Nothing is ever pushed: a repository's pushed_at is its creation.
                    default -> Order.CREATED;
                };
        return new Wanted(order, exchange.descending(RESOURCE, order != Order.NAME), filter);
    }

    /** By last change: {@code since} includes its moment, {@code before} does not. */
    private static Predicate<Item> updated(Exchange exchange) {
        Instant since = exchange.since(RESOURCE);
        Instant before = exchange.moment(RESOURCE, "before");
        return item -> (since == null || !item.instant(Attr.UPDATED_AT).isBefore(since))
                && (before == null || item.instant(Attr.UPDATED_AT).isBefore(before));
    }

    private static Predicate<Item> visible(String word) {
        return switch (word) {
            case "public" -> item -> !item.flag(Attr.PRIVATE);
            case "private" -> item -> item.flag(Attr.PRIVATE);
            case "forks" -> item -> item.has(Attr.PARENT_ID);
            case "sources" -> item -> !item.has(Attr.PARENT_ID);
            default -> item -> true;
        };
    }

    private static Set<Affiliation> affiliations(String type) {
        return switch (type) {
            case OWNER -> EnumSet.of(Affiliation.OWNER);
            case MEMBER -> EnumSet.of(Affiliation.COLLABORATOR, Affiliation.ORGANIZATION_MEMBER);
            default -> EnumSet.allOf(Affiliation.class);
        };
    }

    /** {@code affiliation} is a list of words with commas; without it {@code type} counts. */
    private static Set<Affiliation> affiliations(Exchange exchange, String type) {
        String words = exchange.parameter("affiliation");
        if (words == null) {
            return affiliations(type);
        }
        Set<Affiliation> affiliations = EnumSet.noneOf(Affiliation.class);
        for (String word : words.split(",")) {
            affiliations.add(Arrays.stream(Affiliation.values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> Rejection.invalid(
                            RESOURCE,
                            "affiliation",
                            Fault.INVALID,
                            "affiliation must list some of owner, collaborator, organization_member")));
        }
        return affiliations;
    }
}
