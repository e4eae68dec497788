package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names that changed hands, although this node remembers who had them. */
class NamesTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aSuccessorUnderTheSameNameInheritsNothing() {
        service.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.created(10, 1, "owner", "repo"),
                        EventFixtures.issue(10, 1, 1, "old issue"),
                        EventFixtures.starred(1, 10));
        service.await();
        assertThat(service.get("/repos/owner/repo/issues").json().size()).isEqualTo(1);
        service.log().append(EventFixtures.deleted(10, 1, "owner", "repo"));
        service.await();
        assertThat(service.get("/repos/owner/repo").status()).isEqualTo(404);
        assertThat(service.get("/repositories/10").status()).isEqualTo(404);
        assertThat(service.get("/repositories/10/issues/1").status()).isEqualTo(404);
        assertThat(service.get("/users/owner/managed").json().size()).isZero();
        assertThat(service.get("/users/owner/starred").json().size()).isZero();
        assertThat(service.get("/users/owner").json().path("public_repos").asLong())
                .isZero();
        service.log().append(EventFixtures.created(11, 1, "owner", "repo"));
        service.await();
        assertThat(service.get("/repos/owner/repo")
                        .json()
                        .path("stargazers_count")
                        .asLong())
                .isZero();
        assertThat(service.get("/repos/owner/repo/issues?state=all").json().size())
                .isZero();
        assertThat(service.get("/repos/owner/repo/issues/1").status()).isEqualTo(404);
    }

    @Test
    void aRenamedRepositoryIsFoundByBothNames() {
        service.log()
                .append(
                        EventFixtures.registered(2, "renamer"),
                        EventFixtures.created(20, 2, "renamer", "before"),
                        EventFixtures.issue(20, 1, 2, "an issue"));
        service.await();
        assertThat(service.get("/repos/renamer/before/issues/1").status()).isEqualTo(200);
        service.log().append(EventFixtures.renamed(20, "renamer", "before", "after"));
        service.await();
        for (int i = 0; i < 2; i++) {
            var moved = service.get("/repos/renamer/before/issues/1");
            assertThat(moved.status()).isEqualTo(301);
            var found = service.get(moved.header("Location").orElseThrow());
            assertThat(found.json().path("url").asString()).endsWith("/repos/renamer/after/issues/1");
        }
        assertThat(service.get("/repos/renamer/after").status()).isEqualTo(200);
    }

    @Test
    void whatNoKeyCanBeLongEnoughForIsNotThere() {
        service.log().append(EventFixtures.registered(90, "patient"), EventFixtures.created(91, 90, "patient", "repo"));
        service.log().token(90, "patient", "patient-token");
        service.await();
        String name = "x".repeat(2_100);
        for (String path : List.of(
                "/users/" + name,
                "/orgs/" + name,
                "/repos/" + name + "/repo",
                "/repos/patient/" + name + "/issues/1",
                "/repos/patient/repo/labels/" + name,
                "/repos/patient/repo/assignees/" + name,
                "/repos/patient/repo/collaborators/" + name + "/permission")) {
            assertThat(service.get(path, "patient-token").status()).as(path).isEqualTo(404);
        }
        for (String filter : List.of("labels=", "assignee=", "creator=")) {
            var list = service.get("/repos/patient/repo/issues?" + filter + name, "patient-token");
            assertThat(list.status()).as(filter).isLessThan(500);
        }
    }

    @Test
    void aRenamedAccountIsShownByItsPresentLoginToWhoeverHasThePosition() {
        service.log()
                .append(
                        EventFixtures.registered(3, "first-name"),
                        EventFixtures.registered(4, "host"),
                        EventFixtures.created(40, 4, "host", "repo"),
                        EventFixtures.issue(40, 1, 3, "an issue"));
        service.await();
        assertThat(author(null)).isEqualTo("first-name");
        long renamed = service.log().append(EventFixtures.renamed(3, "first-name", "second-name"));
        String position = service.position(renamed, "a:3");
        assertThat(author(position)).isEqualTo("second-name");
        assertThat(service.get("/users/first-name").status()).isEqualTo(404);
        long gone = service.log().append(EventFixtures.accountDeleted(3, "second-name"));
        assertThat(author(service.position(gone, "a:3"))).isEqualTo("ghost");
        assertThat(service.get("/user/3").status()).isEqualTo(404);
        service.log().append(EventFixtures.registered(5, "second-name"));
        service.await();
        assertThat(service.get("/users/second-name").json().path("id").asLong()).isEqualTo(5);
    }

    private static String author(String position) {
        String path = "/repos/host/repo/issues/1";
        var answer = position == null ? service.get(path) : service.get(path, null, "X-Forgelog-Position", position);
        return answer.json().path("user").path("login").asString();
    }

    @Test
    void aRepositoryFollowsItsRenamedOwner() {
        service.log()
                .append(EventFixtures.registered(6, "old-owner"), EventFixtures.created(60, 6, "old-owner", "repo"));
        service.await();
        assertThat(service.get("/repos/old-owner/repo").status()).isEqualTo(200);
        service.log()
                .append(
                        EventFixtures.renamed(6, "old-owner", "new-owner"),
                        EventFixtures.ownerRenamed(60, "old-owner", "new-owner", "repo"));
        service.await();
        assertThat(service.get("/repos/new-owner/repo").json().path("full_name").asString())
                .isEqualTo("new-owner/repo");
        assertThat(service.get("/repos/old-owner/repo").status()).isEqualTo(301);
    }
}
