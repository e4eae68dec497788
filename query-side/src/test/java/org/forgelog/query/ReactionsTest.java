package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.comment.CommentEvent.CommentWritten;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.pullrequest.PullRequestEvent.PullRequestOpened;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent.ReactionAdded;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reactions over HTTP: their lists, and their totals on all that takes reactions. */
class ReactionsTest {

    private static final int[] SIZES = {0, 1, 30, 31, 1_200};
    private static final String REPO = "/repos/octocat/hello";
    /** Each has a heart and a rocket by 1, and a +1 by 2. */
    private static final String TARGETS = "/issues/1, /pulls/1, /issues/comments/11, /pulls/comments/12";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "octocat"));
        events.add(EventFixtures.registered(2, "torvalds"));
        events.add(EventFixtures.created(10, 1, "octocat", "hello"));
        IssueOpened issue = EventFixtures.issue(10, 1, 2, "an issue");
        PullRequestOpened pull = EventFixtures.pull(10, 1, 2, "a pull request");
        CommentWritten onIssue = EventFixtures.commented(10, 1, 11, 1, "a comment");
        CommentWritten onPull = EventFixtures.reviewed(10, 1, 12, 1, "a review");
        events.addAll(List.of(issue, pull, onIssue, onPull));
        ReactionAdded taken = EventFixtures.reacted(issue, 20, 2, ReactionContent.LAUGH);
        events.addAll(List.of(taken, EventFixtures.withdrawn(taken)));
        events.addAll(List.of(
                EventFixtures.reacted(issue, 21, 1, ReactionContent.HEART),
                EventFixtures.reacted(issue, 22, 2, ReactionContent.PLUS_ONE),
                EventFixtures.reacted(issue, 23, 1, ReactionContent.ROCKET),
                EventFixtures.reacted(pull, 31, 1, ReactionContent.HEART),
                EventFixtures.reacted(pull, 32, 2, ReactionContent.PLUS_ONE),
                EventFixtures.reacted(pull, 33, 1, ReactionContent.ROCKET),
                EventFixtures.reacted(onIssue, 41, 1, ReactionContent.HEART),
                EventFixtures.reacted(onIssue, 42, 2, ReactionContent.PLUS_ONE),
                EventFixtures.reacted(onIssue, 43, 1, ReactionContent.ROCKET),
                EventFixtures.reacted(onPull, 51, 1, ReactionContent.HEART),
                EventFixtures.reacted(onPull, 52, 2, ReactionContent.PLUS_ONE),
                EventFixtures.reacted(onPull, 53, 1, ReactionContent.ROCKET)));
        events.add(EventFixtures.created(100, 1, "octocat", "loud"));
        for (int i = 0; i < SIZES.length; i++) {
            IssueOpened loud = EventFixtures.issue(100, i + 1, 1, "issue " + i);
            events.add(loud);
            for (int n = 1; n <= SIZES[i]; n++) {
                events.add(EventFixtures.reacted(
                        loud, 1_000_000L * (i + 1) + n, 1_000 + n, ReactionContent.values()[n % 2 == 0 ? 0 : n % 8]));
            }
        }
        service.log().appendAll(events);
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Stream<String> targets() {
        return Stream.of(TARGETS.split(", ")).map(path -> REPO + path);
    }

    private static List<Long> ids(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().valueStream().map(e -> e.path("id").asLong()).toList();
    }

    private static List<String> contents(String path) {
        Answer answer = service.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(e -> e.path("content").asString() + " "
                        + e.path("user").path("login").asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theReactionsToEachKindOfThingAreListedOldestFirst(String target) {
        assertThat(contents(target + "/reactions")).containsExactly("heart octocat", "+1 torvalds", "rocket octocat");
        assertThat(contents(target + "/reactions?content=%2B1")).containsExactly("+1 torvalds");
        assertThat(contents(target + "/reactions?content=+1")).containsExactly("+1 torvalds");
        assertThat(contents(target + "/reactions?content=heart")).containsExactly("heart octocat");
        assertThat(contents(target + "/reactions?content=eyes")).isEmpty();
        Answer wrong = service.get(target + "/reactions?content=applause");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").get(0).path("field").asString()).isEqualTo("content");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theirTotalsArePartOfWhatTheyAreGivenTo(String target) {
        assertTotals(service.get(target).json(), target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/issues",
                "/pulls",
                "/issues/comments",
                "/pulls/comments",
                "/issues/1/comments",
                "/pulls/1/comments",
                "/activity"
            })
    void theirTotalsArePartOfEveryList(String list) {
        JsonNode json = service.get(REPO + list).json();
        JsonNode entry = json.isArray() ? json.get(0) : json.path("entries").get(0);
        assertTotals(entry, entry.path("url").asString().replace(service.base(), ""));
    }

    private static void assertTotals(JsonNode json, String target) {
        JsonNode totals = json.path("reactions");
        assertThat(totals.path("total_count").asLong()).as(json.toString()).isEqualTo(3);
        assertThat(totals.path("+1").asLong()).isEqualTo(1);
        assertThat(totals.path("heart").asLong()).isEqualTo(1);
        assertThat(totals.path("rocket").asLong()).isEqualTo(1);
        for (String none : List.of("-1", "laugh", "confused", "hooray", "eyes")) {
            assertThat(totals.path(none).asLong(-1)).isZero();
        }
        assertThat(totals.path("url").asString()).isEqualTo(service.base() + target + "/reactions");
    }

    @Test
    void whatIsNotThereHasNoReactions() {
        for (String path : List.of(
                "/issues/9/reactions",
                "/pulls/9/reactions",
                "/issues/comments/12/reactions",
                "/pulls/comments/11/reactions",
                "/issues/comments/99/reactions",
                "/issues/comments/x/reactions",
                "/issues/comments/reactions",
                "/issues/comments/comments",
                "/pulls/comments/comments")) {
            assertThat(service.get(REPO + path).status()).as(path).isEqualTo(404);
        }
        assertThat(service.get("/repos/octocat/loud/issues/comments/11/reactions")
                        .status())
                .isEqualTo(404);
    }

    static Stream<Arguments> lists() {
        return Stream.of(0, 1, 2, 3, 4).flatMap(i -> {
            String path = "/repos/octocat/loud/issues/" + (i + 1) + "/reactions";
            return Stream.of(
                    Arguments.of(path + "?per_page=" + (i == 4 ? 100 : 30), SIZES[i], i == 4 ? 100 : 30),
                    Arguments.of(path + "?content=%2B1&per_page=100", SIZES[i] / 2, 100));
        });
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListHasEachReactionOnceAndLinksOnlyWhereThereIsMore(String path, int size, int page) {
        Answer answer = service.get(path);
        assertThat(ids(answer)).hasSize(Math.min(page, size));
        assertThat(answer.link("next").isPresent()).isEqualTo(size > page);
        List<Long> all = new ArrayList<>(ids(answer));
        while (answer.link("next").isPresent()) {
            answer = service.get(answer.link("next").orElseThrow());
            all.addAll(ids(answer));
        }
        assertThat(all).hasSize(size).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void totalsAreExactHoweverManyThereAre() {
        JsonNode totals = service.get("/repos/octocat/loud/issues/5").json().path("reactions");
        assertThat(totals.path("total_count").asLong()).isEqualTo(1_200);
        assertThat(totals.path("+1").asLong()).isEqualTo(600);
        assertThat(totals.path("-1").asLong()).isEqualTo(150);
    }

    @Test
    void whoeverReactedAndIsGoneIsAGhost() {
        assertThat(contents("/repos/octocat/loud/issues/2/reactions")).containsExactly("-1 ghost");
    }

    @Test
    void reactionsGoWithTheCommentAndWithTheRepository() throws InterruptedException {
        IssueOpened issue = EventFixtures.issue(40, 1, 1, "an issue");
        CommentWritten comment = EventFixtures.commented(40, 1, 4_001, 1, "a comment");
        CommentWritten staying = EventFixtures.commented(40, 1, 4_002, 1, "another");
        List<DomainEvent> events =
                new ArrayList<>(List.of(EventFixtures.created(40, 1, "octocat", "brief"), issue, comment, staying));
        List<ItemKey> ofComment = new ArrayList<>();
        List<ItemKey> ofRepository = new ArrayList<>();
        for (int n = 1; n <= 120; n++) {
            events.add(EventFixtures.reacted(comment, 40_000 + n, 1_000 + n, ReactionContent.HEART));
            events.add(EventFixtures.reacted(issue, 41_000 + n, 1_000 + n, ReactionContent.HEART));
            events.add(EventFixtures.reacted(staying, 42_000 + n, 1_000 + n, ReactionContent.HEART));
            ofComment.add(Keys.reaction(Keys.commentPlace(4_001), "heart", 40_000 + n));
            ofRepository.add(Keys.reaction(Keys.conversation(ConversationKind.ISSUE, 40, 1), "heart", 41_000 + n));
            ofRepository.add(Keys.reaction(Keys.commentPlace(4_002), "heart", 42_000 + n));
        }
        service.log().append(events);
        service.await();
        assertThat(ids(service.get("/repos/octocat/brief/issues/comments/4001/reactions")))
                .hasSize(30);
        service.log().append(EventFixtures.deleted(comment));
        service.await();
        assertThat(service.get("/repos/octocat/brief/issues/comments/4001/reactions")
                        .status())
                .isEqualTo(404);
        assertGone(ofComment);
        assertThat(ids(service.get("/repos/octocat/brief/issues/1/reactions"))).hasSize(30);
        service.log().append(EventFixtures.deleted(40, 1, "octocat", "brief"));
        service.await();
        assertThat(service.get("/repos/octocat/brief/issues/1/reactions").status())
                .isEqualTo(404);
        assertGone(ofRepository);
    }

    private static void assertGone(List<ItemKey> keys) throws InterruptedException {
        Eventually.until(
                () -> keys.stream().allMatch(key -> service.table().table().find(key) == null));
    }
}
