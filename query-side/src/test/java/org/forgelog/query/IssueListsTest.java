package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists of issues and pull requests by label, assignee and everything else they can be asked for by. */
class IssueListsTest {

    private static final String ISSUES = "/repos/octocat/hello/issues";
    private static final String PULLS = "/repos/octocat/hello/pulls";
    private static final int[] SIZES = {0, 1, 30, 31, 1_100};

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.registered(2, "torvalds"),
                EventFixtures.registered(3, "gosling"),
                EventFixtures.created(10, 1, "octocat", "hello"),
                EventFixtures.created(11, 1, "octocat", "SECRET", true),
                EventFixtures.created(12, 2, "torvalds", "linux"),
                EventFixtures.label(10, 70, "bug"),
                EventFixtures.label(10, 71, "area/core"),
                EventFixtures.label(12, 72, "bug"),
                EventFixtures.issue(10, 1, 2, "one", "as @Octocat said"),
                EventFixtures.issue(10, 2, 1, "two", "@octocat-fan has nothing to do with it"),
                EventFixtures.issue(10, 3, 2, "three"),
                EventFixtures.issue(10, 4, 1, "four"),
                EventFixtures.labelled(10, 1, 70),
                EventFixtures.labelled(10, 2, 70, 71),
                EventFixtures.labelled(10, 3, 71, 70),
                EventFixtures.milestone(10, 3, "v3"),
                EventFixtures.milestone(10, 4, "v4"),
                EventFixtures.milestoned(10, 1, 3),
                EventFixtures.milestoned(10, 3, 3),
                EventFixtures.milestoned(10, 4, 4),
                EventFixtures.milestoneDeleted(10, 4),
                EventFixtures.assigned(10, 2, 1),
                EventFixtures.assigned(10, 3, 1, 2),
                EventFixtures.closed(10, 3, 1),
                EventFixtures.commented(10, 1, 9_001, 1, "a"),
                EventFixtures.commented(10, 1, 9_002, 1, "b"),
                EventFixtures.commented(10, 4, 9_003, 1, "c"),
                EventFixtures.issue(11, 1, 1, "SECRET issue"),
                EventFixtures.label(11, 73, "SECRET"),
                EventFixtures.labelled(11, 1, 73),
                EventFixtures.assigned(11, 1, 1, 2),
                EventFixtures.issue(12, 1, 1, "kernel"),
                EventFixtures.labelled(12, 1, 72),
                EventFixtures.assigned(12, 1, 2),
                EventFixtures.pull(10, 1, 2, "pull"),
                EventFixtures.pullLabelled(10, 1, 70),
                EventFixtures.pullAssigned(10, 1, 1)));
        for (int i = 0; i < SIZES.length; i++) {
            manyOf(events, i, SIZES[i]);
        }
        service.log().appendAll(events);
        service.log().token(1, "octocat", "octo-token");
        service.log().token(2, "torvalds", "linus-token");
        service.log().token(3, "gosling", "james-token");
        for (int i = 0; i < SIZES.length; i++) {
            service.log().token(1_000 + i, "worker-" + i, "worker-token-" + i);
        }
        service.await();
    }

    /** A repository with so many issues with a label and an assignee, some of 60 KB. */
    private static void manyOf(List<DomainEvent> events, int index, int size) {
        long repository = 1_000 + index;
        events.add(EventFixtures.registered(repository, "worker-" + index));
        events.add(EventFixtures.created(repository, 3, "gosling", "many-" + index));
        events.add(EventFixtures.label(repository, repository, "todo"));
        for (int n = 1; n <= size; n++) {
            events.add(EventFixtures.issue(repository, n, 3, "issue " + n, n % 50 == 0 ? "y".repeat(60_000) : "short"));
            events.add(EventFixtures.labelled(repository, n, repository));
            events.add(EventFixtures.assigned(repository, n, repository));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> titles(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().valueStream().map(e -> e.path("title").asString()).toList();
    }

    private static List<String> titles(String path) {
        return titles(service.get(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labels=bug | two one",
                "labels=BUG&state=all | three two one",
                "labels=bug&state=closed | three",
                "labels=bug&state=all&direction=asc | one two three",
                "labels=bug,area%2Fcore&state=all | three two",
                "labels=bug,%20area/core,&state=all | three two",
                "labels=bug,none-such |",
                "labels=none-such |",
                "labels=bug&sort=updated&state=all | one three two",
                "labels=bug&assignee=octocat | two",
                "labels=bug&assignee=none | one",
                "labels=bug&creator=torvalds&state=all | three one",
                "assignee=octocat | two",
                "assignee=OctoCat&state=all | three two",
                "assignee=octocat&state=all&sort=updated&direction=asc | two three",
                "assignee=torvalds&state=all&creator=torvalds | three",
                "assignee=gosling |",
                "assignee=none | four one",
                "assignee=* | two",
                "assignee=*&state=all | three two",
                "creator=torvalds&state=all | three one",
                "sort=comments | one four two",
                "sort=comments&direction=asc&state=all | two three four one",
                "sort=comments&labels=bug | one two",
                "milestone=none | four two",
                "milestone=* | one",
                "milestone=3 | one",
                "milestone=3&state=all | three one",
                "milestone=3&state=all&sort=updated&direction=asc | three one",
                "milestone=3&labels=area/core&state=all | three",
                "milestone=3&assignee=octocat&state=all | three",
                "mentioned=octocat | one",
                "state=closed&sort=updated | three"
            })
    void issuesAreListedByWhatIsAskedFor(String parameters, String expected) {
        List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(titles(ISSUES + "?" + parameters)).isEqualTo(wanted);
        assertThat(titles(ISSUES + "?" + parameters + "&per_page=1"))
                .isEqualTo(wanted.subList(0, Math.min(1, wanted.size())));
        List<String> walked = new ArrayList<>();
        Answer answer = service.get(ISSUES + "?" + parameters + "&per_page=1");
        while (true) {
            walked.addAll(titles(answer));
            if (answer.link("next").isEmpty()) {
                break;
            }
            answer = service.get(answer.link("next").get());
        }
        assertThat(walked).isEqualTo(wanted);
    }

    @Test
    void issuesOfAnOrganizationAreThoseInItsRepositoriesAlone() {
        service.log()
                .append(
                        EventFixtures.organization(50, "acme"),
                        EventFixtures.registered(51, "wile"),
                        EventFixtures.created(52, 50, "acme", "rocket"),
                        EventFixtures.created(53, 51, "wile", "own"),
                        EventFixtures.created(54, 50, "acme", "SECRET", true),
                        EventFixtures.issue(52, 1, 51, "assigned"),
                        EventFixtures.assigned(52, 1, 51),
                        EventFixtures.issue(52, 2, 2, "of somebody else"),
                        EventFixtures.issue(53, 1, 51, "elsewhere"),
                        EventFixtures.assigned(53, 1, 51),
                        EventFixtures.issue(54, 1, 51, "hidden"),
                        EventFixtures.assigned(54, 1, 51));
        service.log().token(51, "wile", "wile-token");
        service.await();
        String path = "/orgs/acme/issues";
        assertThat(titles(service.get(path, "wile-token"))).containsExactly("assigned");
        assertThat(titles(service.get(path + "?filter=created", "wile-token"))).containsExactly("assigned");
        assertThat(titles(service.get(path + "?filter=repos", "wile-token")))
                .containsExactly("of somebody else", "assigned");
        assertThat(titles(service.get(path + "?filter=repos&type=none", "wile-token")))
                .hasSize(2);
        assertThat(titles(service.get(path + "?filter=repos&type=bug", "wile-token")))
                .isEmpty();
        assertThat(service.get(path).status()).isEqualTo(401);
        assertThat(service.get("/orgs/octocat/issues", "wile-token").status()).isEqualTo(404);
    }

    @Test
    void sinceTakesDatesAndOffsets() {
        for (String since : List.of(
                "2000-01-01", "2000-01-01T00:00:00", "2000-01-01T01:00:00%2B01:00", "2000-01-01T01:00:00+0100")) {
            assertThat(titles(ISSUES + "?state=all&since=" + since)).as(since).hasSize(4);
        }
        assertThat(titles(ISSUES + "?state=all&since=2200-01-01")).isEmpty();
        assertThat(service.get(ISSUES + "?since=yesterday").status()).isEqualTo(422);
    }

    @Test
    void whatConcernsTheCallerTellsItsRepository() {
        JsonNode issue = service.get("/issues", "octo-token").json().get(0);
        assertThat(issue.at("/repository/full_name").asString()).isEqualTo("octocat/SECRET");
        assertThat(issue.at("/repository/open_issues_count").asLong()).isPositive();
    }

    @Test
    void sinceIncludesItsInstantInBothOrders() {
        String updated = service.get(ISSUES + "/2").json().path("updated_at").asString();
        for (String sort : List.of("created", "updated")) {
            assertThat(titles(ISSUES + "?state=all&sort=" + sort + "&since=" + updated))
                    .as("a comment changes its issue")
                    .containsExactlyInAnyOrder("one", "two", "three", "four");
            assertThat(titles(ISSUES + "?labels=bug&sort=" + sort + "&since=" + updated))
                    .containsExactlyInAnyOrder("one", "two");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=odd",
                "sort=odd",
                "direction=odd",
                "since=odd",
                "creator=nobody-here",
                "assignee=nobody-here",
                "assignee=-",
                "milestone=odd",
                "milestone=2",
                "milestone=4",
                "mentioned=-",
                "cursor=odd",
                "page=5000"
            })
    void whatCannotBeAskedForIsRefusedWithItsField(String parameters) {
        Answer answer = service.get(ISSUES + "?" + parameters);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        JsonNode error = answer.json().path("errors").get(0);
        assertThat(error.path("field").asString()).isEqualTo(parameters.split("=")[0]);
        assertThat(error.path("code").asString()).isNotEmpty();
    }

    @Test
    void labelsOfAnyLengthAndKindNeverDoHarm() {
        for (String labels : List.of("%00", "x".repeat(3_000), ",", "%22", "%F0%9F%90%99", "%ED%A0%80")) {
            assertThat(service.get(ISSUES + "?labels=" + labels).status())
                    .as(labels)
                    .isIn(200, 400, 422);
        }
        assertThat(service.get(ISSUES + "?labels=" + "x,".repeat(101)).status()).isEqualTo(422);
    }

    @Test
    void pullRequestsAreListedByBranchesAndOrder() {
        assertThat(titles(PULLS + "?head=torvalds:fix-1&base=main")).containsExactly("pull");
        assertThat(titles(PULLS + "?head=octocat:fix-1")).isEmpty();
        assertThat(titles(PULLS + "?head=nobody-here:fix-1")).isEmpty();
        assertThat(titles(PULLS + "?head=-:fix-1")).isEmpty();
        for (String sort : List.of("updated", "popularity", "created")) {
            assertThat(titles(PULLS + "?sort=" + sort)).containsExactly("pull");
        }
        assertThat(service.get(PULLS + "?sort=long-running").status()).isEqualTo(200);
        assertThat(service.get(PULLS + "?sort=comments").status()).isEqualTo(422);
        assertThat(service.get(PULLS + "?head=torvalds:fix-1").rounds()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "octo-token | | SECRET_issue two",
                "octo-token | state=all | SECRET_issue three two",
                "octo-token | state=all&sort=updated | SECRET_issue three two",
                "octo-token | filter=created | kernel SECRET_issue four two",
                "octo-token | filter=created&sort=updated&direction=asc | two four SECRET_issue kernel",
                "octo-token | filter=repos | SECRET_issue four two one",
                "octo-token | filter=all | kernel SECRET_issue four two one",
                "octo-token | filter=all&labels=bug | kernel two one",
                "octo-token | filter=all&sort=comments | one four kernel SECRET_issue two",
                "octo-token | filter=mentioned | one",
                "octo-token | filter=subscribed&labels=secret | SECRET_issue",
                "linus-token | state=all | kernel three",
                "linus-token | filter=all | kernel one",
                "linus-token | filter=created&state=closed | three"
            })
    void issuesThatConcernTheCallerAreListedAcrossRepositories(String token, String parameters, String expected) {
        List<String> wanted =
                Stream.of(expected.split(" ")).map(t -> t.replace('_', ' ')).toList();
        for (String path : List.of("/issues", "/user/issues")) {
            String query = parameters == null ? "" : parameters;
            assertThat(titles(service.get(path + "?" + query, token))).isEqualTo(wanted);
            List<String> walked = new ArrayList<>();
            Answer answer = service.get(path + "?per_page=1&" + query, token);
            while (true) {
                walked.addAll(titles(answer));
                if (answer.link("next").isEmpty()) {
                    break;
                }
                answer = service.get(answer.link("next").get(), token);
            }
            assertThat(walked).isEqualTo(wanted);
        }
    }

    @Test
    void nobodyIsToldOfAPrivateRepositorysIssueTheyAreAssignedTo() {
        for (String filter : List.of("assigned", "created", "repos", "all", "mentioned", "subscribed")) {
            for (String sort : List.of("created", "updated", "comments")) {
                assertThat(service.get("/issues?state=all&filter=" + filter + "&sort=" + sort, "linus-token")
                                .text())
                        .doesNotContain("SECRET");
            }
        }
        assertThat(service.get("/issues").status()).isEqualTo(401);
        assertThat(service.get("/user/issues").status()).isEqualTo(401);
        assertThat(service.get("/issues?filter=odd", "octo-token").status()).isEqualTo(422);
        for (String filter : List.of("?labels=SECRET", "?assignee=octocat", "?assignee=nobody-here", "?labels=x")) {
            assertThat(service.get("/repos/octocat/SECRET/issues" + filter, "linus-token")
                            .text())
                    .isEqualTo(service.get("/repos/octocat/none/issues" + filter, "linus-token")
                            .text());
        }
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                        "/repos/gosling/many-%d/issues?labels=todo",
                        "/repos/gosling/many-%d/issues?labels=todo&sort=updated&state=all",
                        "/repos/gosling/many-%d/issues?assignee=worker-%<d",
                        "/repos/gosling/many-%d/issues?assignee=*&labels=todo&direction=asc",
                        "/repos/gosling/many-%d/issues?sort=comments",
                        "/issues?token=worker-token-%d",
                        "/issues?filter=all&sort=updated&token=worker-token-%d")
                .flatMap(path -> Stream.of(0, 1, 2, 3, 4).map(i -> Arguments.of(String.format(path, i), SIZES[i])));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListHasEachEntryOnceAndLinksOnlyWhereThereIsMore(String path, int size) {
        String token = path.contains("token=") ? path.replaceAll(".*token=", "") : null;
        Answer first = service.get(path, token);
        assertThat(titles(first)).hasSize(Math.min(30, size));
        assertThat(first.link("next").isPresent()).isEqualTo(size > 30);
        assertThat(first.link("prev")).isEmpty();
        Answer answer = service.get(path + "&per_page=100", token);
        List<String> all = new ArrayList<>(titles(answer));
        while (answer.link("next").isPresent()) {
            answer = service.get(answer.link("next").get(), token);
            all.addAll(titles(answer));
        }
        assertThat(all).hasSize(size);
        assertThat(new HashSet<>(all)).hasSize(size);
        assertThat(answer.json().valueStream())
                .allSatisfy(e -> assertThat(e.path("body").asString().length()).isIn(5, 60_000));
    }
}
