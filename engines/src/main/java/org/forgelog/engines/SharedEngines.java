package org.forgelog.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** For tests: one PostgreSQL in a JVM, started when first asked for, and a fresh database on it per call. */
public final class SharedEngines {
    private static final AtomicInteger databases = new AtomicInteger();

    private SharedEngines() {}

    /** JDBC URL of an empty database that no other call gets; the user is in it. */
    public static String freshDatabase() {
        return Postgres.SERVER.createDatabase("test_" + databases.incrementAndGet());
    }

    /** What databases are copied from that have the same to begin with: that is quicker than to make it in each. */
    public static final class Template {
        private final String name = "template_" + databases.incrementAndGet();
        private final Consumer<String> beginning;
        private boolean made;

        /** @param beginning fills the database of a JDBC URL, and leaves no connection open */
        public Template(Consumer<String> beginning) {
            this.beginning = beginning;
        }

        /** JDBC URL of a copy that no other call gets. */
        public synchronized String copy() {
            if (!made) {
                beginning.accept(Postgres.SERVER.createDatabase(name));
                made = true;
            }
            return Postgres.SERVER.copyDatabase(name, "test_" + databases.incrementAndGet());
        }
    }

    private static void atExit(AutoCloseable engine) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                engine.close();
            } catch (Exception e) {
                throw new EngineException("cannot close a shared engine", e);
            }
        }));
    }

    private static final class Postgres {
        static final LocalPostgres SERVER = start();

        private static LocalPostgres start() {
            try {
                Path folder = Files.createTempDirectory("forgelog-postgres");
                LocalPostgres server =
                        LocalPostgres.start(new LocalPostgres.Settings(folder.resolve("data"), 0, false));
                atExit(() -> {
                    server.close();
                    deleteAll(folder);
                });
                return server;
            } catch (IOException e) {
                throw new EngineException("no folder for a test database", e);
            }
        }

        private static void deleteAll(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
