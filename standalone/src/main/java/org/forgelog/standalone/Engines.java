package org.forgelog.standalone;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.dynamodb.client.InProcessHttpClient;
import org.forgelog.engines.LocalPostgres;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The PostgreSQL and the embedded DynamoDB of one {@code up}, on its data folder. They start in the background; the
 * application gets ready meanwhile.
 */
final class Engines implements AutoCloseable {

    private final LocalPostgres.Settings logSettings;
    private final CompletableFuture<LocalPostgres> log;
    /** Null where the table is somewhere else. */
    private final @Nullable CompletableFuture<DynamoDbEngine> table;

    private Engines(LocalPostgres.Settings logSettings, @Nullable CompletableFuture<DynamoDbEngine> table) {
        this.logSettings = logSettings;
        this.table = table;
        this.log = CompletableFuture.supplyAsync(() -> LocalPostgres.start(logSettings), Engines::inBackground);
    }

    private static void inBackground(Runnable start) {
        Thread.ofPlatform().daemon().name("engine-start").start(start);
    }

    /**
     * Begins to start them; a PostgreSQL that a killed predecessor left running is stopped first.
     *
     * @param withTable whether the table is to be kept here
     * @param damaged is told in one sentence when the table's store was found damaged
     */
    static Engines start(DataFolder folder, boolean withTable, Consumer<String> damaged) {
        return new Engines(
                LocalPostgres.Settings.durableAt(folder.postgres()).withFreePort(),
                withTable
                        ? CompletableFuture.supplyAsync(
                                () -> DynamoDbEngine.at(folder.dynamoDb())
                                        .onDamage(damaged)
                                        .open(),
                                Engines::inBackground)
                        : null);
    }

    /**
     * Returns once both answer.
     *
     * @throws RuntimeException why one of them does not start
     */
    void await() {
        try {
            log.join();
            if (table != null) {
                table.join();
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** With role and password: never for a log. */
    String jdbcUrl() {
        return logSettings.jdbcUrlWithPassword();
    }

    /** The application's database, as its configuration names it. */
    Map<String, Object> dataSource() {
        return Map.of(
                "spring.datasource.url", logSettings.jdbcUrl(),
                "spring.datasource.username", LocalPostgres.ROLE,
                "spring.datasource.password", logSettings.password());
    }

    /** The way to the table's engine, which may still be starting; null where the table is somewhere else. */
    @Nullable
    SdkHttpClient dynamoDb() {
        return table == null
                ? null
                : new InProcessHttpClient((target, body) -> table.join().execute(target, body));
    }

    /** Takes out of all files what was deleted; answers whether that was done for PostgreSQL's. */
    boolean purge() {
        log.join().purge();
        if (table != null) {
            table.join().compact();
        }
        return true;
    }

    /** @param died told the name of an engine that ended after it had started, once for each; also when it is closed */
    void watch(Consumer<String> died) {
        log.thenAccept(started -> ProcessHandle.of(started.pid())
                .ifPresentOrElse(
                        process -> process.onExit().thenRun(() -> died.accept("PostgreSQL")),
                        () -> died.accept("PostgreSQL")));
    }

    /** Stops what started; what is still starting is waited for first. */
    @Override
    public void close() {
        try {
            if (table != null) {
                stop(table, DynamoDbEngine::close);
            }
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
