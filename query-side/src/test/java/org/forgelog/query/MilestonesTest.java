package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Milestones as they are read over HTTP. */
class MilestonesTest {

    private static final String REPO = "/repos/octocat/hello";

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "octocat"),
                        EventFixtures.registered(2, "torvalds"),
                        EventFixtures.created(10, 1, "octocat", "hello"),
                        EventFixtures.label(10, 70, "bug"),
                        EventFixtures.label(10, 71, "Area"),
                        EventFixtures.milestoneDue(10, 1, "late", Instant.parse("2028-01-01T00:00:00Z")),
                        EventFixtures.milestoneDue(10, 2, "soon", Instant.parse("2027-01-01T00:00:00Z")),
                        EventFixtures.milestone(10, 3, "some day"),
                        EventFixtures.milestone(10, 4, "done"),
                        EventFixtures.milestone(10, 5, "wrong"),
                        EventFixtures.issue(10, 1, 2, "first"),
                        EventFixtures.issue(10, 2, 2, "second"),
                        EventFixtures.issue(10, 3, 2, "third"),
                        EventFixtures.pull(10, 1, 2, "pull"),
                        EventFixtures.labelled(10, 1, 70),
                        EventFixtures.milestoned(10, 1, 1),
                        EventFixtures.milestoned(10, 2, 1),
                        EventFixtures.pullMilestoned(10, 1, 1),
                        EventFixtures.pullLabelled(10, 1, 71, 70),
                        EventFixtures.closedIn(10, 2, 1),
                        EventFixtures.milestoned(10, 3, 2),
                        EventFixtures.demilestoned(10, 3, 2),
                        EventFixtures.milestoned(10, 3, 5),
                        EventFixtures.milestoneRetitled(10, 2, "sooner"),
                        EventFixtures.milestoneClosed(10, 3),
                        EventFixtures.milestoneReopened(10, 3),
                        EventFixtures.milestoneClosed(10, 4),
                        EventFixtures.milestoneDeleted(10, 5));
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(e -> e.path(field).asString()).toList();
    }

    @Test
    void givenAMilestone_thenItCountsWhatIsPlannedForIt() {
        JsonNode milestone = service.get(REPO + "/milestones/1").json();
        assertThat(milestone.path("open_issues").asLong()).isEqualTo(2);
        assertThat(milestone.path("closed_issues").asLong()).isEqualTo(1);
        assertThat(milestone.path("url").asString()).isEqualTo(service.base() + REPO + "/milestones/1");
        assertThat(milestone.path("due_on").asString()).isEqualTo("2028-01-01T00:00:00Z");
        assertThat(milestone.path("creator").path("login").asString()).isEqualTo("octocat");
        assertThat(service.get(REPO + "/milestones/4").json().path("state").asString())
                .isEqualTo("closed");
        JsonNode second = service.get(REPO + "/milestones/2").json();
        assertThat(second.path("title").asString()).isEqualTo("sooner");
        assertThat(second.path("description").isNull()).isTrue();
        assertThat(second.path("open_issues").asLong()).isZero();
        assertThat(service.get(REPO + "/milestones/5").status()).isEqualTo(404);
        assertThat(service.get(REPO + "/milestones/0").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | sooner, late, some day",
                "direction=desc | some day, late, sooner",
                "state=closed | done",
                "state=all&sort=completeness&direction=desc | late, done, some day, sooner",
                "state=all&sort=completeness | sooner, some day, done, late",
                "per_page=1&page=2 | late"
            })
    void givenAnOrder_thenMilestonesAreListedInIt(String parameters, String expected) {
        assertThat(texts(service.get(REPO + "/milestones?" + parameters).json(), "title"))
                .containsExactly(expected.split(", "));
    }

    @Test
    void givenSomethingPlanned_thenItShowsItsMilestone() {
        for (String path : List.of("/issues/1", "/issues/2", "/pulls/1")) {
            assertThat(service.get(REPO + path).json().path("milestone"))
                    .as(path)
                    .isEqualTo(service.get(REPO + "/milestones/1").json());
        }
        assertThat(service.get(REPO + "/issues/3").json().path("milestone").isNull())
                .as("what it was planned for is deleted")
                .isTrue();
        assertThat(service.get(REPO + "/issues").json().valueStream().map(e -> e.path("milestone")
                        .path("title")
                        .asString("none")))
                .containsExactly("none", "late");
        assertThat(service.get(REPO + "/pulls")
                        .json()
                        .get(0)
                        .path("milestone")
                        .path("number")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void givenAMilestone_thenTheLabelsOfWhatIsPlannedForItAreListed() {
        assertThat(texts(service.get(REPO + "/milestones/1/labels").json(), "name"))
                .containsExactly("Area", "bug");
        assertThat(service.get(REPO + "/milestones/2/labels").json().size()).isZero();
        assertThat(service.get(REPO + "/milestones/5/labels").status()).isEqualTo(404);
    }

    @Test
    void givenAHistory_thenItTellsOfMilestonesThatStillExist() {
        JsonNode events = service.get(REPO + "/issues/3/events").json();
        assertThat(texts(events, "event")).containsExactly("milestoned", "demilestoned");
        assertThat(events.get(0).path("milestone").path("title").asString()).isEqualTo("sooner");
    }
}
