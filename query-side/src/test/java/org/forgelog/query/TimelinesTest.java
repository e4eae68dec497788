package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.issue.IssueEvent.IssueAssigned;
import org.forgelog.domain.issue.IssueEvent.IssueLocked;
import org.forgelog.domain.issue.IssueEvent.IssueUnlocked;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.QueryService.Answer;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happened to issues, over HTTP. */
class TimelinesTest {

    private static final String REPO = "/repos/octocat/hello";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        RepositoryId hello = new RepositoryId(10);
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.registered(2, "torvalds"),
                EventFixtures.created(10, 1, "octocat", "hello"),
                EventFixtures.issue(10, 1, 2, "an issue"),
                EventFixtures.commented(10, 1, 11, 2, "a comment"),
                new IssueAssigned(
                        hello, 1, List.of(new AccountId(1), new AccountId(2)), new AccountId(1), EventFixtures.now()),
                new IssueLocked(hello, 1, LockReason.RESOLVED, new AccountId(1), EventFixtures.now()),
                new IssueUnlocked(hello, 1, new AccountId(1), EventFixtures.now()),
                EventFixtures.closed(10, 1, 1),
                EventFixtures.commented(10, 1, 12, 1, "z".repeat(5_000)),
                EventFixtures.reopened(10, 1, 2),
                EventFixtures.issue(10, 2, 2, "another"),
                EventFixtures.closed(10, 2, 1)));
        for (int i = 0; i < 4; i++) {
            events.add(EventFixtures.created(100 + i, 1, "octocat", "repo-" + i));
            events.add(EventFixtures.issue(100 + i, 1, 1, "an issue"));
            int size = new int[] {0, 1, 30, 31}[i];
            for (int n = 1; n <= size; n++) {
                events.add(n % 2 == 0 ? EventFixtures.reopened(100 + i, 1, 1) : EventFixtures.closed(100 + i, 1, 1));
            }
        }
        service.log().append(events);
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> words(String path) {
        Answer answer = service.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(e -> e.path("event").asString() + " "
                        + e.path("actor").path("login").asString())
                .toList();
    }

    @Test
    void anIssueTellsWhatHappenedToItInOrder() {
        assertThat(words(REPO + "/issues/1/events"))
                .containsExactly(
                        "assigned octocat",
                        "assigned octocat",
                        "locked octocat",
                        "unlocked octocat",
                        "closed octocat",
                        "reopened torvalds");
        JsonNode events = service.get(REPO + "/issues/1/events").json();
        assertThat(events.get(0).path("id").isIntegralNumber()).isTrue();
        assertThat(events.get(0).path("commit_id").isNull()).isTrue();
        assertThat(events.get(0).path("assignee").path("login").asString()).isEqualTo("octocat");
        assertThat(events.get(1).path("assignee").path("login").asString()).isEqualTo("torvalds");
        assertThat(events.get(1).path("assigner").path("login").asString()).isEqualTo("octocat");
        assertThat(events.get(2).path("lock_reason").asString()).isEqualTo("resolved");
        assertThat(events.get(3).has("lock_reason")).isFalse();
        assertThat(events.get(4).path("state_reason").asString()).isEqualTo("completed");
    }

    @Test
    void aTitleThatChangedIsTold() {
        service.log()
                .append(
                        EventFixtures.created(90, 1, "octocat", "titles"),
                        EventFixtures.issue(90, 1, 1, "what it was before"),
                        EventFixtures.edited(90, 1, "what it is now", null),
                        EventFixtures.edited(90, 1, null, "a body"));
        service.await();
        String path = "/repos/octocat/titles/issues/1";
        assertThat(words(path + "/events")).containsExactly("renamed octocat");
        for (String history : List.of("/events", "/timeline")) {
            JsonNode rename = service.get(path + history).json().get(0).path("rename");
            assertThat(rename.path("from").asString()).isEqualTo("what it was before");
            assertThat(rename.path("to").asString()).isEqualTo("what it is now");
        }
    }

    @Test
    void aTimelineHasTheCommentsToo() {
        assertThat(words(REPO + "/issues/1/timeline"))
                .containsExactly(
                        "commented torvalds",
                        "assigned octocat",
                        "assigned octocat",
                        "locked octocat",
                        "unlocked octocat",
                        "closed octocat",
                        "commented octocat",
                        "reopened torvalds");
        JsonNode timeline = service.get(REPO + "/issues/1/timeline").json();
        assertThat(timeline.get(0).path("body").asString()).isEqualTo("a comment");
        assertThat(timeline.get(0).path("id").asLong()).isEqualTo(11);
        assertThat(timeline.get(6).path("body").asString()).hasSize(5_000);
    }

    @Test
    void aRepositoryTellsWhatHappenedToItsIssuesNewestFirst() {
        assertThat(words(REPO + "/issues/events"))
                .startsWith("closed octocat", "reopened torvalds", "closed octocat")
                .hasSize(7);
        JsonNode newest = service.get(REPO + "/issues/events").json().get(0);
        assertThat(newest.path("issue").path("number").asLong()).isEqualTo(2);
        assertThat(newest.path("issue").path("title").asString()).isEqualTo("another");
    }

    @Test
    void whatIsNotThereHasNoHistory() {
        for (String path :
                List.of("/issues/9/events", "/issues/9/timeline", "/issues/x/events", "/issues/0/timeline")) {
            assertThat(service.get(REPO + path).status()).as(path).isEqualTo(404);
        }
        service.log()
                .append(
                        EventFixtures.created(20, 1, "octocat", "quiet"),
                        EventFixtures.issue(20, 1, 1, "an issue"),
                        EventFixtures.closed(20, 1, 1),
                        EventFixtures.issuesSwitchedOff(20));
        service.await();
        for (String path : List.of("/issues/1/events", "/issues/1/timeline", "/issues/events")) {
            assertThat(service.get("/repos/octocat/quiet" + path).status())
                    .as(path)
                    .isEqualTo(410);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aListHasEachEntryOnceAndLinksOnlyWhereThereIsMore(int repository) {
        int size = new int[] {0, 1, 30, 31}[repository];
        for (String list : List.of("/issues/1/events", "/issues/1/timeline", "/issues/events")) {
            Answer answer = service.get("/repos/octocat/repo-" + repository + list);
            List<Long> ids = new ArrayList<>();
            assertThat(answer.link("next").isPresent()).as(list).isEqualTo(size > 30);
            while (true) {
                answer.json().valueStream().forEach(e -> ids.add(e.path("id").asLong()));
                if (answer.link("next").isEmpty()) {
                    break;
                }
                answer = service.get(answer.link("next").get());
            }
            assertThat(ids).as(list).hasSize(size).doesNotHaveDuplicates();
        }
    }

    @Test
    void aDeletedRepositoryTakesItsHistoryAlong() throws InterruptedException {
        service.log()
                .append(
                        EventFixtures.created(30, 1, "octocat", "doomed"),
                        EventFixtures.issue(30, 1, 1, "an issue"),
                        EventFixtures.closed(30, 1, 1),
                        EventFixtures.deleted(30, 1, "octocat", "doomed"));
        service.await();
        assertThat(service.get("/repos/octocat/doomed/issues/1/events").status())
                .isEqualTo(404);
        Eventually.until(() -> left().isEmpty());
    }

    private static List<?> left() {
        return service.table().table().all(Spans.historyOf(Keys.conversation(ConversationKind.ISSUE, 30, 1)));
    }
}
