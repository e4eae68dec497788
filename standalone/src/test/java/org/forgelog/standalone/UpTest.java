package org.forgelog.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.standalone.UpProcess.LIMIT;
import static org.forgelog.standalone.UpProcess.created;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code forgelog up} as an operator meets it: real processes, killed for real. A start takes its time, so each test goes on
 * with the folder, and where there is one with the {@code up}, that the one before left.
 */
@TestMethodOrder(OrderAnnotation.class)
class UpTest {

    enum Victim {
        FORGELOG,
        POSTGRESQL
    }

    private static final int ISSUES = 10_000;

    /** Copies of the one issue that is there, with numbers and ids of their own. */
    private static final String MORE_ISSUES =
            """
            insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision, payload,
                                      metadata, sequence_key, appended_at)
            select gen_random_uuid(), aggregate_type, regexp_replace(aggregate_id, '-1$', '-' || n), 0, type, revision,
                   jsonb_set(jsonb_set(payload, '{number}', to_jsonb(n)), '{issue_id}', to_jsonb(1000000 + n)),
                   metadata, sequence_key, appended_at
            from domain_event, generate_series(2, %d) n
            where type = 'issue-opened'
            order by n
            """
                    .formatted(ISSUES);

    @TempDir
    static Path folder;

    private static Path data;
    private static UpProcess up;

    @BeforeAll
    static void start() throws Exception {
        data = folder.resolve("data");
        up = UpProcess.startReady(data);
    }

    @AfterAll
    static void stop() throws Exception {
        up.close();
    }

    @Test
    @Order(0)
    void nothingListensBeyondThisMachine() throws Exception {
        List<Long> processes = Stream.concat(
                        Stream.of(up.jvm().handle(), up.postgres()),
                        Stream.of(up.jvm().handle(), up.postgres()).flatMap(ProcessHandle::descendants))
                .map(ProcessHandle::pid)
                .distinct()
                .toList();
        List<ListeningSockets.Socket> sockets = ListeningSockets.of(processes);
        assertThat(sockets).allMatch(ListeningSockets.Socket::isLoopback);
        assertThat(sockets)
                .extracting(ListeningSockets.Socket::port)
                .contains(up.jvm().port());
        assertThat(sockets.stream().map(ListeningSockets.Socket::port).distinct())
                .as("HTTP and PostgreSQL: %s", sockets)
                .hasSize(2);
    }

    @Test
    @Order(1)
    void besideALiveOneItRefusesItsFolderAndItsPort() throws Exception {
        try (UpProcess sameFolder = UpProcess.start(data);
                UpProcess samePort =
                        UpProcess.start(folder.resolve("other"), up.jvm().port())) {
            assertThat(sameFolder.jvm().awaitEnd(LIMIT)).isEqualTo(StartFailure.FOLDER_IN_USE);
            assertThat(sameFolder.jvm().output())
                    .contains(
                            "another forgelog up (process " + up.jvm().handle().pid() + ")", "--data")
                    .doesNotContain("Exception");
            assertThat(samePort.jvm().awaitEnd(LIMIT)).isEqualTo(StartFailure.PORT_IN_USE);
            assertThat(samePort.jvm().output())
                    .contains("port " + up.jvm().port(), "--port")
                    .doesNotContain("Exception");
        }
        writeAnIssue();
    }

    @Test
    @Order(2)
    void whateverIsKilledTheNextStartFindsAllData() throws Exception {
        for (Victim victim : Victim.values()) {
            kill(victim);
            up = UpProcess.startReady(data);
            readTheIssue();
        }
    }

    private static void kill(Victim victim) throws Exception {
        List<ProcessHandle> engines = List.of(up.postgres());
        switch (victim) {
            case FORGELOG -> up.jvm().kill();
            case POSTGRESQL -> up.postgres().destroyForcibly();
        }
        int exitCode = up.jvm().awaitEnd(LIMIT);
        if (victim == Victim.FORGELOG) {
            assertThat(exitCode).isEqualTo(137);
        } else {
            assertThat(exitCode).isEqualTo(StartFailure.ENGINE_DIED);
            assertThat(up.jvm().output()).contains("ended by itself");
            assertGone(engines);
        }
    }

    @Test
    @Order(3)
    void aStopLeavesNoProcess() throws Exception {
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("admin-token"))).isEqualTo("rw-------");
        writeMoreIssues();
        List<ProcessHandle> engines = List.of(up.postgres());
        List<ProcessHandle> descendants = up.jvm().handle().descendants().toList();
        String token = up.adminToken();
        up.jvm().terminate();
        assertThat(up.jvm().awaitEnd(LIMIT)).isEqualTo(143);
        assertGone(engines);
        assertGone(descendants);
        assertThat(up.jvm().output())
                .contains(
                        "is ready at " + up.jvm().url(),
                        data.resolve("admin-token").toString(),
                        "./forgelog demo")
                .doesNotContain(token);
    }

    private static void writeMoreIssues() throws Exception {
        try (Connection connection = DriverManager.getConnection(up.jdbcUrl());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(MORE_ISSUES)).isEqualTo(ISSUES - 1);
            statement.execute("update repository_number set last_issue = " + ISSUES);
        }
    }

    @Test
    @Order(4)
    void tenThousandEventsAreInTheTableSoonAfterAStart() throws Exception {
        up = UpProcess.start(data);
        Duration took = up.jvm().awaitReady(LIMIT);
        System.out.println("Ready with 10,000 events after " + took.toMillis() + " ms");
        Answer last = up.service().get("/repos/ada/engine/issues/" + ISSUES, null);
        assertThat(last.status()).as(last.body().toString()).isEqualTo(200);
        Answer repository = up.service().get("/repos/ada/engine", null);
        assertThat(repository.body().path("open_issues_count").asInt()).isEqualTo(ISSUES);
    }

    @Test
    @Order(5)
    void theTableIsKeptAndNotBuiltAgain() throws Exception {
        String log = Files.readString(data.resolve("forgelog.log"));
        assertThat(log.split("table forgelog was created", -1))
                .as("times that it was created")
                .hasSize(2);
    }

    @Test
    @Order(6)
    void aDamagedTableIsSetAsideAndBuiltAgain() throws Exception {
        up.jvm().kill();
        up.jvm().awaitEnd(LIMIT);
        damage(data.resolve("dynamodb"));
        up = UpProcess.start(data);
        up.jvm().awaitReady(LIMIT);
        assertThat(up.jvm().output()).contains("is damaged", "dynamodb.damaged-", "an empty one takes its place");
        try (Stream<Path> folders = Files.list(data)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("dynamodb.damaged-"));
        }
        Answer last = up.service().get("/repos/ada/engine/issues/" + ISSUES, null);
        assertThat(last.status()).as(last.body().toString()).isEqualTo(200);
    }

    /** Overwrites a part of the file that says which files belong to the store. */
    private static void damage(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            Path manifest = files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(manifest);
            Arrays.fill(content, 20, Math.min(60, content.length), (byte) 0x5a);
            Files.write(manifest, content);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void writeAnIssue() throws IOException {
        Service service = up.service();
        String token = up.userWithRepository(service, "ada", "engine");
        created(service.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note G")));
        readTheIssue();
    }

    private static void readTheIssue() {
        Answer issue = up.service().get("/repos/ada/engine/issues/1", null);
        assertThat(issue.status()).as(issue.body().toString()).isEqualTo(200);
        assertThat(issue.body().path("title").asString()).isEqualTo("Note G");
    }

    private static void assertGone(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(LIMIT.toSeconds(), SECONDS);
            assertThat(process.isAlive()).isFalse();
        }
    }
}
