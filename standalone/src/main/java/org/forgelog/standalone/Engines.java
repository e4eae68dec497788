package org.forgelog.standalone;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.forgelog.engines.DynamoDbLocal;
import org.forgelog.engines.LocalPostgres;

/**
 * The PostgreSQL and the DynamoDB Local of one {@code up}, on its data folder. Their addresses are known at once, while
 * they still start: the application gets ready meanwhile.
 */
final class Engines implements AutoCloseable {

    private final LocalPostgres.Settings logSettings;
    private final DynamoDbLocal.Settings tableSettings;
    private final CompletableFuture<LocalPostgres> log;
    private final CompletableFuture<DynamoDbLocal> table;

    private Engines(LocalPostgres.Settings logSettings, DynamoDbLocal.Settings tableSettings) {
        this.logSettings = logSettings;
        this.tableSettings = tableSettings;
        table = CompletableFuture.supplyAsync(() -> DynamoDbLocal.start(tableSettings), Engines::inBackground);
        log = CompletableFuture.supplyAsync(() -> LocalPostgres.start(logSettings), Engines::inBackground);
    }

    private static void inBackground(Runnable start) {
        Thread.ofPlatform().daemon().name("engine-start").start(start);
    }

    /** Begins to start both; what a killed predecessor left running is stopped first. */
    static Engines start(DataFolder folder) {
        return new Engines(
                LocalPostgres.Settings.durableAt(folder.postgres()).withFreePort(),
                DynamoDbLocal.Settings.defaults()
                        .withPidFile(folder.dynamoDbPidFile())
                        .withOutput(folder.dynamoDbLog())
                        .withFreePort());
    }

    /**
     * Returns once both answer.
     *
     * @throws RuntimeException why one of them does not start
     */
    void await() {
        try {
            log.join();
            table.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    String jdbcUrl() {
        return LocalPostgres.jdbcUrl(logSettings.port());
    }

    URI dynamoDb() {
        return DynamoDbLocal.endpoint(tableSettings.port());
    }

    String accessKeyId() {
        return tableSettings.accessKeyId();
    }

    /** @param died told the name of an engine that ended after it had started, once for each; also when it is closed */
    void watch(Consumer<String> died) {
        log.thenAccept(started -> watch(started.pid(), "PostgreSQL", died));
        table.thenAccept(started -> watch(started.pid(), "DynamoDB Local", died));
    }

    private static void watch(long pid, String name, Consumer<String> died) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(process -> process.onExit().thenRun(() -> died.accept(name)), () -> died.accept(name));
    }

    /** Stops what started; what is still starting is waited for first. */
    @Override
    public void close() {
        try {
            stop(table, DynamoDbLocal::close);
        } finally {
            stop(log, LocalPostgres::close);
        }
    }

    private static <T> void stop(CompletableFuture<T> starting, Consumer<T> stop) {
        starting.handle((started, failure) -> started)
                .thenAccept(started -> {
                    if (started != null) {
                        stop.accept(started);
                    }
                })
                .join();
    }
}
