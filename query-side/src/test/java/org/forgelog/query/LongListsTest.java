package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are longer than what is sorted, or merged, in memory elsewhere. */
class LongListsTest {

    private static final int ISSUES = 1_100;
    private static final int REPOSITORIES = 130;
    private static final String PATH = "/repos/octocat/engine/issues";

    private static QueryService service;

    /** The oldest issues are those of which most is said. */
    @BeforeAll
    static void start() {
        List<DomainEvent> events = new ArrayList<>(List.of(
                EventFixtures.registered(1, "octocat"),
                EventFixtures.created(10, 1, "octocat", "engine"),
                EventFixtures.organization(50, "acme"),
                EventFixtures.registered(60, "fork-source"),
                EventFixtures.created(600, 60, "fork-source", "base")));
        for (int n = 1; n <= ISSUES; n++) {
            events.add(EventFixtures.issue(10, n, 1, "issue " + n));
        }
        int comment = 9_000;
        for (int[] said : new int[][] {{2, 3}, {5, 2}, {900, 1}}) {
            for (int i = 0; i < said[1]; i++) {
                events.add(EventFixtures.commented(10, said[0], ++comment, 1, "said"));
            }
        }
        for (int i = 1; i <= REPOSITORIES; i++) {
            events.add(EventFixtures.created(1_000 + i, 50, "acme", "repo-" + i));
            events.add(EventFixtures.registered(2_000 + i, "forker-" + i));
            events.add(EventFixtures.forked(3_000 + i, 2_000 + i, "forker-" + i, "base", 600, 600));
        }
        events.add(EventFixtures.issue(1_001, 1, 60, "in the repository that was changed first"));
        events.add(EventFixtures.issue(3_001, 1, 60, "in the oldest fork"));
        service = QueryService.startWith(events);
        service.log().token(1, "octocat", "octo-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<Long> numbers(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(issue -> issue.path("number").asLong())
                .toList();
    }

    @Test
    void issuesOfWhichMostIsSaidComeFirstHoweverOldTheyAre() {
        Answer answer = service.get(PATH + "?sort=comments&per_page=30");
        assertThat(numbers(answer)).startsWith(2L, 5L, 900L, (long) ISSUES, ISSUES - 1L);
        assertThat(answer.readUnits()).as("all of %s issues are read", ISSUES).isLessThan(ISSUES / 8.0 + 20);
    }

    @Test
    void theOrderByCommentsHoldsFromPageToPage() {
        List<Long> walked = new ArrayList<>();
        Answer answer = service.get(PATH + "?sort=comments&direction=asc&per_page=100");
        walked.addAll(numbers(answer));
        while (answer.link("next").isPresent()) {
            answer = service.get(answer.link("next").get());
            walked.addAll(numbers(answer));
        }
        assertThat(walked)
                .hasSize(ISSUES)
                .doesNotHaveDuplicates()
                .startsWith(1L, 3L, 4L, 6L)
                .endsWith(900L, 5L, 2L);
    }

    @Test
    void whatIsSaidLaterMovesTheIssue() {
        service.log()
                .append(
                        EventFixtures.created(11, 60, "fork-source", "small"),
                        EventFixtures.issue(11, 1, 60, "one"),
                        EventFixtures.issue(11, 2, 60, "two"),
                        EventFixtures.commented(11, 1, 8_001, 1, "said"));
        service.await();
        String path = "/repos/fork-source/small/issues?state=all&sort=comments";
        assertThat(numbers(service.get(path))).containsExactly(1L, 2L);
        service.log()
                .append(
                        EventFixtures.commented(11, 2, 8_002, 1, "said"),
                        EventFixtures.commented(11, 2, 8_003, 1, "said"),
                        EventFixtures.closed(11, 2, 1));
        service.await();
        assertThat(numbers(service.get(path))).containsExactly(2L, 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "sort=comments, 2, 5, 900",
        "sort=updated, 900, 5, 2",
        "sort=updated&direction=asc, 1, 3, 4",
        "sort=comments&direction=asc, 1, 3, 4"
    })
    void whatOneOpenedIsSortedThroughout(String parameters, long first, long second, long third) {
        assertThat(numbers(service.get("/issues?filter=created&per_page=3&" + parameters, "octo-token")))
                .containsExactly(first, second, third);
    }

    @Test
    void whatAnyOfManyRepositoriesOfAnOrganizationTellsIsInItsFeed() {
        assertThat(firstOf("/orgs/acme/events")).isEqualTo("IssuesEvent acme/repo-1");
    }

    @Test
    void whatAnyOfManyForksTellsIsInTheFeedOfTheNetwork() {
        assertThat(firstOf("/networks/fork-source/base/events")).isEqualTo("IssuesEvent forker-1/base");
    }

    private static String firstOf(String path) {
        Answer answer = service.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json()).hasSize(30);
        return answer.json().get(0).path("type").asString() + " "
                + answer.json().get(0).path("repo").path("name").asString();
    }
}
