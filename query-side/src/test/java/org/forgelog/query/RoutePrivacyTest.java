package org.forgelog.query;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Who may read what, on every route there is: a private repository of an organization, with something of everything in
 * it, asked for by everybody. A route without a rule fails the build.
 */
class RoutePrivacyTest {

    private enum Kind {
        /** Inside a repository: not there for those who must not know of it. */
        INSIDE,
        /** Inside a repository, for those with push access; who only reads it is refused. */
        PUSH,
        /** Inside a repository, for its admins. */
        ADMIN,
        /** Across repositories: shows it to those who may see it, and to nobody else. */
        LIST,
        /** The caller's own: never shows others what is not theirs. */
        OWN,
        /** Has nothing to do with repositories. */
        APART,
        /** For operators, with a token of their own. */
        OPERATOR
    }

    /** @param paths what to ask for; none where the route's own path will do */
    private record Rule(Kind kind, List<String> paths) {}

    private static Rule rule(Kind kind, String... paths) {
        return new Rule(kind, List.of(paths));
    }

    private static final Map<String, Rule> RULES = new TreeMap<>(Map.ofEntries(
            entry("/", rule(Kind.APART)),
            entry("/meta", rule(Kind.APART)),
            entry("/avatars/u/{account_id}", rule(Kind.APART, "/avatars/u/1")),
            entry("/docs", rule(Kind.APART)),
            entry("/openapi.json", rule(Kind.APART)),
            entry("/versions", rule(Kind.APART)),
            entry("/rate_limit", rule(Kind.APART)),
            entry("/operator/projection", rule(Kind.OPERATOR)),
            entry("/operator/status", rule(Kind.OPERATOR)),
            entry("/operator/replay", rule(Kind.OPERATOR)),
            entry("/operator/replay/verify", rule(Kind.OPERATOR)),
            entry("/operator/replay/repository", rule(Kind.OPERATOR)),
            entry("/operator/projections", rule(Kind.OPERATOR)),
            entry("/operator/dead-letters", rule(Kind.OPERATOR)),
            entry("/operator/dead-letters/{sequence}", rule(Kind.OPERATOR)),
            entry("/operator/events", rule(Kind.OPERATOR)),
            entry("/operator/explain", rule(Kind.OPERATOR)),
            entry("/operator/diff", rule(Kind.OPERATOR)),
            entry("/operator/person-keys", rule(Kind.OPERATOR)),
            entry("/user", rule(Kind.OWN)),
            entry("/user/{account_id}", rule(Kind.APART, "/user/1", "/user/50")),
            entry("/users/{username}", rule(Kind.APART, "/users/boss", "/users/acme")),
            entry("/users/{username}/history", rule(Kind.OWN, "/users/acme/history")),
            entry(
                    "/users/{username}/repos",
                    rule(
                            Kind.LIST,
                            "/users/acme/repos",
                            "/users/acme/repos?sort=created",
                            "/users/acme/repos?sort=updated")),
            entry("/users/{username}/owned", rule(Kind.LIST, "/users/acme/owned")),
            entry(
                    "/users/{username}/managed",
                    rule(Kind.LIST, "/users/stranger/managed", "/users/stranger/managed?state=open")),
            entry(
                    "/users/{username}/starred",
                    rule(Kind.LIST, "/users/stranger/starred", "/users/stranger/starred?direction=asc")),
            entry("/user/repos", rule(Kind.OWN, "/user/repos", "/user/repos?visibility=private")),
            entry(
                    "/users/{username}/subscriptions",
                    rule(Kind.LIST, "/users/stranger/subscriptions", "/users/stranger/subscriptions?per_page=100")),
            entry("/user/subscriptions", rule(Kind.OWN)),
            entry("/user/emails", rule(Kind.OWN)),
            entry("/user/public_emails", rule(Kind.OWN)),
            entry("/orgs/{org}/outside_collaborators", rule(Kind.OWN, "/orgs/acme/outside_collaborators")),
            entry("/user/watched", rule(Kind.OWN)),
            entry("/user/watched/{owner}/{repo}", rule(Kind.INSIDE)),
            entry("/users/{username}/watched", rule(Kind.LIST, "/users/stranger/watched")),
            entry("/user/starred", rule(Kind.OWN)),
            entry("/user/starred/{owner}/{repo}", rule(Kind.INSIDE)),
            entry("/issues", rule(Kind.OWN, "/issues", "/issues?filter=created", "/issues?filter=all&state=all")),
            entry("/user/issues", rule(Kind.OWN, "/user/issues?filter=created", "/user/issues?filter=repos")),
            entry(
                    "/orgs/{org}/issues",
                    rule(Kind.OWN, "/orgs/acme/issues?filter=all", "/orgs/acme/issues?filter=repos")),
            entry("/orgs/{org}/events", rule(Kind.APART, "/orgs/acme/events")),
            entry("/networks/{owner}/{repo}/events", rule(Kind.INSIDE)),
            entry("/user/orgs", rule(Kind.OWN)),
            entry("/users/{username}/orgs", rule(Kind.APART, "/users/mia/orgs")),
            entry("/user/memberships/orgs", rule(Kind.OWN)),
            entry("/user/memberships/orgs/{org}", rule(Kind.OWN, "/user/memberships/orgs/acme")),
            entry("/user/repository_invitations", rule(Kind.OWN)),
            entry("/user/repository_transfers", rule(Kind.OWN)),
            entry("/orgs/{org}/invitations", rule(Kind.APART, "/orgs/acme/invitations")),
            entry("/organizations", rule(Kind.APART)),
            entry("/users", rule(Kind.APART)),
            entry("/repositories", rule(Kind.APART)),
            entry("/organizations/{organization_id}", rule(Kind.APART, "/organizations/50")),
            entry("/orgs/{org}", rule(Kind.APART, "/orgs/acme")),
            entry("/orgs/{org}/members", rule(Kind.APART, "/orgs/acme/members")),
            entry("/orgs/{org}/members/{username}", rule(Kind.APART, "/orgs/acme/members/mia")),
            entry("/orgs/{org}/public_members", rule(Kind.APART, "/orgs/acme/public_members")),
            entry("/orgs/{org}/public_members/{username}", rule(Kind.APART, "/orgs/acme/public_members/mia")),
            entry("/orgs/{org}/memberships/{username}", rule(Kind.APART, "/orgs/acme/memberships/mia")),
            entry(
                    "/orgs/{org}/repos",
                    rule(
                            Kind.LIST,
                            "/orgs/acme/repos",
                            "/orgs/acme/repos?type=private",
                            "/orgs/acme/repos?sort=full_name"))));

    static {
        inside("", "/activity?state=all");
        inside("/activity");
        inside("/issues", "/issues?state=all&labels=bug", "/issues?assignee=mia");
        inside("/issues/{issue_number}");
        inside("/pulls");
        inside("/pulls/{pull_number}");
        inside("/pulls/{pull_number}/merge");
        inside("/stargazers");
        inside("/watchers");
        inside("/topics");
        inside("/languages");
        inside("/subscribers");
        inside("/subscription");
        inside("/forks");
        inside("/labels");
        inside("/labels/{name}");
        inside("/milestones", "/milestones?state=all&sort=completeness&direction=desc");
        inside("/milestones/{milestone_number}");
        inside("/milestones/{milestone_number}/labels");
        inside("/assignees");
        inside("/assignees/{assignee}");
        inside("/events");
        inside("/issues/events");
        inside("/issues/events/{event_id}");
        inside("/issues/{issue_number}/events");
        inside("/issues/{issue_number}/timeline");
        inside("/history");
        RULES.put("/events", rule(Kind.APART, "/events?per_page=100"));
        RULES.put(
                "/users/{username}/events", rule(Kind.LIST, "/users/stranger/events", "/users/stranger/events?page=1"));
        RULES.put("/users/{username}/events/public", rule(Kind.APART, "/users/stranger/events/public"));
        for (String kind : List.of("/issues", "/pulls")) {
            String one = kind + (kind.equals("/issues") ? "/{issue_number}" : "/{pull_number}");
            inside(one + "/labels");
            inside(one + "/history");
            inside(one + "/comments");
            inside(one + "/reactions");
            inside(kind + "/comments");
            inside(kind + "/comments/{comment_id:[0-9]+}");
            inside(kind + "/comments/{comment_id:[0-9]+}/reactions");
        }
        push("/collaborators");
        push("/collaborators/{username}");
        push("/collaborators/{username}/permission");
        both(Kind.ADMIN, "/invitations");
    }

    private static void inside(String below, String... more) {
        both(Kind.INSIDE, below, more);
    }

    private static void push(String below) {
        both(Kind.PUSH, below);
    }

    private static void both(Kind kind, String below, String... more) {
        for (String repository : List.of("/repos/{owner}/{repo}", "/repositories/{repository_id}")) {
            List<String> paths = new ArrayList<>(List.of(repository + below));
            Arrays.stream(more).forEach(path -> paths.add(repository + path));
            RULES.put(repository + below, new Rule(kind, paths));
        }
    }

    private static final List<String> OUTSIDERS = Arrays.asList(null, "stranger-token", QueryService.ADMIN);
    private static final List<String> READERS = List.of("reader-token", "mia-token");
    private static final List<String> PUSHERS = List.of("pusher-token", "boss-token");

    private static QueryService service;
    /** The id of what happened last to an issue. */
    private static long happened;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "boss"),
                        EventFixtures.registered(2, "mia"),
                        EventFixtures.registered(3, "reader"),
                        EventFixtures.registered(4, "pusher"),
                        EventFixtures.registered(5, "stranger"),
                        EventFixtures.organization(50, "acme"),
                        EventFixtures.member(50, 1, OrganizationRole.ADMIN),
                        EventFixtures.member(50, 2, OrganizationRole.MEMBER),
                        EventFixtures.created(10, 50, "acme", "was-public"),
                        EventFixtures.issue(10, 1, 5, "SECRET issue"),
                        EventFixtures.pull(10, 1, 5, "SECRET pull"),
                        EventFixtures.merged(10, 1, 1),
                        EventFixtures.label(10, 6001, "bug"),
                        EventFixtures.labelled(10, 1, 6001),
                        EventFixtures.assigned(10, 1, 2),
                        EventFixtures.milestone(10, 1, "SECRET milestone"),
                        EventFixtures.milestoned(10, 1, 1),
                        EventFixtures.commented(10, 1, 7001, 5, "SECRET comment"),
                        EventFixtures.reviewed(10, 1, 7002, 5, "SECRET review"),
                        EventFixtures.renamed(10, "acme", "was-public", "SECRET"),
                        EventFixtures.collaborator(10, 3, Permission.READ),
                        EventFixtures.collaborator(10, 4, Permission.WRITE),
                        EventFixtures.madePrivate(10, true));
        for (long account = 1; account <= 5; account++) {
            service.log().append(EventFixtures.starred(account, 10), EventFixtures.watched(account, 10));
        }
        long id = 1;
        for (String login : List.of("boss", "mia", "reader", "pusher", "stranger")) {
            service.log().token(id++, login, login + "-token");
        }
        service.await();
        happened = service.get("/repos/acme/SECRET/issues/events", "boss-token")
                .json()
                .get(0)
                .path("id")
                .asLong();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Every route of a read, but for operators' pages. */
    static List<String> routes() {
        return service
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(info -> info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .flatMap(info -> info.getPatternValues().stream())
                .filter(pattern -> !pattern.startsWith("/console"))
                .sorted()
                .toList();
    }

    @Test
    void everyRouteHasARuleAndEveryRuleARoute() {
        assertThat(new TreeSet<>(routes())).isEqualTo(RULES.keySet());
    }

    private static Stream<String> paths(Kind... kinds) {
        return RULES.entrySet().stream()
                .filter(rule -> Arrays.asList(kinds).contains(rule.getValue().kind()))
                .flatMap(rule ->
                        rule.getValue().paths().isEmpty() ? Stream.of(rule.getKey()) : rule.getValue().paths().stream())
                .map(path -> path.replace("{event_id}", String.valueOf(happened))
                        .replace("{owner}", "acme")
                        .replace("{repo}", "SECRET")
                        .replace("{repository_id}", "10")
                        .replace("{username}", "mia")
                        .replace("{assignee}", "mia")
                        .replace("{name}", "bug")
                        .replaceAll("/issues/comments/\\{[^/]+}", "/issues/comments/7001")
                        .replaceAll("/pulls/comments/\\{[^/]+}", "/pulls/comments/7002")
                        .replaceAll("\\{\\w+}", "1"));
    }

    static Stream<String> pathsInside() {
        return paths(Kind.INSIDE, Kind.PUSH, Kind.ADMIN);
    }

    @ParameterizedTest
    @MethodSource("pathsInside")
    void insideItIsNotFoundForThoseOutside(String path) {
        for (String token : OUTSIDERS) {
            Answer answer = service.get(path, token);
            Answer unknown = service.get(
                    path.replace("SECRET", "never-was").replace("repositories/10", "repositories/4711"), token);
            boolean own = path.startsWith("/user/") || path.endsWith("/subscription");
            if (own && !"stranger-token".equals(token)) {
                assertThat(answer.status()).isIn(401, 403);
            } else {
                assertThat(answer.status()).as(path + " " + token).isEqualTo(404);
            }
            assertThat(answer.text()).isEqualTo(unknown.text()).doesNotContain("SECRET");
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.header("X-Forgelog-Cost")).isEmpty();
            Answer former = service.get(path.replace("SECRET", "was-public"), token);
            assertThat(former.text()).isEqualTo(answer.text());
        }
    }

    @ParameterizedTest
    @MethodSource("pathsInside")
    void insideItIsThereForThoseWithRights(String path) {
        boolean admin = paths(Kind.ADMIN).anyMatch(path::equals);
        for (String token : PUSHERS) {
            assertThat(service.get(path, token).status())
                    .as(path + " " + token)
                    .isIn(admin && token.equals("pusher-token") ? List.of(403) : List.of(200, 204));
        }
        boolean push = paths(Kind.PUSH, Kind.ADMIN).anyMatch(path::equals);
        for (String token : READERS) {
            boolean ownLevel = path.endsWith("/mia/permission") && token.equals("mia-token");
            assertThat(service.get(path, token).status())
                    .as(path + " " + token)
                    .isIn(push && !ownLevel ? List.of(403) : List.of(200, 204));
        }
    }

    static Stream<String> lists() {
        return paths(Kind.LIST);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListShowsItToThoseWithRightsAlone(String path) {
        for (String token : OUTSIDERS) {
            Answer answer = service.get(path, token);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain("SECRET");
        }
        Stream.concat(READERS.stream(), PUSHERS.stream())
                .forEach(token -> assertThat(service.get(path, token).text())
                        .as(path + " " + token)
                        .contains("SECRET"));
    }

    static Stream<String> ownAndApart() {
        return paths(Kind.OWN, Kind.APART);
    }

    @ParameterizedTest
    @MethodSource("ownAndApart")
    void nothingElseShowsItToThoseOutside(String path) {
        for (String token : OUTSIDERS) {
            Answer answer = service.get(path, token);
            assertThat(answer.status()).isNotEqualTo(500);
            assertThat(answer.text()).doesNotContain("SECRET").doesNotContain("private_repos\":1");
        }
    }

    static Stream<String> ofOperators() {
        return paths(Kind.OPERATOR);
    }

    @ParameterizedTest
    @MethodSource("ofOperators")
    void whatIsForOperatorsIsForNobodyElse(String path) {
        for (String token : List.of("stranger-token", "boss-token")) {
            assertThat(service.get(path, token).status()).isIn(401, 403, 404);
        }
        assertThat(service.get(path).status()).isIn(401, 403, 404);
    }
}
