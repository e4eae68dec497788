package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Forks, where they come from, how many there are, and who may know. */
class ForksTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "octocat"),
                        EventFixtures.registered(2, "torvalds"),
                        EventFixtures.registered(3, "gosling"),
                        EventFixtures.registered(4, "hidden"),
                        EventFixtures.created(10, 1, "octocat", "hello"),
                        EventFixtures.forked(20, 2, "torvalds", "hello", 10, 10),
                        EventFixtures.forked(30, 3, "gosling", "hello", 20, 10),
                        EventFixtures.forked(40, 4, "hidden", "SECRET", 10, 10, true),
                        EventFixtures.forked(50, 1, "octocat", "own", 10, 10),
                        EventFixtures.starred(3, 20),
                        EventFixtures.pullFrom(10, 1, 2, 20, "from a fork"),
                        EventFixtures.pullFrom(10, 2, 4, 40, "from a private fork"),
                        EventFixtures.pull(10, 3, 1, "from here"));
        service.log().token(1, "octocat", "octo-token");
        service.log().token(4, "hidden", "hidden-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> names(String path, String token) {
        var answer = service.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(fork -> fork.path("full_name").asString())
                .toList();
    }

    @Test
    void forksAreListedInTheirOrders() {
        String forks = "/repos/octocat/hello/forks";
        assertThat(names(forks, null)).containsExactly("octocat/own", "torvalds/hello");
        assertThat(names(forks + "?sort=oldest", null)).containsExactly("torvalds/hello", "octocat/own");
        for (String sort : List.of("stargazers", "watchers")) {
            assertThat(names(forks + "?sort=" + sort, null)).containsExactly("torvalds/hello", "octocat/own");
        }
        assertThat(names("/repos/torvalds/hello/forks", null)).containsExactly("gosling/hello");
        assertThat(names("/repos/gosling/hello/forks", null)).isEmpty();
        assertThat(service.get(forks + "?sort=odd").status()).isEqualTo(422);
        assertThat(service.get(forks).json().valueStream()).allSatisfy(fork -> {
            assertThat(fork.path("fork").asBoolean()).isTrue();
            assertThat(fork.has("parent")).isFalse();
        });
        assertThat(service.get(forks).rounds()).isEqualTo(1);
    }

    @Test
    void aForkTellsWhereItComesFrom() {
        JsonNode fork = service.get("/repos/gosling/hello").json();
        assertThat(fork.path("fork").asBoolean()).isTrue();
        assertThat(fork.path("parent").path("full_name").asString()).isEqualTo("torvalds/hello");
        assertThat(fork.path("parent").path("fork").asBoolean()).isTrue();
        assertThat(fork.path("source").path("full_name").asString()).isEqualTo("octocat/hello");
        assertThat(fork.path("source").path("fork").asBoolean(true)).isFalse();
        assertThat(service.get("/repos/octocat/hello").json().has("parent")).isFalse();
        assertThat(service.get("/repos/gosling/hello").rounds()).isZero();
    }

    @Test
    void forksAreCountedWithTheirParentAndInTheirNetworkAndPrivateOnesNowhere() {
        for (String token : new String[] {null, "octo-token", "hidden-token"}) {
            JsonNode source = service.get("/repos/octocat/hello", token).json();
            assertThat(source.path("forks_count").asLong()).isEqualTo(2);
            assertThat(source.path("forks").asLong()).isEqualTo(2);
            assertThat(source.path("network_count").asLong()).isEqualTo(3);
        }
        JsonNode between = service.get("/repos/torvalds/hello").json();
        assertThat(between.path("forks_count").asLong()).isEqualTo(1);
        assertThat(between.path("network_count").asLong()).isEqualTo(3);
        assertThat(service.get("/users/octocat/repos?sort=created")
                        .json()
                        .at("/1/forks_count")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void aPrivateForkIsItsOwnersAlone() {
        for (String token : new String[] {null, "octo-token"}) {
            Stream.of("", "?sort=oldest", "?sort=stargazers")
                    .forEach(sort -> assertThat(service.get("/repos/octocat/hello/forks" + sort, token)
                                    .text())
                            .doesNotContain("SECRET"));
            JsonNode pull = service.get("/repos/octocat/hello/pulls/2", token).json();
            assertThat(pull.path("head").path("repo").isNull()).isTrue();
            assertThat(service.get("/repos/octocat/hello/pulls", token).text()).doesNotContain("SECRET");
            assertThat(service.get("/users/hidden/managed", token).text()).doesNotContain("SECRET");
        }
        assertThat(names("/repos/octocat/hello/forks", "hidden-token")).contains("hidden/SECRET");
        assertThat(service.get("/repos/octocat/hello/pulls/2", "hidden-token")
                        .json()
                        .at("/head/repo/full_name")
                        .asString())
                .isEqualTo("hidden/SECRET");
    }

    @Test
    void aPullRequestShowsTheForkItComesFrom() {
        JsonNode pull = service.get("/repos/octocat/hello/pulls/1").json();
        assertThat(pull.at("/head/repo/full_name").asString()).isEqualTo("torvalds/hello");
        assertThat(pull.at("/head/repo/fork").asBoolean()).isTrue();
        assertThat(pull.at("/base/repo/full_name").asString()).isEqualTo("octocat/hello");
        assertThat(service.get("/repos/octocat/hello/pulls/1").rounds()).isZero();
        assertThat(service.get("/repos/octocat/hello/pulls").rounds()).isEqualTo(1);
        assertThat(service.get("/repos/octocat/hello/pulls/3")
                        .json()
                        .at("/head/repo/full_name")
                        .asString())
                .isEqualTo("octocat/hello");
        assertThat(service.get("/users/torvalds/managed")
                        .json()
                        .at("/0/head/repo/full_name")
                        .asString())
                .isEqualTo("torvalds/hello");
    }

    @Test
    void countsAndListsFollowWhenForksComeAndGo() {
        service.log()
                .append(
                        EventFixtures.created(60, 1, "octocat", "busy"),
                        EventFixtures.forked(61, 2, "torvalds", "busy", 60, 60),
                        EventFixtures.forked(62, 3, "gosling", "busy", 60, 60));
        service.await();
        assertThat(count("busy")).isEqualTo(2);
        service.log().append(EventFixtures.madePrivate(61, true));
        service.await();
        assertThat(count("busy")).isEqualTo(1);
        assertThat(names("/repos/octocat/busy/forks", null)).containsExactly("gosling/busy");
        service.log().append(EventFixtures.madePrivate(61, false), EventFixtures.deleted(62, 3, "gosling", "busy"));
        service.await();
        assertThat(count("busy")).isEqualTo(1);
        assertThat(names("/repos/octocat/busy/forks", null)).containsExactly("torvalds/busy");
        service.log().append(EventFixtures.deleted(60, 1, "octocat", "busy"));
        service.await();
        JsonNode orphan = service.get("/repos/torvalds/busy").json();
        assertThat(orphan.path("fork").asBoolean()).isTrue();
        assertThat(orphan.has("parent")).isFalse();
        assertThat(service.get("/repos/octocat/busy/forks").status()).isEqualTo(404);
    }

    private static long count(String name) {
        return service.get("/repos/octocat/" + name).json().path("forks_count").asLong();
    }
}
