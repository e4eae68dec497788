package org.forgelog.query.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.forgelog.api.openapi.Choices.IssueFilter;
import org.forgelog.api.openapi.Choices.PullSort;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.ConversationLists;
import org.forgelog.query.read.ConversationLists.Concern;
import org.forgelog.query.read.ConversationQuery;
import org.forgelog.query.read.ConversationQuery.Sort;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists of issues and of pull requests, filtered and in an order. */
@RestController
class ConversationListController {

    /** As on GitHub: what has been open so long, and is still being worked on. */
    private static final Duration LONG = Duration.ofDays(30);

    private final Clock clock;

    ConversationListController(Clock clock) {
        this.clock = clock;
    }

    @GetMapping({"/repos/{owner}/{repo}/issues", "/repositories/{repository_id}/issues"})
    ResponseEntity<?> issues(QueryRequest request) {
        String assignee = request.get(Parameters.ASSIGNEE);
        ConversationQuery query = issues(
                request,
                request.get(Parameters.MILESTONE),
                assignee,
                request.get(Parameters.CREATOR),
                both(anyIf(request.get(Parameters.ISSUE_TYPE)), mentions(request.get(Parameters.MENTIONED))));
        boolean byEdge = !query.labels().isEmpty()
                || query.isOfOneMilestone()
                || (assignee != null
                        && !Set.of(ConversationQuery.NOBODY, ConversationQuery.ANYBODY)
                                .contains(assignee));
        return request.list(
                byEdge ? AccessPattern.ISSUES_BY_EDGE : AccessPattern.CONVERSATIONS_BY_STATE,
                (read, page) -> new ConversationLists(read).issues(request.repository(), query, page));
    }

    /**
     * Issues that concern the caller. Mentions are looked for in bodies of up to 4 KB; {@code subscribed} is {@code all},
     * since nobody subscribes to anything.
     */
    @GetMapping({"/issues", "/user/issues"})
    ResponseEntity<?> own(QueryRequest request) {
        long self = request.self();
        ConversationQuery query = concerning(request, true);
        return request.list(AccessPattern.ISSUES_ACROSS, (read, page) -> new ConversationLists(read)
                .issuesOf(self, concerns(request), query, page));
    }

    /** Issues of an organization's repositories that concern the caller; {@code repos} are the organization's. */
    @GetMapping("/orgs/{org}/issues")
    ResponseEntity<?> ofOrganization(QueryRequest request) {
        long self = request.self();
        ConversationQuery query = concerning(request, request.get(Parameters.ISSUE_TYPE));
        return request.list(AccessPattern.ISSUES_ACROSS, (read, page) -> new ConversationLists(read)
                .issuesIn(request.get(Parameters.ORG), self, concerns(request), query, page));
    }

    private static Set<Concern> concerns(QueryRequest request) {
        return switch (request.get(Parameters.ISSUE_FILTER)) {
            case ASSIGNED -> EnumSet.of(Concern.ASSIGNED);
            case CREATED -> EnumSet.of(Concern.CREATED);
            case REPOS -> EnumSet.of(Concern.OWNED);
            case MENTIONED, SUBSCRIBED, ALL -> EnumSet.allOf(Concern.class);
        };
    }

    private static ConversationQuery concerning(QueryRequest request, boolean any) {
        boolean mentioned = request.get(Parameters.ISSUE_FILTER) == IssueFilter.MENTIONED;
        return issues(
                request,
                null,
                null,
                null,
                both(anyIf(any), mentions(mentioned ? request.caller().login() : null)));
    }

    private static ConversationQuery issues(
            QueryRequest request,
            @Nullable String milestone,
            @Nullable String assignee,
            @Nullable String creator,
            Predicate<Item> filter) {
        return new ConversationQuery(
                ConversationKind.ISSUE,
                request.get(Parameters.STATE),
                switch (request.get(Parameters.ISSUE_SORT)) {
                    case CREATED -> Sort.CREATED;
                    case UPDATED -> Sort.UPDATED;
                    case COMMENTS -> Sort.COMMENTS;
                },
                request.get(Parameters.NEWEST_FIRST),
                request.get(Parameters.SINCE),
                request.get(Parameters.LABELS),
                milestone,
                assignee,
                creator,
                null,
                filter);
    }

    private static Predicate<Item> anyIf(boolean any) {
        return any ? ConversationQuery.EVERYTHING : item -> false;
    }

    private static Predicate<Item> both(Predicate<Item> one, Predicate<Item> other) {
        return one == ConversationQuery.EVERYTHING
                ? other
                : other == ConversationQuery.EVERYTHING ? one : one.and(other);
    }

    private static Predicate<Item> mentions(@Nullable String login) {
        if (login == null) {
            return ConversationQuery.EVERYTHING;
        }
        Pattern mention =
                Pattern.compile("(?<![\\w-])@" + Pattern.quote(login) + "(?![\\w-])", Pattern.CASE_INSENSITIVE);
        return item -> {
            String body = item.text(Attr.BODY, null);
            return body != null && mention.matcher(body).find();
        };
    }

    @GetMapping({"/repos/{owner}/{repo}/pulls", "/repositories/{repository_id}/pulls"})
    ResponseEntity<?> pulls(QueryRequest request) {
        PullSort sort = request.get(Parameters.PULL_SORT);
        String head = request.get(Parameters.HEAD);
        String base = request.get(Parameters.BASE);
        Boolean descending = request.get(Parameters.PULL_DIRECTION);
        int colon = head == null ? -1 : head.indexOf(':');
        Predicate<Item> filter = sort == PullSort.LONG_RUNNING ? longRunning() : ConversationQuery.EVERYTHING;
        if (head != null) {
            filter = filter.and(ConversationQuery.branch(Attr.HEAD, head.substring(colon + 1)));
        }
        if (base != null) {
            filter = filter.and(ConversationQuery.branch(Attr.BASE, base));
        }
        ConversationQuery query = new ConversationQuery(
                ConversationKind.PULL_REQUEST,
                request.get(Parameters.STATE),
                switch (sort) {
                    case UPDATED -> Sort.UPDATED;
                    case POPULARITY -> Sort.COMMENTS;
                    case CREATED, LONG_RUNNING -> Sort.CREATED;
                },
                descending == null ? sort == PullSort.CREATED : descending,
                null,
                List.of(),
                null,
                null,
                null,
                head == null || colon < 0 ? null : head.substring(0, colon),
                filter);
        return request.list(AccessPattern.CONVERSATIONS_BY_STATE, (read, page) -> new ConversationLists(read)
                .pulls(request.repository(), query, page));
    }

    private Predicate<Item> longRunning() {
        Instant longAgo = clock.instant().minus(LONG);
        return item -> item.instant(Attr.CREATED_AT).isBefore(longAgo)
                && item.instant(Attr.UPDATED_AT).isAfter(longAgo);
    }
}
