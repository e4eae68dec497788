package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresTest {
    /** Of all tests: to make a database cluster takes longer than to start one. */
    @TempDir
    static Path folder;

    private static LocalPostgres start() {
        return start("data");
    }

    private static LocalPostgres start(String data) {
        return LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve(data)));
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws Exception {
        try (LocalPostgres first = start()) {
            execute(first.jdbcUrl(), "create table kept (value text)");
            execute(first.jdbcUrl(), "insert into kept values ('still here')");
        }
        try (LocalPostgres second = start()) {
            assertThat(read(second.jdbcUrl(), "select value from kept")).isEqualTo("still here");
        }
    }

    @Test
    void keepsWhatWasCommittedBeforeItWasKilled() throws Exception {
        try (LocalPostgres killed = start()) {
            execute(killed.jdbcUrl(), "create table committed (value text)");
            execute(killed.jdbcUrl(), "insert into committed values ('committed')");
            ProcessHandle postmaster = ProcessHandle.of(killed.pid()).orElseThrow();
            List<ProcessHandle> backends = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            Processes.ended(postmaster, Duration.ofMinutes(5));
            backends.forEach(backend -> Processes.ended(backend, Duration.ofMinutes(5)));
        }
        assertThat(folder.resolve("data/postmaster.pid")).exists();

        try (LocalPostgres next = start()) {
            assertThat(read(next.jdbcUrl(), "select value from committed")).isEqualTo("committed");
        }
    }

    @Test
    void startsThoughItsOldProcessNumberBelongsToAnotherProgramNow() throws Exception {
        start().close();
        Path data = folder.resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");

        try (LocalPostgres next = start()) {
            assertThat(read(next.jdbcUrl(), "select current_database()")).isEqualTo("forgelog");
        }
    }

    @Test
    void writesDurablyAndListensOnLoopbackOnly() throws Exception {
        try (LocalPostgres server = start()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(read(server.jdbcUrl(), "show " + setting))
                        .as(setting)
                        .isEqualTo("on");
            }
            assertThat(read(server.jdbcUrl(), "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"global/pg_control", "postgresql.conf", "pg_wal"})
    void saysAtOnceWhyItDoesNotStart(String damaged) throws Exception {
        start().close();
        String copy = "without-" + damaged.replace('/', '-');
        copy(folder.resolve("data"), folder.resolve(copy));
        Path file = folder.resolve(copy).resolve(damaged);
        if (Files.isDirectory(file)) {
            Files.move(file, file.resolveSibling("elsewhere"));
        } else {
            Files.writeString(file, "nonsense\n");
        }

        long begin = System.nanoTime();
        assertThatThrownBy(() -> start(copy))
                .isInstanceOf(EngineException.class)
                .message()
                .containsAnyOf("FATAL", "PANIC", "error:")
                .contains(copy + ".log", "backup");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LocalPostgres.START_LIMIT);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            // Not the sockets of servers that were killed.
            for (Path file : files.filter(file -> Files.isRegularFile(file) || Files.isDirectory(file))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void refusesAFolderThatALivingServerUses() {
        try (LocalPostgres first = start()) {
            assertThatThrownBy(LocalPostgresTest::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("in use");
            assertThat(ProcessHandle.of(first.pid())).isPresent();
        }
    }

    @Test
    void givesEachTestADatabaseOfItsOwn() throws Exception {
        String one = SharedEngines.freshDatabase();
        String other = SharedEngines.freshDatabase();
        execute(one, "create table mine (value text)");

        assertThat(read(other, "select count(*) from pg_tables where tablename = 'mine'"))
                .isEqualTo("0");
    }

    @Test
    void givesEachTestACopyThatIsItsOwn() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SharedEngines.Template template = new SharedEngines.Template(url -> {
            made.incrementAndGet();
            assertThatCode(() -> execute(url, "create table found (value text)"))
                    .doesNotThrowAnyException();
        });
        String one = template.copy();
        String other = template.copy();
        execute(one, "insert into found values ('mine')");

        assertThat(read(one, "select count(*) from found")).isEqualTo("1");
        assertThat(read(other, "select count(*) from found")).isEqualTo("0");
        assertThat(made).hasValue(1);
    }
}
