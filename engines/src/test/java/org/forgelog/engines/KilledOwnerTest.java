package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledOwnerTest {
    /** A limit for one that stays. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void enginesEndWhenTheirOwnerIsKilled() throws Exception {
        EnginesOwner owner = EnginesOwner.startIn(folder);
        ProcessHandle postgres = owner.postgres();

        owner.kill();

        assertThat(Processes.ended(postgres, LONGEST)).isTrue();
    }

    @Test
    void theNextStartStopsEnginesThatWereLeftRunning() throws Exception {
        EnginesOwner owner = EnginesOwner.startIn(folder);
        ProcessHandle leftPostgres = owner.postgres();
        owner.killWithWatchdogs();
        assertThat(leftPostgres.isAlive()).isTrue();

        try (LocalPostgres postgres = LocalPostgres.start(EnginesOwner.postgresIn(folder))) {
            assertThat(leftPostgres.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(leftPostgres.pid());
        }
    }
}
