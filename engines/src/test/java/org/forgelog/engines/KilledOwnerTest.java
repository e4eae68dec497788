package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledOwnerTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void enginesEndWhenTheirOwnerIsKilled() throws Exception {
        EnginesOwner owner = EnginesOwner.startIn(folder);
        ProcessHandle postgres = owner.postgres();
        ProcessHandle dynamoDb = owner.dynamoDb();

        owner.kill();

        assertThat(Processes.ended(postgres, SOON)).isTrue();
        assertThat(Processes.ended(dynamoDb, SOON)).isTrue();
    }

    @Test
    void theNextStartStopsEnginesThatWereLeftRunning() throws Exception {
        EnginesOwner owner = EnginesOwner.startIn(folder);
        ProcessHandle leftPostgres = owner.postgres();
        ProcessHandle leftDynamoDb = owner.dynamoDb();
        owner.killWithTethers();
        assertThat(leftPostgres.isAlive()).isTrue();
        assertThat(leftDynamoDb.isAlive()).isTrue();

        try (LocalPostgres postgres = LocalPostgres.start(EnginesOwner.postgresIn(folder));
                DynamoDbLocal dynamoDb = DynamoDbLocal.start(EnginesOwner.dynamoDbIn(folder))) {
            assertThat(leftPostgres.isAlive()).isFalse();
            assertThat(leftDynamoDb.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(leftPostgres.pid());
            assertThat(dynamoDb.pid()).isNotEqualTo(leftDynamoDb.pid());
        }
    }
}
