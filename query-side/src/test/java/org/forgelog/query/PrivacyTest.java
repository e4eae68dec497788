package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A private repository is there for its owner alone: on every route, in every list and in every count. */
class PrivacyTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.registered(2, "other"),
                        EventFixtures.created(10, 1, "owner", "open"),
                        EventFixtures.created(11, 1, "owner", "was-public"),
                        EventFixtures.issue(11, 1, 2, "SECRET issue"),
                        EventFixtures.pull(11, 1, 2, "SECRET pull"),
                        EventFixtures.merged(11, 1, 1),
                        EventFixtures.commented(11, 1, 71, 2, "SECRET comment"),
                        EventFixtures.reviewed(11, 1, 72, 2, "SECRET review"),
                        EventFixtures.label(11, 70, "SECRET"),
                        EventFixtures.labelled(11, 1, 70),
                        EventFixtures.topics(11, "secret"),
                        EventFixtures.starred(2, 11),
                        EventFixtures.starred(1, 11),
                        EventFixtures.renamed(11, "owner", "was-public", "SECRET"),
                        EventFixtures.madePrivate(11, true));
        service.log().token(1, "owner", "owner-token");
        service.log().token(2, "other", "other-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anAddressIsShownOnceItsUserPublishesIt() {
        service.log()
                .append(List.of(new AccountRegistered(
                        new AccountId(5), "shy", AccountKind.USER, "shy@example.org", false, Instant.EPOCH)));
        service.log().token(5, "shy", "shy-token");
        service.await();
        for (String path : new String[] {"/users/shy", "/user"}) {
            assertThat(service.get(path, "shy-token").json().path("email").isNull())
                    .as(path)
                    .isTrue();
        }
    }

    @Test
    void whoIsSuspendedReadsNothingAnyMore() {
        service.log().token(3, "gone", "gone-token");
        service.log().suspend(3);
        for (String path : new String[] {"/repos/owner/SECRET", "/repos/owner/open", "/user", "/events"}) {
            QueryService.Answer answer = service.get(path, "gone-token");
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).contains("Sorry. Your account was suspended.");
        }
    }

    @Test
    void whatIsHiddenAndWhatIsNotThereAreToldAtTheSameStepOfTime() {
        for (String path : new String[] {"/repos/owner/SECRET", "/repos/owner/none", "/repos/owner/SECRET/issues/1"}) {
            long start = System.nanoTime();
            assertThat(service.get(path).status()).isEqualTo(404);
            assertThat(System.nanoTime() - start).as(path).isGreaterThan(20_000_000);
        }
    }

    static Stream<String> routesInside() {
        return Stream.of("/repos/owner/SECRET", "/repositories/11", "/repos/owner/was-public")
                .flatMap(base -> Stream.of(
                                "",
                                "/activity",
                                "/issues",
                                "/issues?state=all&labels=x",
                                "/issues?labels=SECRET",
                                "/issues?assignee=owner",
                                "/issues?sort=comments",
                                "/issues/1",
                                "/pulls",
                                "/pulls?state=all",
                                "/pulls/1",
                                "/pulls/1/merge",
                                "/events",
                                "/issues/events",
                                "/issues/1/events",
                                "/issues/1/timeline",
                                "/issues/1/reactions",
                                "/pulls/1/reactions?content=heart",
                                "/issues/comments/71/reactions",
                                "/pulls/comments/72/reactions",
                                "/issues/1/comments",
                                "/issues/comments",
                                "/issues/comments?sort=updated",
                                "/issues/comments/71",
                                "/pulls/1/comments",
                                "/pulls/1/comments?sort=updated",
                                "/pulls/comments",
                                "/pulls/comments/72",
                                "/forks",
                                "/forks?sort=stargazers",
                                "/labels",
                                "/labels/SECRET",
                                "/issues/1/labels",
                                "/pulls/1/labels",
                                "/assignees",
                                "/assignees/owner",
                                "/topics",
                                "/stargazers")
                        .map(rest -> base + rest));
    }

    @ParameterizedTest
    @MethodSource("routesInside")
    void insideItIsNotFoundForAnybodyElse(String route) {
        String unknown = withoutDocumentation(service.get("/repos/owner/never-was"));
        for (String token : new String[] {null, "other-token", QueryService.ADMIN}) {
            var answer = service.get(route, token);
            assertThat(answer.status()).as(route).isEqualTo(404);
            assertThat(withoutDocumentation(answer)).isEqualTo(unknown);
            assertThat(answer.header("Location")).isEmpty();
        }
        assertThat(service.get(route, "owner-token").status()).isIn(200, 204, 301);
    }

    /** Where to read about an operation depends on the route alone. */
    private static String withoutDocumentation(QueryService.Answer answer) {
        return answer.text().replaceAll("\"documentation_url\":\"[^\"]*\"", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/owner/repos",
                "/users/owner/repos?sort=created",
                "/users/owner/repos?sort=updated",
                "/users/owner/owned",
                "/users/owner/managed",
                "/users/other/managed",
                "/users/other/managed?state=open",
                "/users/other/managed?state=closed",
                "/users/owner/starred",
                "/users/owner/events",
                "/users/owner/events/public",
                "/users/other/events",
                "/users/other/events/public",
                "/events",
                "/users/other/starred"
            })
    void noListShowsIt(String route) {
        for (String token : new String[] {null, "other-token", QueryService.ADMIN}) {
            var answer = service.get(route, token);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain("SECRET");
        }
    }

    @Test
    void listsOfTheCallersOwnDoNotShowItEither() {
        assertThat(service.get("/user/starred", "other-token").text()).isEqualTo("[]");
        assertThat(service.get("/user/repos", "other-token").text()).isEqualTo("[]");
        assertThat(service.get("/user/starred/owner/SECRET", "other-token").status())
                .isEqualTo(404);
        assertThat(service.get("/user/starred/owner/was-public", "other-token").status())
                .isEqualTo(404);
    }

    @Test
    void noCountShowsIt() {
        for (String token : new String[] {null, "other-token", QueryService.ADMIN}) {
            var json = service.get("/users/owner", token).json();
            assertThat(json.path("public_repos").asLong()).isEqualTo(1);
            assertThat(json.has("owned_private_repos")).isFalse();
        }
    }

    @Test
    void itsOwnerSeesItEverywhere() {
        for (String route : List.of(
                "/user/repos", "/users/owner/repos", "/users/owner/owned", "/users/other/managed", "/user/starred")) {
            assertThat(service.get(route, "owner-token").text()).as(route).contains("SECRET");
        }
        assertThat(service.get("/user", "owner-token")
                        .json()
                        .path("owned_private_repos")
                        .asLong())
                .isEqualTo(1);
        assertThat(service.get("/user/starred/owner/was-public", "owner-token").status())
                .isEqualTo(204);
    }

    @Test
    void aFormerNameLeadsOnlyThoseWhoMayKnow() {
        var moved = service.get("/repos/owner/was-public/issues/1?x=y", "owner-token");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.header("Location")).contains(service.base() + "/repositories/11/issues/1?x=y");
    }

    @Test
    void aRepositoryWhoseSequenceStoppedIsItsOwnersAlone() throws InterruptedException {
        service.log()
                .append(
                        EventFixtures.registered(3, "unlucky"),
                        EventFixtures.created(20, 3, "unlucky", "poisoned"),
                        EventFixtures.issue(20, 1, 2, "POISONED"),
                        EventFixtures.starred(2, 20));
        service.log().token(3, "unlucky", "unlucky-token");
        service.await();
        assertThat(service.get("/repos/unlucky/poisoned").status()).isEqualTo(200);
        service.log().appendRows(List.of(new TestLog.Row("from-the-future", 1, "{}", "r:20")));
        service.await();
        assertThat(service.get("/repos/unlucky/poisoned/issues/1").status()).isEqualTo(404);
        assertThat(service.get("/users/other/managed").text()).doesNotContain("POISONED");
        assertThat(service.get("/users/other/starred").text()).doesNotContain("poisoned");
        assertThat(service.get("/users/unlucky/repos").text()).doesNotContain("poisoned");
        assertThat(service.get("/repos/unlucky/poisoned", "unlucky-token").status())
                .isEqualTo(200);
    }
}
