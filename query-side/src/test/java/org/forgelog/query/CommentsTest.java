package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Comments over HTTP: one, all of a conversation, all of a repository. */
class CommentsTest {

    private static final int[] SIZES = {0, 1, 30, 31, 1_250};
    private static final String HEAVY = "\uD83D\uDC19".repeat(15_000);

    private static QueryService service;

    @BeforeAll
    static void start() {
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "octocat"));
        events.add(EventFixtures.registered(2, "torvalds"));
        events.add(EventFixtures.created(10, 1, "octocat", "hello"));
        events.add(EventFixtures.issue(10, 1, 2, "an issue"));
        events.add(EventFixtures.pull(10, 1, 2, "a pull request"));
        CommentWritten first = EventFixtures.commented(10, 1, 11, 1, "first");
        events.add(first);
        events.add(EventFixtures.commented(10, 1, 12, 2, "second"));
        events.add(EventFixtures.pullCommented(10, 1, 21, 2, "on the whole"));
        CommentWritten line = EventFixtures.reviewed(10, 1, 22, 1, "this line");
        events.add(line);
        events.add(EventFixtures.replied(line, 23, 2, "why?"));
        events.add(EventFixtures.edited(first, "first, edited"));
        for (int i = 0; i < SIZES.length; i++) {
            long repository = 100 + i;
            events.add(EventFixtures.created(repository, 1, "octocat", "repo-" + i));
            events.add(EventFixtures.issue(repository, 1, 1, "an issue"));
            events.add(EventFixtures.pull(repository, 1, 1, "a pull request"));
            for (int n = 1; n <= SIZES[i]; n++) {
                events.add(EventFixtures.commented(repository, 1, 1_000_000L * (i + 1) + n, 1 + n % 2, "comment " + n));
                events.add(EventFixtures.reviewed(repository, 1, 1_000_000L * (i + 1) + 500_000 + n, 1, "review " + n));
            }
        }
        events.add(EventFixtures.created(900, 1, "octocat", "heavy"));
        events.add(EventFixtures.issue(900, 1, 1, "an issue"));
        for (int n = 1; n <= 120; n++) {
            events.add(EventFixtures.commented(900, 1, 900_000 + n, 1, HEAVY));
        }
        service = QueryService.startWith(events);
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<Long> ids(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().valueStream().map(e -> e.path("id").asLong()).toList();
    }

    private static List<Long> ids(String path) {
        return ids(service.get("/repos/octocat/hello" + path));
    }

    @Test
    void aCommentOnAnIssueIsFoundByItsIdUnderIssuesAlone() {
        Answer answer = service.get("/repos/octocat/hello/issues/comments/11");
        JsonNode comment = answer.json();
        assertThat(comment.path("body").asString()).isEqualTo("first, edited");
        assertThat(comment.path("user").path("login").asString()).isEqualTo("octocat");
        assertThat(comment.path("author_association").asString()).isEqualTo("OWNER");
        assertThat(comment.path("issue_url").asString()).isEqualTo(service.base() + "/repos/octocat/hello/issues/1");
        assertThat(comment.path("url").asString())
                .isEqualTo(service.base() + "/repos/octocat/hello/issues/comments/11");
        assertThat(comment.path("reactions").path("total_count").asLong(-1)).isZero();
        assertThat(service.get("/repositories/10/issues/comments/11").text()).isEqualTo(answer.text());
        for (String elsewhere : List.of(
                "/repos/octocat/hello/pulls/comments/11",
                "/repos/octocat/repo-1/issues/comments/11",
                "/repos/octocat/hello/issues/comments/13",
                "/repos/octocat/hello/issues/comments/x",
                "/repos/octocat/hello/issues/comments/9223372036854775808")) {
            assertThat(service.get(elsewhere).status()).as(elsewhere).isEqualTo(404);
        }
    }

    @Test
    void aReviewCommentSaysWhereItPointsAndWhatItAnswers() {
        JsonNode line = service.get("/repos/octocat/hello/pulls/comments/22").json();
        assertThat(line.path("path").asString()).isEqualTo("src/Main.java");
        assertThat(line.path("line").asInt()).isEqualTo(7);
        assertThat(line.path("start_line").asInt()).isEqualTo(5);
        assertThat(line.path("side").asString()).isEqualTo("RIGHT");
        assertThat(line.path("subject_type").asString()).isEqualTo("line");
        assertThat(line.path("pull_request_url").asString()).isEqualTo(service.base() + "/repos/octocat/hello/pulls/1");
        JsonNode reply = service.get("/repos/octocat/hello/pulls/comments/23").json();
        assertThat(reply.path("in_reply_to_id").asLong()).isEqualTo(22);
        assertThat(reply.path("path").asString()).isEqualTo("src/Main.java");
        JsonNode whole = service.get("/repos/octocat/hello/pulls/comments/21").json();
        assertThat(whole.path("path").asString()).isEmpty();
        assertThat(whole.path("body").asString()).isEqualTo("on the whole");
    }

    @Test
    void issuesAndPullRequestsTellHowManyThereAre() {
        JsonNode issue = service.get("/repos/octocat/hello/issues/1").json();
        assertThat(issue.path("comments").asLong()).isEqualTo(2);
        assertThat(service.get("/repos/octocat/hello/issues")
                        .json()
                        .get(0)
                        .path("comments")
                        .asLong())
                .isEqualTo(2);
        JsonNode pull = service.get("/repos/octocat/hello/pulls/1").json();
        assertThat(pull.path("comments").asLong()).isEqualTo(1);
        assertThat(pull.path("review_comments").asLong()).isEqualTo(2);
    }

    @Test
    void listsTakeOrderAndTime() {
        assertThat(ids("/issues/1/comments")).containsExactly(11L, 12L);
        assertThat(ids("/pulls/1/comments")).containsExactly(21L, 22L, 23L);
        assertThat(ids("/pulls/1/comments?direction=desc")).containsExactly(23L, 22L, 21L);
        assertThat(ids("/issues/comments")).containsExactly(11L, 12L);
        assertThat(ids("/issues/comments?sort=updated")).containsExactly(12L, 11L);
        assertThat(ids("/issues/comments?sort=updated&direction=desc")).containsExactly(11L, 12L);
        assertThat(ids("/issues/comments?sort=created&direction=desc")).containsExactly(12L, 11L);
        assertThat(ids("/pulls/comments?sort=updated")).containsExactly(21L, 22L, 23L);
        assertThat(ids("/pulls/comments?sort=created_at")).containsExactly(21L, 22L, 23L);
        String edited = service.get("/repos/octocat/hello/issues/comments/11")
                .json()
                .path("updated_at")
                .asString();
        assertThat(ids("/issues/comments?since=" + edited)).containsExactly(11L);
        assertThat(ids("/issues/1/comments?since=" + edited)).containsExactly(11L);
        assertThat(ids("/pulls/1/comments?since=" + edited)).isEmpty();
        assertThat(ids("/pulls/1/comments?sort=updated&since=" + edited)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsSaidToBeWrong() {
        for (String path : List.of(
                "/issues/comments?sort=body",
                "/issues/comments?sort=created_at",
                "/issues/comments?direction=up",
                "/issues/comments?since=yesterday",
                "/issues/1/comments?since=2026-13-01T00:00:00Z",
                "/issues/1/comments?since=%2B999999999-01-01T00:00:00Z",
                "/pulls/1/comments?sort=popularity",
                "/pulls/1/comments?direction=sideways",
                "/pulls/comments?cursor=x")) {
            Answer answer = service.get("/repos/octocat/hello" + path);
            assertThat(answer.status()).as(path).isIn(200, 422);
            if (!path.contains("999999999")) {
                assertThat(answer.status()).as(path).isEqualTo(422);
                assertThat(answer.json().path("errors").get(0).path("code").asString())
                        .isEqualTo("invalid");
            }
        }
        for (String path :
                List.of("/issues/2/comments", "/pulls/2/comments", "/issues/0/comments", "/issues/x/comments")) {
            assertThat(service.get("/repos/octocat/hello" + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void whereIssuesAreSwitchedOffTheirCommentsAreGoneToo() {
        service.log()
                .append(
                        EventFixtures.created(20, 1, "octocat", "quiet"),
                        EventFixtures.issue(20, 1, 1, "an issue"),
                        EventFixtures.commented(20, 1, 31, 1, "a comment"),
                        EventFixtures.issuesSwitchedOff(20));
        service.await();
        for (String path : List.of("/issues/1/comments", "/issues/comments", "/issues/comments/31")) {
            assertThat(service.get("/repos/octocat/quiet" + path).status())
                    .as(path)
                    .isEqualTo(410);
        }
        assertThat(service.get("/repos/octocat/quiet/pulls/comments").status()).isEqualTo(200);
    }

    @Test
    void aDeletedCommentIsGoneFromEverywhere() {
        CommentWritten comment = EventFixtures.commented(21, 1, 41, 1, HEAVY);
        service.log()
                .append(
                        EventFixtures.created(21, 1, "octocat", "brief"),
                        EventFixtures.issue(21, 1, 1, "an issue"),
                        comment);
        service.await();
        assertThat(service.get("/repos/octocat/brief/issues/comments/41").status())
                .isEqualTo(200);
        service.log().append(EventFixtures.deleted(comment));
        service.await();
        assertThat(service.get("/repos/octocat/brief/issues/comments/41").status())
                .isEqualTo(404);
        assertThat(service.get("/repos/octocat/brief/issues/1/comments").text()).isEqualTo("[]");
        assertThat(service.get("/repos/octocat/brief/issues/comments").text()).isEqualTo("[]");
        assertThat(service.get("/repos/octocat/brief/issues/1")
                        .json()
                        .path("comments")
                        .asLong(-1))
                .isZero();
    }

    @Test
    void aDeletedRepositoryTakesItsCommentsAlong() throws InterruptedException {
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.created(22, 1, "octocat", "doomed"),
                EventFixtures.issue(22, 1, 1, "an issue"),
                EventFixtures.pull(22, 1, 1, "a pull request")));
        List<ItemKey> keys = new ArrayList<>();
        for (int n = 1; n <= 150; n++) {
            CommentWritten comment = EventFixtures.commented(22, 1, 50_000 + n, 1, n == 1 ? HEAVY : "comment");
            ItemKey key =
                    Keys.comment(Keys.conversation(ConversationKind.ISSUE, 22, 1), comment.writtenAt(), 50_000 + n);
            keys.addAll(List.of(key, Keys.commentBody(key), Keys.commentPlace(50_000 + n)));
            events.add(comment);
            events.add(EventFixtures.reviewed(22, 1, 60_000 + n, 1, "review"));
            keys.add(Keys.commentPlace(60_000 + n));
        }
        service.log().append(events);
        service.await();
        assertThat(service.get("/repos/octocat/doomed/issues/comments/50001").status())
                .isEqualTo(200);
        service.log()
                .append(
                        EventFixtures.deleted(22, 1, "octocat", "doomed"),
                        EventFixtures.created(23, 1, "octocat", "doomed"),
                        EventFixtures.issue(23, 1, 1, "of the successor"));
        service.await();
        assertThat(service.get("/repos/octocat/doomed/issues/comments/50001").status())
                .isEqualTo(404);
        assertThat(service.get("/repos/octocat/doomed/issues/1/comments").text())
                .isEqualTo("[]");
        Eventually.until(() -> gone(keys));
    }

    private static boolean gone(List<ItemKey> keys) {
        return keys.stream().allMatch(key -> service.table().table().find(key) == null);
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                        "/repos/octocat/repo-%d/issues/1/comments",
                        "/repos/octocat/repo-%d/issues/1/comments?since=2020-01-01T00:00:00Z",
                        "/repos/octocat/repo-%d/issues/comments",
                        "/repos/octocat/repo-%d/issues/comments?sort=updated&direction=desc",
                        "/repos/octocat/repo-%d/pulls/1/comments?sort=updated&direction=desc",
                        "/repos/octocat/repo-%d/pulls/1/comments?direction=desc",
                        "/repos/octocat/repo-%d/pulls/comments")
                .flatMap(path -> LongStream.range(0, SIZES.length)
                        .mapToObj(i -> Arguments.of(String.format(path, i), SIZES[(int) i])));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListHasEachCommentOnceAndLinksOnlyWhereThereIsMore(String path, int size) {
        String query = size > 100 ? (path.contains("?") ? "&" : "?") + "per_page=100" : "";
        int page = size > 100 ? 100 : 30;
        Answer first = service.get(path + query);
        assertThat(ids(first)).hasSize(Math.min(page, size));
        assertThat(first.link("next").isPresent()).isEqualTo(size > page);
        assertThat(first.link("prev")).isEmpty();
        List<Long> all = new ArrayList<>(ids(first));
        Answer answer = first;
        while (answer.link("next").isPresent()) {
            answer = service.get(answer.link("next").orElseThrow());
            all.addAll(ids(answer));
        }
        assertThat(all).hasSize(size).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(
                        path.contains("desc")
                                ? java.util.Comparator.reverseOrder()
                                : java.util.Comparator.naturalOrder());
        if (size > page) {
            assertThat(answer.link("first")).isPresent();
        }
        if (size == 31) {
            assertThat(service.get(answer.link("prev").orElseThrow()).text()).isEqualTo(first.text());
        }
    }

    @Test
    void commentsOf60KilobytesComeWholeAndAll() {
        for (String path : List.of("/issues/1/comments", "/issues/comments")) {
            Answer answer = service.get("/repos/octocat/heavy" + path + "?per_page=100");
            assertThat(answer.json().valueStream())
                    .hasSize(100)
                    .allSatisfy(e -> assertThat(e.path("body").asString()).isEqualTo(HEAVY));
            assertThat(ids(service.get(answer.link("next").orElseThrow()))).hasSize(20);
        }
        assertThat(service.get("/repos/octocat/heavy/issues/comments/900007")
                        .json()
                        .path("body")
                        .asString())
                .isEqualTo(HEAVY);
    }

    @Test
    void aNodeThatNeverMetACommentFindsItOneRoundLater() {
        try (QueryService fresh = service.beside("forgelog.cache.bytes=0")) {
            fresh.await();
            fresh.get("/repos/octocat/hello");
            fresh.get("/repos/octocat/hello/issues/1/comments");
            assertThat(fresh.get("/repos/octocat/hello/issues/comments/11").rounds())
                    .isEqualTo(2);
            assertThat(fresh.get("/repos/octocat/hello/issues/comments/11").rounds())
                    .isEqualTo(1);
            assertThat(fresh.get("/repos/octocat/hello/issues/1/comments").rounds())
                    .isEqualTo(1);
        }
    }
}
