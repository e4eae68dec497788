package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Feeds over HTTP: what happened in a repository, by an account, anywhere. */
class FeedsTest {

    private static final int[] SIZES = {1, 30, 31, 1_000};

    private static QueryService service;

    @BeforeAll
    static void start() {
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "octocat"));
        events.add(EventFixtures.registered(2, "torvalds"));
        events.add(EventFixtures.registered(3, "busy"));
        for (int i = 0; i < SIZES.length; i++) {
            events.add(EventFixtures.created(100 + i, 3, "busy", "repo-" + i));
            for (int n = 1; n < SIZES[i]; n++) {
                events.add(EventFixtures.starred(10_000 + n, 100 + i));
            }
        }
        events.add(EventFixtures.created(10, 1, "octocat", "hello"));
        events.add(EventFixtures.issue(10, 1, 2, "an issue", "x".repeat(5_000)));
        events.add(EventFixtures.commented(10, 1, 11, 1, "y".repeat(5_000)));
        events.add(EventFixtures.closed(10, 1, 1));
        events.add(EventFixtures.reopened(10, 1, 1));
        events.add(EventFixtures.pull(10, 1, 2, "a pull request"));
        events.add(EventFixtures.reviewed(10, 1, 12, 1, "a review"));
        events.add(EventFixtures.merged(10, 1, 1));
        events.add(EventFixtures.starred(2, 10));
        service = QueryService.startWith(events);
        service.log().token(1, "octocat", "octo-token");
        service.log().token(2, "torvalds", "linus-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode feed(String path, String token) {
        Answer answer = service.get(path, token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> types(String path, String token) {
        return feed(path, token)
                .valueStream()
                .map(e -> e.path("type").asString() + " "
                        + e.path("payload").path("action").asString("-") + " "
                        + e.path("actor").path("login").asString())
                .toList();
    }

    @Test
    void aRepositoryTellsWhatHappenedInItNewestFirst() {
        assertThat(types("/repos/octocat/hello/events", null))
                .containsExactly(
                        "WatchEvent started torvalds",
                        "PullRequestEvent closed octocat",
                        "PullRequestReviewCommentEvent created octocat",
                        "PullRequestEvent opened torvalds",
                        "IssuesEvent reopened octocat",
                        "IssuesEvent closed octocat",
                        "IssueCommentEvent created octocat",
                        "IssuesEvent opened torvalds",
                        "CreateEvent - octocat");
    }

    @Test
    void anEventIsShapedAsGitHubsAre() {
        JsonNode feed = feed("/repos/octocat/hello/events", null);
        JsonNode comment = feed.get(6);
        assertThat(comment.path("id").isString()).isTrue();
        assertThat(comment.path("public").asBoolean()).isTrue();
        assertThat(comment.path("created_at").isString()).isTrue();
        assertThat(comment.path("repo").path("id").asLong()).isEqualTo(10);
        assertThat(comment.path("repo").path("name").asString()).isEqualTo("octocat/hello");
        assertThat(comment.path("repo").path("url").asString()).isEqualTo(service.base() + "/repos/octocat/hello");
        assertThat(comment.path("actor").path("id").asLong()).isEqualTo(1);
        JsonNode payload = comment.path("payload");
        assertThat(payload.path("issue").path("number").asLong()).isEqualTo(1);
        assertThat(payload.path("issue").path("body").asString()).hasSize(5_000);
        assertThat(payload.path("comment").path("body").asString()).hasSize(5_000);
        assertThat(feed.get(1).path("payload").path("number").asLong()).isEqualTo(1);
        assertThat(feed.get(1)
                        .path("payload")
                        .path("pull_request")
                        .path("title")
                        .asString())
                .isEqualTo("a pull request");
        JsonNode creation = feed.get(8).path("payload");
        assertThat(creation.path("ref_type").asString()).isEqualTo("repository");
        assertThat(creation.path("ref").isNull()).isTrue();
        assertThat(creation.path("master_branch").asString()).isEqualTo("main");
    }

    @Test
    void anAccountTellsWhatItDid() {
        List<String> expected = List.of(
                "WatchEvent started torvalds", "PullRequestEvent opened torvalds", "IssuesEvent opened torvalds");
        assertThat(types("/users/Torvalds/events", null)).containsSubsequence(expected);
        assertThat(types("/users/torvalds/events/public", null)).containsAll(expected);
        assertThat(service.get("/users/nobody/events").status()).isEqualTo(404);
    }

    @Test
    void whatIsPrivateIsShownToThoseWhoMaySeeItAndWhatBecomesPrivateIsGone() {
        service.log()
                .append(
                        EventFixtures.created(20, 1, "octocat", "SECRET", true),
                        EventFixtures.issue(20, 1, 2, "SECRET issue"),
                        EventFixtures.created(21, 1, "octocat", "open"),
                        EventFixtures.issue(21, 1, 2, "WAS OPEN"));
        service.await();
        assertThat(service.get("/users/torvalds/events").text())
                .contains("WAS OPEN")
                .doesNotContain("SECRET");
        assertThat(service.get("/users/torvalds/events", "octo-token").text()).contains("SECRET issue");
        assertThat(service.get("/users/octocat/events", "octo-token").text()).contains("SECRET");
        assertThat(service.get("/users/octocat/events/public", "octo-token").text())
                .doesNotContain("SECRET");
        assertThat(feed("/repos/octocat/SECRET/events", "octo-token")
                        .get(0)
                        .path("public")
                        .asBoolean(true))
                .isFalse();
        assertThat(service.get("/events?per_page=100", "octo-token").text())
                .contains("WAS OPEN")
                .doesNotContain("SECRET");
        service.log().append(EventFixtures.madePrivate(21, true));
        service.await();
        for (String path : List.of("/users/torvalds/events", "/users/torvalds/events/public", "/events?per_page=100")) {
            assertThat(service.get(path).text()).as(path).doesNotContain("WAS OPEN");
            assertThat(service.get(path, "linus-token").text()).as(path).doesNotContain("WAS OPEN");
        }
        service.log().append(EventFixtures.madePrivate(21, false));
        service.await();
        assertThat(service.get("/events").text()).contains("WAS OPEN");
    }

    @Test
    void whatIsDeletedTakesItsEventsAlong() throws InterruptedException {
        CommentWritten comment = EventFixtures.commented(30, 1, 301, 1, "GONE comment");
        service.log()
                .append(
                        EventFixtures.created(30, 1, "octocat", "brief"),
                        EventFixtures.issue(30, 1, 1, "GONE issue"),
                        comment);
        service.await();
        assertThat(service.get("/repos/octocat/brief/events").text()).contains("GONE comment");
        service.log().append(EventFixtures.deleted(comment));
        service.await();
        assertThat(service.get("/repos/octocat/brief/events").text())
                .doesNotContain("GONE comment")
                .contains("GONE issue");
        service.log()
                .append(
                        EventFixtures.deleted(30, 1, "octocat", "brief"),
                        EventFixtures.created(31, 1, "octocat", "brief"));
        service.await();
        for (String path : List.of("/repos/octocat/brief/events", "/users/octocat/events", "/events")) {
            assertThat(service.get(path, "octo-token").text()).as(path).doesNotContain("GONE");
        }
        Eventually.until(() -> ofDeleted().isEmpty());
    }

    private static List<?> ofDeleted() {
        return service.table().table().all(org.forgelog.query.table.Spans.feedOfRepository(30));
    }

    private static List<String> places(String path, String token) {
        return feed(path, token)
                .valueStream()
                .map(e -> e.path("type").asString() + " "
                        + e.path("repo").path("name").asString())
                .toList();
    }

    @Test
    void anOrganizationTellsWhatHappenedInItsPublicRepositoriesWhoeverDidIt() {
        service.log()
                .append(
                        EventFixtures.registered(63, "wile"),
                        EventFixtures.registered(64, "road"),
                        EventFixtures.organization(650, "acme"),
                        EventFixtures.member(650, 63, OrganizationRole.ADMIN),
                        EventFixtures.created(651, 650, "acme", "first"),
                        EventFixtures.created(652, 650, "acme", "second"),
                        EventFixtures.created(653, 650, "acme", "SECRET", true),
                        EventFixtures.issue(653, 1, 63, "hidden"),
                        EventFixtures.issue(651, 1, 64, "an issue"),
                        EventFixtures.starred(63, 652));
        service.log().token(63, "wile", "wile-token");
        service.await();
        for (String token : new String[] {null, "wile-token"}) {
            assertThat(places("/orgs/acme/events", token))
                    .containsExactly(
                            "WatchEvent acme/second",
                            "IssuesEvent acme/first",
                            "CreateEvent acme/second",
                            "CreateEvent acme/first");
        }
        assertThat(places("/orgs/acme/events?per_page=1&page=2", null)).containsExactly("IssuesEvent acme/first");
        assertThat(service.get("/orgs/octocat/events").status()).isEqualTo(404);
    }

    @Test
    void aNetworkTellsWhatHappenedInAllThatComesFromOneSource() {
        service.log()
                .append(
                        EventFixtures.registered(60, "grace"),
                        EventFixtures.registered(61, "linda"),
                        EventFixtures.registered(62, "mary"),
                        EventFixtures.created(600, 60, "grace", "cobol"),
                        EventFixtures.forked(601, 61, "linda", "cobol", 600, 600),
                        EventFixtures.forked(602, 62, "mary", "cobol", 601, 600),
                        EventFixtures.created(603, 60, "grace", "apart"),
                        EventFixtures.issue(603, 1, 60, "elsewhere"),
                        EventFixtures.issue(600, 1, 60, "in the source"),
                        EventFixtures.issue(601, 1, 61, "in a fork"),
                        EventFixtures.issue(602, 1, 62, "in a fork of a fork"),
                        EventFixtures.renamed(601, "linda", "cobol", "cobol-2"));
        service.await();
        for (String repository : new String[] {"grace/cobol", "linda/cobol-2", "mary/cobol", "linda/cobol"}) {
            assertThat(places("/networks/" + repository + "/events", null))
                    .as(repository)
                    .containsExactly(
                            "IssuesEvent mary/cobol",
                            "IssuesEvent linda/cobol-2",
                            "IssuesEvent grace/cobol",
                            "ForkEvent linda/cobol-2",
                            "ForkEvent grace/cobol",
                            "CreateEvent grace/cobol");
        }
        service.log().append(EventFixtures.madePrivate(602, true));
        service.await();
        assertThat(places("/networks/grace/cobol/events", null))
                .contains("IssuesEvent linda/cobol-2")
                .doesNotContain("IssuesEvent mary/cobol");
    }

    @Test
    void whatHappenedLongAgoIsInNoFeed() {
        service.log()
                .append(
                        EventFixtures.created(40, 1, "octocat", "old"),
                        EventFixtures.issueOfYesteryear(40, 1, 1, "OLD issue"));
        service.await();
        assertThat(service.get("/repos/octocat/old/issues").text()).contains("OLD issue");
        assertThat(service.get("/repos/octocat/old/events").text()).doesNotContain("OLD issue");
    }

    @Test
    void aPullRequestFromAForkTellsOfTheForkToThoseWhoMaySeeIt() {
        service.log()
                .append(
                        EventFixtures.created(50, 1, "octocat", "upstream"),
                        EventFixtures.forked(51, 2, "torvalds", "fork", 50, 50),
                        EventFixtures.pullFrom(50, 1, 2, 51, "from a fork"));
        service.await();
        JsonNode pull = feed("/repos/octocat/upstream/events", null)
                .get(0)
                .path("payload")
                .path("pull_request");
        assertThat(pull.path("head").path("repo").path("full_name").asString()).isEqualTo("torvalds/fork");
        assertThat(feed("/repos/octocat/upstream/events", null)
                        .get(1)
                        .path("payload")
                        .path("forkee")
                        .path("full_name")
                        .asString())
                .isEqualTo("torvalds/fork");
        assertThat(feed("/users/torvalds/events", null)
                        .get(0)
                        .path("payload")
                        .path("pull_request")
                        .path("head")
                        .path("repo")
                        .path("full_name")
                        .asString())
                .isEqualTo("torvalds/fork");
        service.log().append(EventFixtures.madePrivate(51, true));
        service.await();
        JsonNode left = feed("/repos/octocat/upstream/events", null);
        assertThat(left.get(0)
                        .path("payload")
                        .path("pull_request")
                        .path("head")
                        .path("repo")
                        .isNull())
                .isTrue();
        assertThat(left.valueStream().map(e -> e.path("type").asString())).doesNotContain("ForkEvent");
        assertThat(feed("/repos/octocat/upstream/events", "linus-token").toString())
                .contains("ForkEvent");
    }

    static Stream<Arguments> feeds() {
        return Stream.of(0, 1, 2, 3)
                .map(i -> Arguments.of("/repos/busy/repo-" + i + "/events", Math.min(300, SIZES[i])));
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void aFeedHasEachEventOnceAndAtMost300(String path, int size) {
        for (int page : new int[] {30, 100, 7}) {
            List<Long> all = new ArrayList<>();
            Answer answer = service.get(path + "?per_page=" + page);
            while (true) {
                assertThat(answer.status()).isEqualTo(200);
                answer.json()
                        .valueStream()
                        .forEach(e -> all.add(Long.valueOf(e.path("id").asString())));
                if (answer.link("next").isEmpty()) {
                    break;
                }
                answer = service.get(answer.link("next").get());
            }
            assertThat(all).hasSize(size).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(answer.link("first").isPresent()).isEqualTo(size > page);
        }
        assertThat(service.get(path + "?per_page=100&page=4").text()).isEqualTo("[]");
        assertThat(service.get(path + "?per_page=100&page=99").status()).isEqualTo(422);
    }

    @Test
    void theFeedOfEverythingIsInOrderAcrossItsParts() {
        List<Long> all = new ArrayList<>();
        Answer answer = service.get("/events");
        assertThat(answer.json().size()).isEqualTo(15);
        while (true) {
            answer.json()
                    .valueStream()
                    .forEach(e -> all.add(Long.valueOf(e.path("id").asString())));
            if (answer.link("next").isEmpty()) {
                break;
            }
            answer = service.get(answer.link("next").get());
        }
        assertThat(all).hasSize(300).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }
}
