package org.forgelog.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.created;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void aStopLeavesNoProcessAndAllData() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data)) {
            writeAnIssue(up);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin-token"))))
                    .isEqualTo("rw-------");
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
        try (UpProcess again = UpProcess.startReady(data)) {
            readTheIssue(again.service());
        }
    }

    @ParameterizedTest
    @EnumSource(Victim.class)
    void whateverIsKilledTheNextStartFindsAllData(Victim victim) throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data)) {
            writeAnIssue(up);
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
        try (UpProcess again = UpProcess.startReady(data)) {
            readTheIssue(again.service());
        }
    }

    @Test
    void besideALiveOneOnTheSameFolderItRefuses() throws Exception {
        Path data = folder.resolve("data");
        try (UpProcess up = UpProcess.startReady(data);
                UpProcess second = UpProcess.start(data)) {
            assertThat(second.jvm().awaitEnd(Duration.ofSeconds(30))).isEqualTo(StartFailure.FOLDER_IN_USE);
            assertThat(second.jvm().output())
                    .contains(
                            "another forgelog up (process " + up.jvm().handle().pid() + ")", "--data")
                    .doesNotContain("Exception");
            writeAnIssue(up);
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                UpProcess up = UpProcess.start(folder.resolve("data"), taken.getLocalPort())) {
            assertThat(up.jvm().awaitEnd(Duration.ofSeconds(30))).isEqualTo(StartFailure.PORT_IN_USE);
            assertThat(up.jvm().output())
                    .contains("port " + taken.getLocalPort(), "--port")
                    .doesNotContain("Exception");
        }
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
