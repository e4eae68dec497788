package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.Position;
import org.forgelog.query.QueryService.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operators' endpoints, and what readers see while the table is built. */
class OperatorTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start("forgelog.position-wait=300ms");
        List<DomainEvent> events = new ArrayList<>();
        events.add(Facts.registered(1, "owner"));
        events.add(Facts.created(10, 1, "owner", "repo"));
        for (int n = 1; n <= 2_000; n++) {
            events.add(Facts.issue(10, n, 1, "issue " + n));
        }
        service.log().append(events);
        service.log().token(1, "owner", "owner-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void onlyOperatorsAreLetIn() {
        assertThat(service.get("/operator/projection").status()).isEqualTo(401);
        assertThat(service.get("/operator/projection", "owner-token").status()).isEqualTo(403);
        assertThat(service.send("POST", "/operator/replay", "owner-token").status())
                .isEqualTo(403);
        assertThat(service.get("/operator/projection", null, "X-Forgelog-Operator-Token", "wrong")
                        .status())
                .isEqualTo(401);
        assertThat(service.get("/operator/projection", null, "X-Forgelog-Operator-Token", "operators")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theProjectionTellsHowFarItIs() {
        service.await();
        var json = service.get("/operator/projection", QueryService.ADMIN).json();
        assertThat(json.path("position").asLong()).isEqualTo(json.path("head").asLong());
        assertThat(json.path("lag").asLong()).isZero();
        assertThat(json.path("events_done").asLong())
                .isEqualTo(json.path("events_total").asLong());
        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.path("leading").asBoolean()).isTrue();
        assertThat(json.path("stopped").isArray()).isTrue();
    }

    @Test
    void whatItDidIsCountedForPrometheus() {
        service.log().append(Facts.starred(1, 10));
        service.await();
        service.get("/repos/owner/repo/issues/1");
        String metrics = service.get("/actuator/prometheus", null, "Accept", "text/plain")
                .text();
        assertThat(metrics)
                .contains("forgelog_projection_events_total{kind=\"repository-starred\",table=\"forgelog\"} 1.0")
                // The star, its two indexes, the repository's counters; and the page of the feed in its two.
                .contains("forgelog_projection_write_units_total{kind=\"repository-starred\",table=\"forgelog\"} 7.0")
                .contains("forgelog_projection_lag_events{phase=\"serving\",table=\"forgelog\"}")
                .contains("forgelog_projection_lag_seconds{phase=\"serving\",table=\"forgelog\"}")
                .contains("forgelog_projection_dead_letters{phase=\"serving\",table=\"forgelog\"} 0.0")
                .contains("forgelog_projection_errors_total{table=\"forgelog\"} 0.0")
                .contains("forgelog_read_units_total{pattern=\"5\"}");
        assertThat(service.get("/actuator/health/readiness", QueryService.ADMIN).text())
                .contains("UP");
    }

    @Test
    void whileTheTableIsBuiltReadsAnswer503AndNeverAnEmptyList() throws InterruptedException {
        assertThat(service.send("POST", "/operator/replay", QueryService.ADMIN).status())
                .isEqualTo(202);
        boolean wasRefused = false;
        boolean wasNotReady = false;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!service.get("/operator/replay", QueryService.ADMIN)
                .json()
                .path("state")
                .asString()
                .equals("done")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Answer answer = service.get("/repos/owner/repo/issues");
            if (answer.status() == 503) {
                wasRefused = true;
                assertThat(answer.header("Retry-After")).isPresent();
            } else {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.json().size()).isEqualTo(30);
            }
            wasNotReady |= service.get("/actuator/health/readiness").status() == 503;
        }
        assertThat(wasRefused).isTrue();
        assertThat(wasNotReady).isTrue();
        assertThat(service.get("/repos/owner/repo")
                        .json()
                        .path("open_issues_count")
                        .asLong())
                .isEqualTo(2_000);
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void aPositionNotReachedInTimeIs503AndWhatIsNoPositionIs400() {
        String future = new Position(1_000_000, Set.of("r:10")).encode();
        Answer late = service.get("/repos/owner/repo", null, "X-Forgelog-Position", future);
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("Retry-After")).isPresent();
        for (String bad : new String[] {"x", "7", "!!!"}) {
            assertThat(service.get("/repos/owner/repo", null, "X-Forgelog-Position", bad)
                            .status())
                    .isEqualTo(400);
        }
    }
}
