package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresTest {
    @TempDir
    Path folder;

    private LocalPostgres start() {
        return LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.resolve("data")));
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
            execute(killed.jdbcUrl(), "create table kept (value text)");
            execute(killed.jdbcUrl(), "insert into kept values ('committed')");
            ProcessHandle postmaster = ProcessHandle.of(killed.pid()).orElseThrow();
            List<ProcessHandle> backends = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            Processes.ended(postmaster, Duration.ofSeconds(5));
            backends.forEach(backend -> Processes.ended(backend, Duration.ofSeconds(5)));
        }
        assertThat(folder.resolve("data/postmaster.pid")).exists();

        try (LocalPostgres next = start()) {
            assertThat(read(next.jdbcUrl(), "select value from kept")).isEqualTo("committed");
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
        Path file = folder.resolve("data").resolve(damaged);
        if (Files.isDirectory(file)) {
            Files.move(file, file.resolveSibling("elsewhere"));
        } else {
            Files.writeString(file, "nonsense\n");
        }

        long begin = System.nanoTime();
        assertThatThrownBy(this::start)
                .isInstanceOf(EngineException.class)
                .message()
                .containsAnyOf("FATAL", "PANIC", "error:")
                .contains("data.log", "backup");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void refusesAFolderThatALivingServerUses() {
        try (LocalPostgres first = start()) {
            assertThatThrownBy(this::start).isInstanceOf(EngineException.class).hasMessageContaining("in use");
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
}
