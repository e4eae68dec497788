package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.conversation.LockReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Labels, assignees, locks and topics as they are read over HTTP. */
class TriageReadsTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "octocat"),
                        EventFixtures.registered(2, "torvalds"),
                        EventFixtures.registered(3, "passing"),
                        EventFixtures.created(10, 1, "octocat", "hello"),
                        EventFixtures.topics(10, "java", "event-sourcing"),
                        EventFixtures.label(10, 70, "Bug"),
                        EventFixtures.label(10, 71, "area/core"),
                        EventFixtures.label(10, 72, "Über ~ 全部"),
                        EventFixtures.label(10, 73, "~tilde"),
                        EventFixtures.issue(10, 1, 2, "first"),
                        EventFixtures.labelled(10, 1, 72, 70, 71),
                        EventFixtures.assigned(10, 1, 2, 1, 3),
                        EventFixtures.locked(10, 1, LockReason.TOO_HEATED),
                        EventFixtures.accountDeleted(3, "passing"),
                        EventFixtures.issue(10, 2, 2, "second"),
                        EventFixtures.pull(10, 1, 2, "pull"),
                        EventFixtures.pullLabelled(10, 1, 71),
                        EventFixtures.pullAssigned(10, 1, 2),
                        EventFixtures.pullLocked(10, 1, null));
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(e -> e.path(field).asString()).toList();
    }

    private static List<String> labels(String path) {
        return texts(service.get(path).json().path("labels"), "name");
    }

    @Test
    void anIssueShowsLabelsAssigneesAndLockInTheOrderTheyCame() {
        JsonNode issue = service.get("/repos/octocat/hello/issues/1").json();
        assertThat(texts(issue.path("labels"), "name")).containsExactly("Über ~ 全部", "Bug", "area/core");
        assertThat(issue.at("/labels/2/url").asString())
                .isEqualTo(service.base() + "/repos/octocat/hello/labels/area%2Fcore");
        assertThat(issue.at("/labels/1/default").asBoolean()).isTrue();
        assertThat(issue.path("assignee").path("login").asString()).isEqualTo("torvalds");
        assertThat(texts(issue.path("assignees"), "login"))
                .as("nobody stands for an assignee who is gone")
                .containsExactly("torvalds", "octocat");
        assertThat(issue.path("locked").asBoolean()).isTrue();
        assertThat(issue.path("active_lock_reason").asString()).isEqualTo("too heated");
        JsonNode bare = service.get("/repos/octocat/hello/issues/2").json();
        assertThat(bare.path("labels").size()).isZero();
        assertThat(bare.path("assignee").isNull()).isTrue();
        assertThat(bare.path("locked").asBoolean(true)).isFalse();
        assertThat(bare.path("active_lock_reason").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/octocat/hello/issues?direction=asc",
                "/repos/octocat/hello/pulls",
                "/users/torvalds/managed",
                "/repos/octocat/hello/activity"
            })
    void listsShowThemToo(String path) {
        JsonNode json = service.get(path).json();
        List<JsonNode> entries =
                (json.isArray() ? json : json.path("entries")).valueStream().toList();
        assertThat(entries).anySatisfy(entry -> {
            assertThat(texts(entry.path("labels"), "name")).contains("area/core");
            assertThat(texts(entry.path("assignees"), "login")).contains("torvalds");
            assertThat(entry.path("locked").asBoolean()).isTrue();
        });
    }

    @Test
    void aPullRequestShowsThem() {
        JsonNode pull = service.get("/repos/octocat/hello/pulls/1").json();
        assertThat(texts(pull.path("labels"), "name")).containsExactly("area/core");
        assertThat(texts(pull.path("assignees"), "login")).containsExactly("torvalds");
        assertThat(pull.path("locked").asBoolean()).isTrue();
    }

    @Test
    void labelsAreListedByNameAndFoundByNameInAnyCase() {
        assertThat(texts(service.get("/repos/octocat/hello/labels").json(), "name"))
                .containsExactly("area/core", "Bug", "~tilde", "Über ~ 全部");
        for (String name : List.of("bug", "BUG", "Area%2FCore", "%C3%9Cber%20~%20%E5%85%A8%E9%83%A8", "~tilde")) {
            assertThat(service.get("/repos/octocat/hello/labels/" + name).status())
                    .as(name)
                    .isEqualTo(200);
        }
        assertThat(service.get("/repositories/10/labels/bug").json().path("id").asLong())
                .isEqualTo(70);
        for (String name : List.of("no", "%20", "x".repeat(51), "%E5%85%A8".repeat(300), "%00")) {
            assertThat(service.get("/repos/octocat/hello/labels/" + name).status())
                    .as(name)
                    .isIn(400, 404);
        }
    }

    @Test
    void labelsOfOneIssueOrPullRequestArePagedInTheirOrder() {
        String path = "/repos/octocat/hello/issues/1/labels";
        assertThat(texts(service.get(path).json(), "name")).containsExactly("Über ~ 全部", "Bug", "area/core");
        var first = service.get(path + "?per_page=2");
        assertThat(texts(first.json(), "name")).containsExactly("Über ~ 全部", "Bug");
        assertThat(first.link("prev")).isEmpty();
        var second = service.get(first.link("next").orElseThrow());
        assertThat(texts(second.json(), "name")).containsExactly("area/core");
        assertThat(second.link("next")).isEmpty();
        assertThat(service.get(second.link("prev").orElseThrow()).text()).isEqualTo(first.text());
        assertThat(texts(service.get(path + "?per_page=2&page=2").json(), "name"))
                .containsExactly("area/core");
        assertThat(service.get(path + "?page=9").text()).isEqualTo("[]");
        assertThat(texts(service.get("/repos/octocat/hello/pulls/1/labels").json(), "name"))
                .containsExactly("area/core");
        assertThat(service.get("/repos/octocat/hello/issues/2/labels").text()).isEqualTo("[]");
        assertThat(service.get("/repos/octocat/hello/issues/3/labels").status()).isEqualTo(404);
    }

    @Test
    void theOwnerCanBeAssigned() {
        assertThat(texts(service.get("/repos/octocat/hello/assignees").json(), "login"))
                .containsExactly("octocat");
        assertThat(service.get("/repos/octocat/hello/assignees/OCTOCAT").status())
                .isEqualTo(204);
        for (String login : List.of("torvalds", "nobody", "-", "passing")) {
            assertThat(service.get("/repos/octocat/hello/assignees/" + login).status())
                    .as(login)
                    .isEqualTo(404);
        }
    }

    @Test
    void topicsAreThereByThemselvesAndWithTheRepository() {
        assertThat(service.get("/repos/octocat/hello/topics").text())
                .isEqualTo("{\"names\":[\"java\",\"event-sourcing\"]}");
        assertThat(service.get("/repos/octocat/hello/topics?per_page=1&page=2").text())
                .isEqualTo("{\"names\":[\"event-sourcing\"]}");
        assertThat(service.get("/repos/octocat/hello").json().path("topics").size())
                .isEqualTo(2);
        assertThat(service.get("/users/octocat/repos").json().at("/0/topics").size())
                .isEqualTo(2);
    }

    @Test
    void aLabelThatIsRenamedOrDeletedShowsSoEverywhereAtOnce() {
        service.log()
                .append(
                        EventFixtures.created(20, 1, "octocat", "moving"),
                        EventFixtures.label(20, 80, "one"),
                        EventFixtures.label(20, 81, "two"),
                        EventFixtures.issue(20, 1, 1, "x"),
                        EventFixtures.labelled(20, 1, 80, 81));
        service.await();
        assertThat(labels("/repos/octocat/moving/issues/1")).containsExactly("one", "two");
        service.log().append(EventFixtures.labelEdited(20, 80, "one", "uno", "00ff00"));
        service.await();
        assertThat(labels("/repos/octocat/moving/issues/1")).containsExactly("uno", "two");
        assertThat(texts(service.get("/repos/octocat/moving/labels").json(), "color"))
                .containsExactly("ededed", "00ff00");
        assertThat(service.get("/repos/octocat/moving/labels/one").status()).isEqualTo(404);
        assertThat(service.get("/repos/octocat/moving/labels/uno").rounds()).isEqualTo(1);
        service.log().append(EventFixtures.labelDeleted(20, 80, "uno"), EventFixtures.label(20, 82, "UNO"));
        service.await();
        assertThat(labels("/repos/octocat/moving/issues/1")).containsExactly("two");
        assertThat(service.get("/repos/octocat/moving/labels/uno")
                        .json()
                        .path("id")
                        .asLong())
                .isEqualTo(82);
        assertThat(texts(service.get("/users/octocat/managed").json(), "title")).contains("x");
    }

    @Test
    void labelsBeyondTheFirstHundredCostOneRoundMore() {
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.created(30, 1, "octocat", "colourful"));
        LongStream.rangeClosed(1, 250).forEach(n -> events.add(EventFixtures.label(30, 9_000 + n, "label " + n)));
        events.add(EventFixtures.issue(30, 1, 1, "x"));
        events.add(EventFixtures.labelled(
                30, 1, LongStream.rangeClosed(1, 100).map(n -> 9_250 - n).toArray()));
        events.add(EventFixtures.issue(30, 2, 1, "y"));
        events.add(EventFixtures.labelled(30, 2, 9_001));
        service.log().append(events);
        service.await();
        var many = service.get("/repos/octocat/colourful/issues/1");
        assertThat(many.json().path("labels").size()).isEqualTo(100);
        assertThat(many.rounds()).isEqualTo(2);
        assertThat(service.get("/repos/octocat/colourful/issues/2").rounds()).isEqualTo(1);
        var page = service.get("/repos/octocat/colourful/issues/1/labels?per_page=100");
        assertThat(page.json().size()).isEqualTo(100);
        assertThat(page.link("next")).isEmpty();
    }
}
