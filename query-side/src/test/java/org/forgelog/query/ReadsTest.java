package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each read over HTTP, at a small forge: two users, a public and a private repository. */
class ReadsTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start("forgelog.settle-delay=200ms");
        service.log()
                .append(
                        EventFixtures.registered(1, "Octocat"),
                        EventFixtures.registered(2, "torvalds"),
                        EventFixtures.created(10, 1, "Octocat", "Hello-World"),
                        EventFixtures.created(11, 1, "Octocat", "secret", true),
                        EventFixtures.issue(10, 1, 2, "first"),
                        EventFixtures.issue(10, 2, 1, "second"),
                        EventFixtures.closed(10, 1, 1),
                        EventFixtures.pull(10, 1, 2, "a pull"),
                        EventFixtures.issue(11, 1, 1, "hidden"),
                        EventFixtures.starred(2, 10),
                        EventFixtures.starred(1, 11));
        service.log().token(1, "Octocat", "octo-token");
        service.log().token(2, "torvalds", "linus-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anAccountIsFoundByLoginInAnyCaseAndById() {
        var answer = service.get("/users/OCTOCAT");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("login").asString()).isEqualTo("Octocat");
        assertThat(answer.json().path("public_repos").asLong()).isEqualTo(1);
        assertThat(answer.json().has("owned_private_repos")).isFalse();
        assertThat(service.get("/user/1").json().path("login").asString()).isEqualTo("Octocat");
        assertThat(service.get("/user", "octo-token")
                        .json()
                        .path("owned_private_repos")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void aSiteAdministratorIsShownAsOne() {
        service.log()
                .append(
                        EventFixtures.registered(9, "root"),
                        EventFixtures.created(19, 9, "root", "own"),
                        EventFixtures.issue(19, 9, 9, "by root"),
                        EventFixtures.promoted(9));
        service.await();
        assertThat(service.get("/users/root").json().path("site_admin").asBoolean())
                .isTrue();
        assertThat(service.get("/users/torvalds").json().path("site_admin").asBoolean())
                .isFalse();
        assertThat(service.get("/repos/root/own/issues/9")
                        .json()
                        .path("user")
                        .path("site_admin")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRepositoryIsFoundByNameInAnyCaseAndById() {
        for (String path : new String[] {"/repos/octocat/hello-world", "/repositories/10"}) {
            var answer = service.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("full_name").asString()).isEqualTo("Octocat/Hello-World");
            assertThat(answer.json().path("open_issues_count").asLong()).isEqualTo(2);
            assertThat(answer.json().path("open_pulls_count").asLong()).isEqualTo(1);
            assertThat(answer.json().path("stargazers_count").asLong()).isEqualTo(1);
        }
    }

    @Test
    void anIssueAndAPullRequestAreFoundByTheirOwnNumbers() {
        var issue = service.get("/repos/Octocat/Hello-World/issues/1").json();
        assertThat(issue.path("title").asString()).isEqualTo("first");
        assertThat(issue.path("state").asString()).isEqualTo("closed");
        assertThat(issue.path("closed_by").path("login").asString()).isEqualTo("Octocat");
        assertThat(issue.path("user").path("login").asString()).isEqualTo("torvalds");
        var pull = service.get("/repos/Octocat/Hello-World/pulls/1").json();
        assertThat(pull.path("title").asString()).isEqualTo("a pull");
        assertThat(pull.path("merged").asBoolean(true)).isFalse();
        assertThat(service.get("/repos/Octocat/Hello-World/pulls/1/merge").status())
                .isEqualTo(404);
        for (String number : new String[] {"0", "-1", "3", "9223372036854775808", "x", "1%2F2"}) {
            assertThat(service.get("/repos/Octocat/Hello-World/issues/" + number)
                            .status())
                    .as(number)
                    .isEqualTo(404);
        }
    }

    @Test
    void whatSomebodyOwnsOpenedAndStarredIsListed() {
        var owned = service.get("/users/octocat/owned");
        assertThat(owned.json().path("account").path("login").asString()).isEqualTo("Octocat");
        assertThat(owned.json().path("repositories").size()).isEqualTo(1);
        assertThat(service.get("/users/octocat/owned", "octo-token")
                        .json()
                        .path("repositories")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("secret");
        assertThat(service.get("/user/repos", "octo-token").json().size()).isEqualTo(2);
        assertThat(service.get("/user/repos?visibility=private", "octo-token")
                        .json()
                        .size())
                .isEqualTo(1);

        var managed = service.get("/users/torvalds/managed").json();
        assertThat(managed.get(0).path("type").asString()).isEqualTo("pull_request");
        assertThat(managed.get(1).path("type").asString()).isEqualTo("issue");
        assertThat(service.get("/users/torvalds/managed?state=closed").json().size())
                .isEqualTo(1);

        var activity = service.get("/repos/octocat/hello-world/activity").json();
        assertThat(activity.path("repository").path("name").asString()).isEqualTo("Hello-World");
        assertThat(activity.path("entries").valueStream().map(e -> e.path("title")
                        .asString()))
                .containsExactly("a pull", "second", "first");

        assertThat(service.get("/users/torvalds/starred").json().size()).isEqualTo(1);
        assertThat(service.get("/users/octocat/starred").json().size()).isZero();
        assertThat(service.get("/user/starred", "octo-token").json().size()).isEqualTo(1);
        assertThat(service.get("/user/starred/octocat/hello-world", "linus-token")
                        .status())
                .isEqualTo(204);
        assertThat(service.get("/user/starred/octocat/hello-world", "octo-token")
                        .status())
                .isEqualTo(404);
        var dated = service.get(
                "/repos/octocat/hello-world/stargazers", null, "Accept", "application/vnd.github.v3.star+json");
        assertThat(dated.json().get(0).path("user").path("login").asString()).isEqualTo("torvalds");
        assertThat(dated.json().get(0).has("starred_at")).isTrue();
    }

    @Test
    void listsTakeStateOrderAndBranches() {
        String issues = "/repos/octocat/hello-world/issues";
        assertThat(titles(issues)).containsExactly("second");
        assertThat(titles(issues + "?state=closed")).containsExactly("first");
        assertThat(titles(issues + "?state=all")).containsExactly("second", "first");
        assertThat(titles(issues + "?state=all&direction=asc")).containsExactly("first", "second");
        assertThat(titles(issues + "?state=all&sort=updated")).containsExactly("first", "second");
        assertThat(titles(issues + "?state=all&creator=torvalds")).containsExactly("first");
        assertThat(titles(issues + "?labels=bug")).isEmpty();
        String pulls = "/repos/octocat/hello-world/pulls";
        assertThat(titles(pulls + "?head=torvalds:fix-1&base=main")).containsExactly("a pull");
        assertThat(titles(pulls + "?head=octocat:fix-1")).isEmpty();
        assertThat(titles(pulls + "?base=other")).isEmpty();
        for (String bad : new String[] {"?state=odd", "?sort=odd", "?direction=odd", "?creator=nobody", "?since=odd"}) {
            assertThat(service.get(issues + bad).status()).as(bad).isEqualTo(422);
        }
    }

    private static java.util.List<String> titles(String path) {
        return service.get(path)
                .json()
                .valueStream()
                .map(e -> e.path("title").asString())
                .toList();
    }

    @Test
    void unknownRoutesAndNamesAreJson404() {
        for (String path : new String[] {
            "/nowhere",
            "/repos/octocat",
            "/repos/octocat/none",
            "/repos/oct%23ocat/hello-world",
            "/repos/octocat/hello-world/nothing",
            "/users/n%2Fo",
            "/users/nobody",
            "/users/nobody/repos",
            "/user/77",
            "/repositories/77",
            "/repositories/x"
        }) {
            var answer = service.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().path("message").asString()).isEqualTo("Not Found");
        }
        assertThat(service.get("/user").status()).isEqualTo(401);
        assertThat(service.get("/user/starred/octocat/hello-world").status()).isEqualTo(401);
    }

    @Test
    void issuesThatAreSwitchedOffAreGoneButPullRequestsStay() {
        service.log()
                .append(
                        EventFixtures.created(12, 1, "Octocat", "no-issues"),
                        EventFixtures.issue(12, 1, 1, "an issue"),
                        EventFixtures.pull(12, 1, 1, "a pull"),
                        EventFixtures.issuesSwitchedOff(12));
        service.await();
        assertThat(service.get("/repos/octocat/no-issues/issues").status()).isEqualTo(410);
        assertThat(service.get("/repos/octocat/no-issues/issues/1").status()).isEqualTo(410);
        assertThat(service.get("/repos/octocat/no-issues/pulls/1").status()).isEqualTo(200);
        service.log().append(EventFixtures.deleted(12, 1, "Octocat", "no-issues"));
        service.await();
    }

    @Test
    void headWorksWhereGetDoes() {
        var head = service.send("HEAD", "/repos/octocat/hello-world", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("ETag"))
                .isEqualTo(service.get("/repos/octocat/hello-world").header("ETag"));
    }

    /** The date of an answer, once it has one. */
    private static String dated(String path, String token) throws InterruptedException {
        AtomicReference<Optional<String>> date = new AtomicReference<>(Optional.empty());
        until(() -> {
            date.set(service.get(path, token).header("Last-Modified"));
            return date.get().isPresent();
        });
        return date.get().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/octocat/hello-world",
                "/repos/octocat/hello-world/issues/1",
                "/repos/octocat/hello-world/pulls/1",
                "/users/octocat",
                "/user"
            })
    void whatHasTheDateThatTheClientKnowsIsNotSentAgain(String path) throws InterruptedException {
        String date = dated(path, "octo-token");
        var known = service.get(path, "octo-token", "If-Modified-Since", date);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.text()).isEmpty();
        assertThat(known.header("Last-Modified")).hasValue(date);
        assertThat(known.header("ETag")).isPresent();
        for (String other : new String[] {"Fri, 01 Jan 2100 00:00:00 GMT", "yesterday"}) {
            assertThat(service.get(path, "octo-token", "If-Modified-Since", other)
                            .status())
                    .as(other + " was never the date of this answer")
                    .isEqualTo(200);
        }
        assertThat(service.get(path, "octo-token", "If-Modified-Since", date, "If-None-Match", "\"other\"")
                        .status())
                .as("a tag counts alone")
                .isEqualTo(200);
    }

    /** A change that shows in an answer; each has a repository and people of its own, numbered alike. */
    private record Dated(String path, DomainEvent change) {}

    private static List<Dated> changes() {
        String issue = "/repos/grace/dated-%d/issues/1";
        return List.of(
                new Dated(issue, EventFixtures.edited(50, 1, "another title", null)),
                new Dated(issue, EventFixtures.commented(51, 1, 2001, 4, "a derived count")),
                new Dated(issue, EventFixtures.renamed(32, "author-2", "lovelace")),
                new Dated(issue, EventFixtures.labelEdited(53, 73, "bug", "defect", "ff0000")),
                new Dated(issue, EventFixtures.labelDeleted(54, 74, "bug")),
                new Dated("/repos/grace/dated-%d", EventFixtures.starred(35, 55)),
                new Dated("/repos/grace/dated-%d", EventFixtures.forked(66, 36, "author-6", "fork", 56, 56)),
                new Dated("/users/author-%d", EventFixtures.created(67, 37, "author-7", "counted")),
                new Dated(issue, EventFixtures.collaborator(58, 38, Permission.READ)));
    }

    @Test
    void aDateIsNeverThatOfAnAnswerBeforeAChange() throws InterruptedException {
        service.log().append(EventFixtures.registered(4, "grace"));
        List<Dated> changes = changes();
        for (int i = 0; i < changes.size(); i++) {
            service.log()
                    .append(
                            EventFixtures.registered(30 + i, "author-" + i),
                            EventFixtures.created(50 + i, 4, "grace", "dated-" + i),
                            EventFixtures.issue(50 + i, 1, 30 + i, "an issue"),
                            EventFixtures.label(50 + i, 70 + i, "bug"),
                            EventFixtures.labelled(50 + i, 1, 70 + i));
        }
        service.await();
        List<String> dates = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String path = changes.get(i).path().formatted(i);
            dates.add(dated(path, "octo-token"));
            bodies.add(service.get(path, "octo-token").text());
        }
        for (Dated dated : changes) {
            service.log().append(dated.change());
        }
        service.await();
        for (int i = 0; i < changes.size(); i++) {
            String path = changes.get(i).path().formatted(i);
            String before = bodies.get(i);
            until(() -> !service.get(path, "octo-token").text().equals(before));
            assertThat(service.get(path, "octo-token", "If-Modified-Since", dates.get(i))
                            .status())
                    .as(changes.get(i).change().toString())
                    .isEqualTo(200);
        }
        for (int i = 0; i < changes.size(); i++) {
            assertThat(dated(changes.get(i).path().formatted(i), "octo-token"))
                    .as(changes.get(i).change().toString())
                    .isNotEqualTo(dates.get(i));
        }
    }

    @Test
    void aListHasNoDate() throws InterruptedException {
        dated("/repos/octocat/hello-world", null);
        assertThat(service.get("/repos/octocat/hello-world/issues").header("Last-Modified"))
                .isEmpty();
    }

    @Test
    void theServiceSaysWhatItIs() {
        assertThat(service.get("/").json().has("repository_url")).isTrue();
        assertThat(service.get("/meta").status()).isEqualTo(200);
        assertThat(service.get("/versions").json().get(0).asString()).isEqualTo("2022-11-28");
        assertThat(service.get("/rate_limit").json().path("rate").path("limit").asLong())
                .isPositive();
        assertThat(service.get("/actuator/health/readiness")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }
}
