package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.forgelog.engines.LocalPostgres;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.MasterKeys;
import org.forgelog.eventlog.PersonKeyStore;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A {@code forgelog up} on a folder, with what a test wants to know of it. */
final class UpProcess implements AutoCloseable {

    /** For what never ends: the machine may be busy with other things. */
    static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path data;
    private final JvmProcess jvm;

    private UpProcess(Path data, JvmProcess jvm) {
        this.data = data;
        this.jvm = jvm;
    }

    static UpProcess start(Path data) {
        return start(data, JvmProcess.freePort());
    }

    static UpProcess start(Path data, int port) {
        return start(data, port, Map.of());
    }

    private static UpProcess start(Path data, int port, Map<String, String> environment) {
        Path output = data.resolveSibling(data.getFileName() + "-" + port + ".out");
        String[] args = {"--port", Integer.toString(port), "--data", data.toString()};
        // As it is deployed: without the tests' own classes.
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return new UpProcess(data, JvmProcess.start(Main.class, port, classPath, output, environment, args));
    }

    static UpProcess startReady(Path data) throws InterruptedException {
        return startReady(data, Map.of());
    }

    static UpProcess startReady(Path data, Map<String, String> environment) throws InterruptedException {
        UpProcess up = start(data, JvmProcess.freePort(), environment);
        up.jvm.awaitReady(LIMIT);
        up.jvm.awaitOutput("Ctrl-C stops everything", LIMIT);
        return up;
    }

    JvmProcess jvm() {
        return jvm;
    }

    Path data() {
        return data;
    }

    String adminToken() throws IOException {
        return Files.readString(data.resolve("admin-token")).strip();
    }

    ProcessHandle postgres() throws IOException {
        return process(postmasterFile().getFirst());
    }

    /** Of the database that holds the event log. */
    String jdbcUrl() throws IOException {
        int port = Integer.parseInt(postmasterFile().get(3).strip());
        return LocalPostgres.Settings.durableAt(data.resolve("postgres"))
                .withPort(port)
                .jdbcUrlWithPassword();
    }

    DataSource dataSource() throws IOException {
        return new DriverManagerDataSource(jdbcUrl());
    }

    /** Reads the events in its log. */
    EventCodec codec() throws IOException {
        MasterKeys masterKeys = new MasterKeys(Files.readAllLines(data.resolve("master-keys")));
        return new EventCodec(new PersonKeyStore(dataSource(), masterKeys));
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    Service service() {
        return new Service(URI.create(jvm.url()));
    }

    /** Makes a user with a repository and returns the user's token. */
    String userWithRepository(Service service, String login, String repository) throws IOException {
        return userWithRepository(service, adminToken(), login, repository);
    }

    static String userWithRepository(Service service, String adminToken, String login, String repository) {
        created(service.send("POST", "/admin/users", adminToken, Map.of("login", login)));
        Answer token = service.send(
                "POST", "/admin/users/" + login + "/authorizations", adminToken, Map.of("scopes", List.of("repo")));
        String text = created(token).body().path("token").asString();
        created(service.send("POST", "/user/repos", text, Map.of("name", repository)));
        return text;
    }

    static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer;
    }

    @Override
    public void close() throws InterruptedException {
        jvm.close();
    }
}
