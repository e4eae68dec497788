package org.forgelog.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.forgelog.engines.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    @TempDir
    Path folder;

    @Test
    void givenPostgresqlIsAway_thenNoCommandsAreWanted_andARestartHelpsNobody() {
        LocalPostgres.Settings settings = new LocalPostgres.Settings(folder.resolve("data"), 0, false).withFreePort();
        LocalPostgres postgres = LocalPostgres.start(settings);
        try (CommandNode node =
                CommandNode.with(postgres.jdbcUrl(), Map.of("spring.datasource.hikari.connection-timeout", "1000"))) {
            untilReady(node);

            postgres.close();

            assertThat(node.call("GET", READINESS, null, null).status()).isEqualTo(503);
            assertThat(node.call("GET", LIVENESS, null, null).status()).isEqualTo(200);

            postgres = LocalPostgres.start(settings);
            untilReady(node);
        } finally {
            postgres.close();
        }
    }

    private static void untilReady(CommandNode node) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> node.call("GET", READINESS, null, null).status() == 200);
    }
}
