package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.conversation.Triage;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.Accounts;
import org.forgelog.query.read.Address;
import org.forgelog.query.read.PageRequest;
import org.forgelog.query.read.Repositories;
import org.forgelog.query.read.ThreadLists;
import org.forgelog.query.read.ThreadLists.Concern;
import org.forgelog.query.read.ThreadQuery;
import org.forgelog.query.read.ThreadQuery.Sort;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys.ThreadKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists of issues and of pull requests, filtered and in an order. */
@RestController
class ThreadListController {

    private static final String ISSUE = "Issue";
    private static final String PULL = "PullRequest";
    /** As on GitHub: what has been open so long, and is still being worked on. */
    private static final Duration LONG = Duration.ofDays(30);

    private final Exchanges exchanges;
    private final Clock clock;

    ThreadListController(Exchanges exchanges, Clock clock) {
        this.exchanges = exchanges;
        this.clock = clock;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues", "/repositories/{id}/issues"})
    ResponseEntity<?> issues(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String assignee = exchange.parameter("assignee");
        String creator = exchange.parameter("creator");
        String mentioned = exchange.parameter("mentioned");
        Predicate<Item> filter = milestone(exchange)
                .and(type(exchange))
                .and(mentioned == null ? item -> true : mentions(login("mentioned", mentioned)));
        ThreadQuery query = issues(exchange, assignee, creator, filter);
        PageRequest page = exchange.page();
        boolean byEdge = !query.labels().isEmpty()
                || (assignee != null
                        && !Set.of(ThreadQuery.NOBODY, ThreadQuery.ANYBODY).contains(assignee));
        return exchange.list(
                byEdge ? AccessPattern.ISSUES_BY_EDGE : AccessPattern.THREADS_BY_STATE,
                reading -> new ThreadLists(reading).issues(address, query, page));
    }

    /**
     * Issues that concern the caller. Mentions are looked for in bodies of up to 4 KB; {@code subscribed} is {@code all},
     * since nobody subscribes to anything.
     */
    @GetMapping({"/issues", "/user/issues"})
    ResponseEntity<?> own(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        long self = Accounts.self(exchange.caller());
        Concerning wanted = concerning(exchange, item -> true);
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.ISSUES_ACROSS, reading -> new ThreadLists(reading)
                .issuesOf(self, wanted.concerns(), wanted.query(), page));
    }

    /** Issues of an organization's repositories that concern the caller; {@code repos} are the organization's. */
    @GetMapping("/orgs/{org}/issues")
    ResponseEntity<?> ofOrganization(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        long self = Accounts.self(exchange.caller());
        String organization = exchange.part("org");
        Concerning wanted = concerning(exchange, type(exchange));
        PageRequest page = exchange.page();
        return exchange.list(AccessPattern.ISSUES_ACROSS, reading -> new ThreadLists(reading)
                .issuesIn(organization, self, wanted.concerns(), wanted.query(), page));
    }

    private record Concerning(Set<Concern> concerns, ThreadQuery query) {}

    private static Concerning concerning(Exchange exchange, Predicate<Item> also) {
        String filter =
                exchange.word(ISSUE, "filter", "assigned", "created", "mentioned", "subscribed", "repos", "all");
        Set<Concern> concerns =
                switch (filter) {
                    case "assigned" -> EnumSet.of(Concern.ASSIGNED);
                    case "created" -> EnumSet.of(Concern.CREATED);
                    case "repos" -> EnumSet.of(Concern.OWNED);
                    default -> EnumSet.allOf(Concern.class);
                };
        String mentioned = filter.equals("mentioned") ? exchange.caller().login() : null;
        return new Concerning(
                concerns, issues(exchange, null, null, mentioned == null ? also : also.and(mentions(mentioned))));
    }

    private static ThreadQuery issues(
            Exchange exchange, @Nullable String assignee, @Nullable String creator, Predicate<Item> filter) {
        Sort sort =
                switch (exchange.word(ISSUE, "sort", "created", "updated", "comments")) {
                    case "updated" -> Sort.UPDATED;
                    case "comments" -> Sort.COMMENTS;
                    default -> Sort.CREATED;
                };
        List<String> labels = exchange.list("labels");
        if (labels.size() > Triage.LABEL_LIMIT) {
            throw Rejection.invalid(
                    ISSUE, "labels", Fault.CUSTOM, "labels are too many (maximum is " + Triage.LABEL_LIMIT + ")");
        }
        return new ThreadQuery(
                ThreadKind.ISSUE,
                exchange.state(ISSUE, "open"),
                sort,
                exchange.descending(ISSUE, true),
                exchange.since(ISSUE),
                labels,
                assignee,
                creator,
                null,
                filter);
    }

    /** There are no milestones, so nothing has any. */
    private static Predicate<Item> milestone(Exchange exchange) {
        String milestone = exchange.parameter("milestone");
        if (milestone == null || milestone.equals("none")) {
            return item -> true;
        }
        if (!milestone.equals("*") && !milestone.matches("[0-9]{1,16}")) {
            throw Rejection.invalid(ISSUE, "milestone", Fault.INVALID, "milestone must be a number, none or *");
        }
        return item -> false;
    }

    /** There are no types of issues, so nothing is of any. */
    private static Predicate<Item> type(Exchange exchange) {
        String type = exchange.parameter("type");
        return item -> type == null || type.equals("none");
    }

    private static String login(String field, String login) {
        try {
            return new Login(login).value();
        } catch (Rejection malformed) {
            throw Rejection.invalid(ISSUE, field, Fault.INVALID, field + " is no login");
        }
    }

    private static Predicate<Item> mentions(String login) {
        Pattern mention =
                Pattern.compile("(?<![\\w-])@" + Pattern.quote(login) + "(?![\\w-])", Pattern.CASE_INSENSITIVE);
        return item -> {
            String body = item.text(Attr.BODY, null);
            return body != null && mention.matcher(body).find();
        };
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls", "/repositories/{id}/pulls"})
    ResponseEntity<?> pulls(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = exchanges.of(request, response);
        Address address = exchange.repository();
        String order = exchange.word(PULL, "sort", "created", "updated", "popularity", "long-running");
        String head = exchange.parameter("head");
        String base = exchange.parameter("base");
        int colon = head == null ? -1 : head.indexOf(':');
        Predicate<Item> filter = order.equals("long-running") ? longRunning() : item -> true;
        if (head != null) {
            filter = filter.and(Repositories.branch(Attr.HEAD, head.substring(colon + 1)));
        }
        if (base != null) {
            filter = filter.and(Repositories.branch(Attr.BASE, base));
        }
        ThreadQuery query = new ThreadQuery(
                ThreadKind.PULL,
                exchange.state(PULL, "open"),
                switch (order) {
                    case "updated" -> Sort.UPDATED;
                    case "popularity" -> Sort.COMMENTS;
                    default -> Sort.CREATED;
                },
                exchange.descending(PULL, order.equals("created")),
                null,
                List.of(),
                null,
                null,
                head == null || colon < 0 ? null : head.substring(0, colon),
                filter);
        PageRequest page = exchange.page();
        return exchange.list(
                AccessPattern.THREADS_BY_STATE, reading -> new ThreadLists(reading).pulls(address, query, page));
    }

    private Predicate<Item> longRunning() {
        Instant longAgo = clock.instant().minus(LONG);
        return item -> item.instant(Attr.CREATED_AT).isBefore(longAgo)
                && item.instant(Attr.UPDATED_AT).isAfter(longAgo);
    }
}
