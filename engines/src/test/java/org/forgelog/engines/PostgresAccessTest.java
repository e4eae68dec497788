package org.forgelog.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine reach the port; they must not get any further. */
class PostgresAccessTest {
    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_RULE = "28000";
    private static final String NOT_ALLOWED = "42501";

    @TempDir
    Path folder;

    private LocalPostgres start() {
        return start(folder.resolve("data"));
    }

    private static LocalPostgres start(Path data) {
        return LocalPostgres.start(new LocalPostgres.Settings(data, 0, false));
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void assertRefused(String url, String state) {
        assertThatThrownBy(() -> execute(url, "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).as(url).isEqualTo(state));
    }

    private static String url(LocalPostgres server, String database, String user) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + user;
    }

    private static void assertShut(LocalPostgres server) {
        for (String database : new String[] {"forgelog", "postgres", "template1"}) {
            assertRefused(url(server, database, "postgres"), NO_RULE);
            assertRefused(url(server, database, "postgres") + "&password=postgres", NO_RULE);
            assertRefused(url(server, database, "forgelog") + "&password=forgelog", WRONG_PASSWORD);
        }
        assertThatThrownBy(() -> execute(server.jdbcUrl(), "create temp table t (x text)", "copy t from program 'id'"))
                .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                        .isEqualTo(NOT_ALLOWED));
        assertThatThrownBy(() -> execute(server.jdbcUrl(), "select pg_read_file('/etc/passwd')"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute(server.jdbcUrl(), "create role intruder superuser"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void nobodyConnectsWithoutThePasswordAndTheServiceIsNoSuperuser() throws Exception {
        try (LocalPostgres server = start()) {
            assertShut(server);
            execute(server.jdbcUrl(), "create table mine (x text)", "drop table mine");
        }
        assertThat(Files.readAllLines(folder.resolve("data/pg_hba.conf"))).noneMatch(line -> line.contains("trust"));
    }

    @Test
    void passwordSocketAndLogBelongToTheOwnerAlone() throws Exception {
        try (LocalPostgres server = start()) {
            assertThat(permissions("data")).isEqualTo("rwx------");
            assertThat(permissions("data.password")).isEqualTo("rw-------");
            assertThat(permissions("data.log")).isEqualTo("rw-------");
            assertThat(permissions("data/.s.PGSQL." + server.port())).isEqualTo("rwx------");
            String program = ProcessHandle.of(server.pid())
                    .orElseThrow()
                    .info()
                    .command()
                    .orElseThrow();
            Path shared = PrivateFiles.cache();
            assertThat(Path.of(program)).startsWith(shared.toRealPath());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                    .isEqualTo("rwx------");
        }
    }

    private String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    @Test
    void aFolderThatTrustedEverybodyIsShutAndItsTablesBelongToTheService() throws Exception {
        Path data = folder.resolve("data");
        try (LocalPostgres server = start()) {
            // What a folder of an earlier version looks like: everything belongs to the superuser.
            try (Connection connection = server.access().connect("forgelog");
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept (id bigint generated always as identity, n serial, value text)");
                statement.execute("insert into kept (value) values ('still here')");
                statement.execute("create sequence numbers");
                statement.execute("create view seen as select value from kept");
                statement.execute("alter database forgelog owner to postgres");
                statement.execute("alter role forgelog superuser");
            }
        }
        Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
        Files.delete(folder.resolve("data.password"));

        try (LocalPostgres server = start()) {
            assertShut(server);
            execute(
                    server.jdbcUrl(),
                    "alter table kept add column more text",
                    "insert into kept (value) values ('and more')",
                    "alter sequence numbers restart",
                    "drop view seen",
                    "create schema mine");
        }
    }

    @Test
    void theNameOfTheFolderMayBeLong() {
        try (LocalPostgres server = start(folder.resolve("a folder, with a name that is ".repeat(4) + "long/data"))) {
            assertShut(server);
        }
    }
}
