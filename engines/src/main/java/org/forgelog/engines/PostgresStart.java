package org.forgelog.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts a server and notices at once when it does not come up. The library would wait for it to answer all the same;
 * what PostgreSQL has to say about it is in its log alone.
 */
final class PostgresStart {
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    /** What {@code pg_ctl} writes there when it gives up. */
    private static final List<String> GIVEN_UP = List.of("could not start server", "pg_ctl: error:");

    private final Path log;
    private final long before;

    /** @param log the server's, which it appends to */
    PostgresStart(Path log) throws IOException {
        this.log = log;
        this.before = Files.size(log);
    }

    /** @throws EngineException with what the server says about why it does not start */
    EmbeddedPostgres start(EmbeddedPostgres.Builder builder) throws IOException {
        CompletableFuture<EmbeddedPostgres> starting = new CompletableFuture<>();
        Thread starter = Thread.ofPlatform().daemon().name("postgres-start").start(() -> {
            try {
                starting.complete(builder.start());
            } catch (IOException | RuntimeException | Error e) {
                starting.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return starting.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (said().stream().anyMatch(line -> GIVEN_UP.stream().anyMatch(line::contains))) {
                    starter.interrupt();
                    throw new EngineException(reason());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                starter.interrupt();
                throw new EngineException("interrupted while PostgreSQL started");
            } catch (ExecutionException e) {
                throw new EngineException(reason(), e.getCause());
            }
        }
    }

    private List<String> said() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.min(before, file.length()));
            byte[] bytes = new byte[Math.toIntExact(Math.min(1 << 20, file.length() - file.getFilePointer()))];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private String reason() throws IOException {
        List<String> lines = said();
        String why = lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("error:"))
                .reduce((first, last) -> last)
                .map(line -> line.replaceFirst("^.*?(?=FATAL|PANIC|\\w+: error:)", ""))
                .orElse("no reason given");
        return "PostgreSQL does not start (" + why.strip() + "), see " + log
                + ". If its files are damaged, put a backup of the folder in their place, or move the folder away to begin"
                + " with an empty log";
    }
}
