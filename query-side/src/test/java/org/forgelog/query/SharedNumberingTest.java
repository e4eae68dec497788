package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Reads of a repository where a pull request is also an issue. */
class SharedNumberingTest {

    private static final String SHARED = "/repos/octocat/shared";
    private static final String APART = "/repos/octocat/apart";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(List.of(
                        EventFixtures.registered(1, "octocat"),
                        EventFixtures.registered(2, "torvalds"),
                        EventFixtures.sharing(10, 1, "octocat", "shared"),
                        EventFixtures.created(11, 1, "octocat", "apart"),
                        EventFixtures.label(10, 70, "bug"),
                        EventFixtures.label(11, 71, "bug"),
                        EventFixtures.issue(10, 1, 1, "issue"),
                        EventFixtures.pull(10, 2, 2, "pull"),
                        EventFixtures.pullLabelled(10, 2, 70),
                        EventFixtures.pullAssigned(10, 2, 1),
                        EventFixtures.pullCommented(10, 2, 9_001, 1, "on the whole"),
                        EventFixtures.reviewed(10, 2, 9_002, 2, "in the diff"),
                        EventFixtures.commented(10, 1, 9_003, 2, "on the issue"),
                        EventFixtures.pull(11, 1, 2, "apart"),
                        EventFixtures.pullLabelled(11, 1, 71),
                        EventFixtures.pullAssigned(11, 1, 1)));
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> titles(String path) {
        Answer answer = service.get(path, "octo-token");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().valueStream().map(e -> e.path("title").asString()).toList();
    }

    private static List<String> bodies(String path) {
        return service.get(path)
                .json()
                .valueStream()
                .map(e -> e.path("body").asString())
                .toList();
    }

    @Test
    void aPullRequestIsServedAsAnIssueToo() {
        JsonNode issue = service.get(SHARED + "/issues/2").json();
        assertThat(issue.path("title").asString()).isEqualTo("pull");
        assertThat(issue.at("/pull_request/url").asString()).endsWith(SHARED + "/pulls/2");
        assertThat(issue.at("/pull_request/merged_at").isNull()).isTrue();
        assertThat(issue.path("draft").asBoolean()).isFalse();
        assertThat(issue.path("comments").asLong()).isOne();
        assertThat(issue.at("/labels/0/name").asString()).isEqualTo("bug");
        assertThat(service.get(SHARED + "/issues/1").json().has("pull_request")).isFalse();
        assertThat(service.get(SHARED + "/pulls/1").status()).isEqualTo(404);
        assertThat(service.get(SHARED + "/issues/3").status()).isEqualTo(404);
        assertThat(service.get(SHARED + "/issues/2/labels").json()).hasSize(1);
        assertThat(service.get(SHARED).json().path("numbering").asString()).isEqualTo("shared");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/issues | pull issue",
                "/issues?direction=asc | issue pull",
                "/issues?sort=updated | issue pull",
                "/issues?state=all&sort=comments | pull issue",
                "/issues?labels=bug | pull",
                "/issues?assignee=octocat | pull",
                "/issues?creator=octocat | issue",
                "/issues?state=closed |",
                "/pulls | pull"
            })
    void issuesAreListedWithPullRequests(String path, String expected) {
        assertThat(titles(SHARED + path)).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void whatConcernsTheCallerHasThemToo() {
        assertThat(titles("/issues")).containsExactly("pull");
        assertThat(titles("/user/issues?filter=repos")).containsExactly("pull", "issue");
        assertThat(titles("/issues?filter=all&labels=bug")).containsExactly("pull");
    }

    @Test
    void whereNumbersAreSeparateNoIssueRouteLeadsToAPullRequest() {
        for (String path : List.of("", "/comments", "/labels", "/reactions", "/events", "/timeline")) {
            assertThat(service.get(APART + "/issues/1" + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(titles(APART + "/issues?state=all")).isEmpty();
        assertThat(titles(APART + "/issues?labels=bug")).isEmpty();
        assertThat(titles(APART + "/issues?assignee=octocat")).isEmpty();
        assertThat(service.get(APART + "/issues/events").json()).isEmpty();
        assertThat(service.get(APART + "/pulls/1").json().path("issue_url").asString())
                .endsWith(APART + "/pulls/1");
    }

    @Test
    void commentsOnTheWholeAreIssuesAndThoseInTheDiffAreNot() {
        assertThat(bodies(SHARED + "/issues/2/comments")).containsExactly("on the whole");
        assertThat(bodies(SHARED + "/pulls/2/comments")).containsExactly("in the diff");
        assertThat(bodies(SHARED + "/issues/comments")).containsExactly("on the whole", "on the issue");
        assertThat(bodies(SHARED + "/issues/comments?sort=updated&direction=desc"))
                .containsExactly("on the issue", "on the whole");
        assertThat(bodies(SHARED + "/pulls/comments")).containsExactly("in the diff");
        assertThat(service.get(SHARED + "/issues/comments/9001")
                        .json()
                        .path("issue_url")
                        .asString())
                .endsWith(SHARED + "/issues/2");
        assertThat(service.get(SHARED + "/pulls/comments/9001").status()).isEqualTo(404);
        assertThat(service.get(SHARED + "/issues/comments/9002").status()).isEqualTo(404);
        assertThat(service.get(SHARED + "/issues/comments/9001/reactions").status())
                .isEqualTo(200);
        assertThat(service.get(SHARED + "/pulls/comments/9001/reactions").status())
                .isEqualTo(404);
        assertThat(service.get(SHARED + "/issues/2/reactions").status()).isEqualTo(200);
        assertThat(service.get(SHARED + "/issues/2/reactions?content=" + ReactionContent.HEART.word())
                        .json())
                .isEmpty();
    }

    @Test
    void aPullRequestHasAHistory() {
        assertThat(words(SHARED + "/issues/2/events")).containsExactly("labeled", "assigned");
        assertThat(words(SHARED + "/issues/2/timeline")).containsExactly("labeled", "assigned", "commented");
        JsonNode newest = service.get(SHARED + "/issues/events").json().get(0);
        assertThat(newest.path("event").asString()).isEqualTo("assigned");
        assertThat(newest.at("/issue/pull_request/url").asString()).endsWith("/pulls/2");
    }

    private static List<String> words(String path) {
        return service.get(path)
                .json()
                .valueStream()
                .map(e -> e.path("event").asString())
                .toList();
    }

    @Test
    void feedsTellOfCommentsOnTheWholeAsOfIssues() {
        Map<String, Long> types = service.get(SHARED + "/events")
                .json()
                .valueStream()
                .collect(java.util.stream.Collectors.groupingBy(
                        e -> e.path("type").asString(), java.util.stream.Collectors.counting()));
        assertThat(types).containsEntry("IssueCommentEvent", 2L).containsEntry("PullRequestReviewCommentEvent", 1L);
    }
}
