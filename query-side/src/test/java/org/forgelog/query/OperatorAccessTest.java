package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import org.forgelog.query.read.LogFollower;
import org.junit.jupiter.api.Test;

/** Who gets to the operators' endpoints, and how a node tells that it should be started again. */
class OperatorAccessTest {

    private static int status(QueryService service, String token) {
        return service.get("/operator/projection", null, "X-Forgelog-Operator-Token", token)
                .status();
    }

    @Test
    void whoGuessesIsNotHeardAnyMore() {
        try (QueryService service = QueryService.start("forgelog.rate-limit.failures=3")) {
            for (int i = 0; i < 3; i++) {
                assertThat(status(service, "guess-" + i)).isEqualTo(401);
            }
            assertThat(status(service, "guess")).isEqualTo(429);
            assertThat(status(service, "operators")).isEqualTo(429);
            assertThat(service.get("/operator/projection", QueryService.ADMIN).status())
                    .isEqualTo(429);
            assertThat(service.get("/events").status()).isEqualTo(200);
        }
    }

    @Test
    void whoeverWasGoodGoesOnWhileAnotherGuesses() {
        try (QueryService service = QueryService.start("forgelog.rate-limit.failures=1")) {
            assertThat(status(service, "operators")).isEqualTo(200);
            assertThat(status(service, "guess")).isEqualTo(401);
            assertThat(status(service, "guess")).isEqualTo(429);
            assertThat(status(service, "operators")).isEqualTo(200);
        }
    }

    @Test
    void healthAndMetricsAreAskedForAtAPortOfTheirOwn() throws InterruptedException {
        try (QueryService service = QueryService.start("management.server.port=0")) {
            String own = "http://127.0.0.1:" + service.property("local.management.port");
            for (String path : new String[] {"/actuator/health/readiness", "/actuator/prometheus"}) {
                until(() -> service.get(own + path).status() == 200);
                assertThat(service.get(path).status()).isEqualTo(404);
            }
            assertThat(service.get(own + "/events").status()).isEqualTo(404);
        }
    }

    @Test
    void aNodeWithoutWhatItCannotDoWithoutIsNotAlive() throws InterruptedException {
        try (QueryService service = QueryService.start()) {
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            service.bean(LogFollower.class).close();
            until(() -> service.get("/actuator/health/liveness").status() == 503);
        }
    }
}
