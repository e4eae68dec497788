package org.forgelog.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on a data folder that is kept from one start to the next. It listens on loopback only.
 * The service's role has a random password, kept beside the data folder, and no rights but on its own databases; see
 * {@link PostgresAccess}.
 */
public final class LocalPostgres implements AutoCloseable {
    /** The database that is there after every start. */
    public static final String DATABASE = "forgelog";

    /** The service's role, which owns that database. */
    public static final String ROLE = PostgresAccess.ROLE;

    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;
    private final PostgresAccess access;
    private final String password;
    private final ParentWatchdog watchdog;
    private final ExclusiveLock lock;

    /**
     * Where and how it runs.
     *
     * @param data the folder of the database cluster, created when missing
     * @param port 0 for a free one
     * @param durable whether a commit that was answered survives a power cut; tests do without
     */
    public record Settings(Path data, int port, boolean durable) {
        public static Settings durableAt(Path data) {
            return new Settings(data, 0, true);
        }

        /** For an address that is known before it is started. */
        public Settings withFreePort() {
            return withPort(Processes.freePort(0));
        }

        public Settings withPort(int newPort) {
            return new Settings(data, newPort, durable);
        }

        /** The password of the service's role, made at random when first asked for; only this user can read it. */
        public String password() {
            Path absolute = data.toAbsolutePath().normalize();
            return PrivateFiles.secret(absolute.resolveSibling(absolute.getFileName() + ".password"));
        }

        /** Of the database {@value #DATABASE} of a server on that port, started or not; without role and password. */
        public String jdbcUrl() {
            return LocalPostgres.jdbcUrl(port, DATABASE);
        }

        /** The same, with role and password: for a connection of one's own, never for a log. */
        public String jdbcUrlWithPassword() {
            return jdbcUrl() + "?user=" + ROLE + "&password=" + password();
        }
    }

    private LocalPostgres(
            EmbeddedPostgres server,
            ProcessHandle postmaster,
            PostgresAccess access,
            String password,
            ExclusiveLock lock) {
        this.server = server;
        this.postmaster = postmaster;
        this.access = access;
        this.password = password;
        // INT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
        this.watchdog = ParentWatchdog.to(postmaster.pid(), "INT");
        this.lock = lock;
    }

    /**
     * Starts the server and returns once it answers and has the database {@value #DATABASE}. A server that a killed
     * process left running on the same folder is stopped first.
     *
     * @throws EngineException when a living process uses the folder, or the server does not start
     */
    public static LocalPostgres start(Settings settings) {
        Path data = settings.data().toAbsolutePath().normalize();
        ExclusiveLock lock = ExclusiveLock.on(data);
        try {
            stopLeftover(data);
            return startAndAwait(data, settings, lock);
        } catch (IOException | SQLException e) {
            abandon(data, lock);
            throw new EngineException(
                    "PostgreSQL could not be started: " + e.getMessage() + ", see " + serverLog(data), e);
        } catch (RuntimeException e) {
            abandon(data, lock);
            throw e;
        }
    }

    private static LocalPostgres startAndAwait(Path data, Settings settings, ExclusiveLock lock)
            throws IOException, SQLException {
        String durable = settings.durable() ? "on" : "off";
        ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(
                PrivateFiles.file(serverLog(data)).toFile());
        int port = Processes.freePort(settings.port());
        PostgresAccess access = new PostgresAccess(data, port);
        String password = settings.password();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                // The library opens this folder to everybody; the one above it stays shut.
                .setOverrideWorkingDirectory(
                        PrivateFiles.cache().resolve("postgresql").toFile())
                .setDataDirectory(data)
                .setDataDirectoryCustomizer(made -> PostgresAccess.writeRules(data))
                .setCleanDataDirectory(false)
                // The owner closes it, after whatever still writes has ended; shutdown hooks know no order.
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                // The data folder, where the server is at home: however long its name, the socket's stays short.
                .setServerConfig("unix_socket_directories", ".")
                .setServerConfig("unix_socket_permissions", "0700")
                .setServerConfig("fsync", durable)
                .setServerConfig("synchronous_commit", durable)
                .setServerConfig("full_page_writes", durable)
                // What was written is gone once it is no longer needed, and the server's own log quotes nothing of it.
                .setServerConfig("wal_recycle", "off")
                .setServerConfig("log_error_verbosity", "terse")
                .setServerConfig("log_min_error_statement", "panic")
                // Tests bring deadlocks about, and need not wait for them.
                .setServerConfig("deadlock_timeout", settings.durable() ? "1s" : "100ms")
                // Tests make hundreds of small databases, which nobody need tidy up.
                .setServerConfig("autovacuum", durable)
                .setOutputRedirector(output)
                .setErrorRedirector(output);
        access.superuserConnection().forEach(builder::setConnectConfig);
        EmbeddedPostgres server = new PostgresStart(serverLog(data)).start(builder);
        ProcessHandle postmaster = postmaster(data)
                .orElseThrow(() -> new EngineException("PostgreSQL has no postmaster, see " + serverLog(data)));
        access.prepare(DATABASE, password);
        log.info("PostgreSQL answers on port {}, process {}, data {}", port, postmaster.pid(), data);
        return new LocalPostgres(server, postmaster, access, password, lock);
    }

    private static Path serverLog(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static void abandon(Path data, ExclusiveLock lock) {
        try (lock) {
            postmaster(data).ifPresent(LocalPostgres::stop);
        }
    }

    private static void stopLeftover(Path data) throws IOException {
        Optional<ProcessHandle> leftover = postmaster(data);
        if (leftover.isPresent()) {
            log.warn(
                    "Stopping PostgreSQL {}, left behind on {} by a process that died",
                    leftover.get().pid(),
                    data);
            stop(leftover.get());
        } else if (namedProcess(data).isPresent()) {
            // The number went to an unrelated program meanwhile; PostgreSQL would take that for a rival and refuse.
            Files.delete(pidFile(data));
        }
        // A file that names a dead process stays: PostgreSQL itself checks whether its memory is still in use.
    }

    private static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static Optional<ProcessHandle> namedProcess(Path data) {
        try {
            List<String> lines = Files.readAllLines(pidFile(data));
            return lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The living PostgreSQL server of this folder and of no other. */
    private static Optional<ProcessHandle> postmaster(Path data) {
        return namedProcess(data).filter(process -> {
            Optional<String> command = process.info().command();
            @Nullable String[] arguments = process.info().arguments().orElse(new String[0]);
            return command.filter(path -> Path.of(path).endsWith("postgres")).isPresent()
                    && List.of(arguments).contains(data.toString());
        });
    }

    private static void stop(ProcessHandle postmaster) {
        Processes.signal(postmaster, "INT");
        if (!Processes.ended(postmaster, STOP_LIMIT)) {
            log.warn("PostgreSQL {} does not shut down, ending it at once; it will recover", postmaster.pid());
            Processes.signal(postmaster, "QUIT");
            if (!Processes.ended(postmaster, STOP_LIMIT)) {
                throw new EngineException("PostgreSQL " + postmaster.pid() + " does not end");
            }
        }
    }

    /** An empty database of that name, for tests. */
    String createDatabase(String name) {
        try {
            access.createDatabase(name);
        } catch (SQLException e) {
            throw new EngineException("cannot create database " + name, e);
        }
        return jdbcUrl(name);
    }

    /** A copy of a database that nobody is connected to, for tests. */
    String copyDatabase(String template, String name) {
        try {
            access.copyDatabase(template, name);
        } catch (SQLException e) {
            throw new EngineException("cannot copy database " + template, e);
        }
        return jdbcUrl(name);
    }

    /** Of the database {@value #DATABASE}; contains role and password. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    private String jdbcUrl(String database) {
        return jdbcUrl(port(), database) + "?user=" + PostgresAccess.ROLE + "&password=" + password;
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    PostgresAccess access() {
        return access;
    }

    public int port() {
        return server.getPort();
    }

    /**
     * Takes what was deleted and replaced out of the database's files: rows, statistics, and the log of changes. Whoever wants
     * a table waits while it is written anew.
     */
    public void purge() {
        try (Connection connection = access.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum (full, analyze)");
            // Only now nobody needs the statistics of before.
            statement.execute("vacuum (full) pg_statistic");
            for (int i = 0; i < 2; i++) {
                statement.execute("select pg_switch_wal()");
                statement.execute("checkpoint");
            }
        } catch (SQLException e) {
            throw new EngineException("PostgreSQL's files could not be written anew: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return postmaster.pid();
    }

    /** Shuts the server down in order; the data stay. */
    @Override
    public void close() {
        watchdog.close();
        try (lock) {
            server.close();
            if (postmaster.isAlive()) {
                stop(postmaster);
            }
        } catch (IOException e) {
            throw new EngineException("PostgreSQL could not be closed", e);
        }
    }
}
