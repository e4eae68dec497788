package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.comment.CommentEvent.CommentDeleted;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.label.LabelEvent.LabelCreated;
import org.forgelog.domain.label.LabelEvent.LabelDeleted;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneCreated;
import org.forgelog.domain.milestone.MilestoneEvent.MilestoneDeleted;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.repository.RepositoryEvent.CollaboratorEvent;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryCreated;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryDeleted;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryEdited;
import org.forgelog.domain.repository.RepositoryEvent.RepositoryTransferred;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.verify.RandomForge;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Questions about the past are answered as a table answers them that was built by stopping the log there: over random
 * histories, byte for byte, page for page. What today's rights hide is left to {@link PastRightsTest}: nothing is hidden or
 * deleted here once the moment is over.
 */
@Order(2)
class AsOfTest {

    private static final int BEFORE = 350;
    private static final int AFTER = 250;
    private static final int PAGES = 3;
    /** Of the questions that differ in names and numbers alone, so many are asked. */
    private static final int ALIKE = Boolean.getBoolean("faults.all") ? 20 : 3;

    /** What there was to ask for at the moment. */
    private static Set<String> routes(List<DomainEvent> events) {
        Set<String> routes = new LinkedHashSet<>();
        for (DomainEvent event : events) {
            switch (event) {
                case AccountRegistered e -> {
                    account(routes, e.login(), e.kind());
                    add(routes, "/user/" + e.accountId(), "");
                    add(routes, "/organizations/" + e.accountId(), "");
                }
                case AccountRenamed e -> account(routes, e.login(), AccountKind.USER);
                case RepositoryCreated e -> {
                    add(routes, "/repos/" + e.ownerLogin() + "/" + e.name(), "", "/issues", "/activity", "/stargazers");
                    add(
                            routes,
                            "/repositories/" + e.repositoryId(),
                            "",
                            "/activity?per_page=3",
                            "/activity?state=closed",
                            "/issues?state=all&per_page=4",
                            "/issues?state=all&sort=updated&direction=asc",
                            "/issues?state=closed&sort=comments",
                            "/issues?assignee=*",
                            "/issues?milestone=none&state=all",
                            "/pulls?state=all&per_page=2",
                            "/pulls?state=closed&sort=popularity",
                            "/stargazers?per_page=2",
                            "/labels",
                            "/milestones?state=all",
                            "/topics",
                            "/issues/comments?sort=updated",
                            "/pulls/comments?per_page=3");
                }
                case IssueOpened e ->
                    add(
                            routes,
                            "/repositories/" + e.repositoryId() + "/issues/" + e.number(),
                            "",
                            "/comments",
                            "/labels");
                case PullRequestOpened e -> {
                    add(
                            routes,
                            "/repositories/" + e.repositoryId() + "/pulls/" + e.number(),
                            "",
                            "/comments",
                            "/labels",
                            "/merge");
                    add(routes, "/repositories/" + e.repositoryId() + "/issues/" + e.number(), "");
                }
                case CommentWritten e ->
                    add(
                            routes,
                            "/repositories/" + e.place().repositoryId()
                                    + (e.place().conversation() == ConversationKind.ISSUE ? "/issues" : "/pulls")
                                    + "/comments/" + e.commentId(),
                            "");
                case LabelCreated e -> {
                    String name = e.name().replace(" ", "%20");
                    add(routes, "/repositories/" + e.repositoryId() + "/labels/" + name, "");
                    add(routes, "/repositories/" + e.repositoryId() + "/issues?state=all&labels=" + name, "");
                }
                case MilestoneCreated e -> {
                    add(routes, "/repositories/" + e.repositoryId() + "/milestones/" + e.number(), "");
                    add(routes, "/repositories/" + e.repositoryId() + "/issues?milestone=" + e.number(), "");
                }
                default -> {}
            }
        }
        return routes;
    }

    /** What concerns who asks. */
    private static List<String> concerning(List<DomainEvent> events) {
        List<String> routes = new ArrayList<>(List.of(
                "/issues?state=all&per_page=2",
                "/user/issues?state=closed",
                "/issues?filter=created&state=all&sort=updated",
                "/issues?filter=repos&state=all&per_page=3",
                "/issues?filter=all&state=all&sort=updated&direction=asc"));
        for (DomainEvent event : events) {
            if (event instanceof AccountRegistered e && e.kind() == AccountKind.ORGANIZATION) {
                routes.add("/orgs/" + e.login() + "/issues?filter=all&state=all");
            } else if (event instanceof RepositoryCreated e) {
                routes.add("/user/starred/" + e.ownerLogin() + "/" + e.name());
            }
        }
        return routes;
    }

    private static void account(Set<String> routes, String login, AccountKind kind) {
        add(routes, "/users/" + login, "", "/owned?per_page=2", "/managed?per_page=3", "/managed?state=closed");
        add(routes, "/users/" + login, "/starred?per_page=2", "/starred?direction=asc");
        if (kind == AccountKind.ORGANIZATION) {
            add(routes, "/orgs/" + login, "");
        }
    }

    private static void add(Set<String> routes, String base, String... more) {
        for (String each : more) {
            routes.add(base + each);
        }
    }

    /** So many of each kind. */
    private static List<String> some(int alike, List<String> routes) {
        return routes.stream()
                .collect(Collectors.groupingBy(AsOfTest::kind, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(same -> same.stream().limit(alike))
                .toList();
    }

    /** A route without names and numbers. */
    private static String kind(String route) {
        return route.replaceFirst("^/repos/[^/]+/[^/?]+", "/repos")
                .replaceFirst("^/(users|orgs)/[^/?]+", "/$1")
                .replaceFirst("(?<=/labels/|labels=).*", "")
                .replaceAll("[0-9]+", "");
    }

    /** Whether an event leaves to be seen what was seen before. */
    private static boolean hidesNothing(DomainEvent event) {
        return switch (event) {
            case AccountDeleted e -> false;
            case RepositoryDeleted e -> false;
            case RepositoryEdited e -> e.changes().isPrivate() == null;
            case CommentDeleted e -> false;
            case LabelDeleted e -> false;
            case MilestoneDeleted e -> false;
            case AccountEvent.ProfileEdited e -> false;
            default -> true;
        };
    }

    /** Whether an event leaves everybody the rights they had. */
    private static boolean leavesRights(DomainEvent event) {
        return !(event instanceof AccountEvent.OrganizationEvent
                || event instanceof CollaboratorEvent
                || event instanceof RepositoryTransferred);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "3, true"})
    void theAnswerAboutThePastIsThatOfATableBuiltUpToThere(long seed, boolean signedIn) {
        RandomForge forge = new RandomForge(seed);
        List<DomainEvent> before = forge.happens(BEFORE);
        Predicate<DomainEvent> wanted = event -> hidesNothing(event) && (!signedIn || leavesRights(event));
        List<DomainEvent> after =
                new ArrayList<>(forge.happens(AFTER).stream().filter(wanted).toList());
        try (QueryService stopped = QueryService.start();
                QueryService asking = QueryService.start()) {
            long moment = stopped.log().append(before);
            assertThat(asking.log().append(before)).isEqualTo(moment);
            asking.log().append(after);
            List.of(stopped, asking).forEach(service -> {
                service.log().token(caller(before), "caller", "token");
                service.await();
            });
            List<String> routes = new ArrayList<>(routes(before));
            Collections.shuffle(routes, new Random(seed));
            String token = signedIn ? "token" : null;
            List<String> asked = some(ALIKE, routes);
            int found = 0;
            for (String route : asked) {
                found += compare(stopped, asking, route, moment, token);
            }
            int concerning = 0;
            for (String route : concerning(before)) {
                concerning += compare(stopped, asking, route, moment, token);
            }
            assertThat(concerning).as("lists of what concerns who asks").isGreaterThanOrEqualTo(signedIn ? 5 : 0);
            List<String> askedOfBefore = some(1, routes);
            int others = 0;
            for (String route : askedOfBefore) {
                others += isTheSame(stopped, asking, route, moment - 100, token) ? 0 : 1;
            }
            assertThat(found).as("routes that led to something").isGreaterThan(asked.size() / 3);
            assertThat(others).as("those that were answered otherwise before").isGreaterThan(askedOfBefore.size() / 10);
        }
    }

    private static long caller(List<DomainEvent> events) {
        return events.stream()
                .filter(AccountRegistered.class::isInstance)
                .map(AccountRegistered.class::cast)
                .filter(e -> e.kind() == AccountKind.USER)
                .findFirst()
                .orElseThrow()
                .accountId()
                .value();
    }

    private static boolean isTheSame(
            QueryService stopped, QueryService asking, String route, long moment, String token) {
        String past = route + (route.contains("?") ? "&" : "?") + "as_of=" + moment;
        return plain(asking.get(past, token), asking).equals(plain(stopped.get(route, token), stopped));
    }

    /** Answers 1 where there was something. */
    private static int compare(QueryService stopped, QueryService asking, String route, long moment, String token) {
        String then = route;
        String past = route + (route.contains("?") ? "&" : "?") + "as_of=" + moment;
        int found = 0;
        for (int page = 0; page < PAGES && then != null; page++) {
            Answer expected = stopped.get(then, token);
            Answer answer = asking.get(past, token);
            if (expected.status() == 404 && page == 0 && isNamedLater(stopped, route)) {
                return 0;
            }
            assertThat(plain(answer, asking)).as(past).isEqualTo(plain(expected, stopped));
            assertThat(answer.link("next").isPresent())
                    .as(past)
                    .isEqualTo(expected.link("next").isPresent());
            found += expected.status() == 200 ? 1 : 0;
            then = expected.link("next").orElse(null);
            past = answer.link("next").orElse(null);
        }
        return Math.min(1, found);
    }

    /** Whether nothing had the name in a route: present names are good for any moment then. */
    private static boolean isNamedLater(QueryService stopped, String route) {
        String[] parts = route.split("[/?]");
        int owner = parts[1].equals("repos") ? 2 : parts[2].equals("starred") ? 3 : 0;
        return owner > 0
                        && stopped.get("/repos/" + parts[owner] + "/" + parts[owner + 1])
                                        .status()
                                == 404
                || parts[1].equals("users") && stopped.get("/users/" + parts[2]).status() == 404
                || parts[1].equals("orgs") && stopped.get("/orgs/" + parts[2]).status() == 404;
    }

    private static String plain(Answer answer, QueryService service) {
        return answer.status() + " " + answer.text().replace(service.base(), "").replaceAll("[?&]as_of=[0-9]+", "");
    }
}
