package org.forgelog.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.START_LIMIT;
import static org.forgelog.standalone.UpProcess.created;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code forgelog up} as an operator meets it: real processes, killed for real. */
class UpTest {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    enum Victim {
        FORGELOG,
        POSTGRESQL,
        DYNAMODB_LOCAL
    }

    @TempDir
    Path folder;

    @Test
    void aStopLeavesNoProcess() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data)) {
            assertThat(permissions(data)).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("admin-token"))).isEqualTo("rw-------");
            List<ProcessHandle> engines = List.of(up.postgres(), up.dynamoDb());
            List<ProcessHandle> descendants = up.jvm().handle().descendants().toList();
            up.jvm().terminate();
            assertThat(up.jvm().awaitEnd(STOP_LIMIT)).isEqualTo(143);
            assertGone(engines);
            assertGone(descendants);
            assertThat(up.jvm().output())
                    .contains(
                            "is ready at " + up.jvm().url(),
                            data.resolve("admin-token").toString(),
                            "./forgelog demo")
                    .doesNotContain(up.adminToken());
        }
    }

    @Test
    void whateverIsKilledTheNextStartFindsAllData() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess first = UpProcess.startReady(data)) {
            writeAnIssue(first);
            kill(Victim.FORGELOG, first);
        }
        for (Victim victim : List.of(Victim.POSTGRESQL, Victim.DYNAMODB_LOCAL)) {
            try (UpProcess next = UpProcess.startReady(data)) {
                readTheIssue(next.service());
                kill(victim, next);
            }
        }
        try (UpProcess last = UpProcess.startReady(data)) {
            readTheIssue(last.service());
        }
    }

    private static void kill(Victim victim, UpProcess up) throws Exception {
        List<ProcessHandle> engines = List.of(up.postgres(), up.dynamoDb());
        switch (victim) {
            case FORGELOG -> up.jvm().kill();
            case POSTGRESQL -> up.postgres().destroyForcibly();
            case DYNAMODB_LOCAL -> up.dynamoDb().destroyForcibly();
        }
        int exitCode = up.jvm().awaitEnd(STOP_LIMIT);
        if (victim == Victim.FORGELOG) {
            assertThat(exitCode).isEqualTo(137);
        } else {
            assertThat(exitCode).isEqualTo(StartFailure.ENGINE_DIED);
            assertThat(up.jvm().output()).contains("ended by itself");
            assertGone(engines);
        }
    }

    @Test
    void besideALiveOneItRefusesItsFolderAndItsPort() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data);
                UpProcess sameFolder = UpProcess.start(data);
                UpProcess samePort =
                        UpProcess.start(folder.resolve("other"), up.jvm().port())) {
            assertThat(sameFolder.jvm().awaitEnd(START_LIMIT)).isEqualTo(StartFailure.FOLDER_IN_USE);
            assertThat(sameFolder.jvm().output())
                    .contains(
                            "another forgelog up (process " + up.jvm().handle().pid() + ")", "--data")
                    .doesNotContain("Exception");
            assertThat(samePort.jvm().awaitEnd(START_LIMIT)).isEqualTo(StartFailure.PORT_IN_USE);
            assertThat(samePort.jvm().output())
                    .contains("port " + up.jvm().port(), "--port")
                    .doesNotContain("Exception");
            writeAnIssue(up);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void writeAnIssue(UpProcess up) throws IOException {
        Service service = up.service();
        String token = up.userWithRepository(service, "ada", "engine");
        created(service.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note G")));
        readTheIssue(service);
    }

    private static void readTheIssue(Service service) {
        Answer issue = service.get("/repos/ada/engine/issues/1", null);
        assertThat(issue.status()).as(issue.body().toString()).isEqualTo(200);
        assertThat(issue.body().path("title").asString()).isEqualTo("Note G");
    }

    private static void assertGone(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(10, SECONDS);
            assertThat(process.isAlive()).isFalse();
        }
    }
}
