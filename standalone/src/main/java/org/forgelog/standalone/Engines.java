package org.forgelog.standalone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.forgelog.engines.DynamoDbLocal;
import org.forgelog.engines.LocalPostgres;

/** The PostgreSQL and the DynamoDB Local of one {@code up}, on its data folder. */
final class Engines implements AutoCloseable {

    private final LocalPostgres postgres;
    private final DynamoDbLocal dynamoDb;

    private Engines(LocalPostgres postgres, DynamoDbLocal dynamoDb) {
        this.postgres = postgres;
        this.dynamoDb = dynamoDb;
    }

    /** Starts both at the same time; what a killed predecessor left running is stopped first. */
    static Engines start(DataFolder folder) {
        CompletableFuture<DynamoDbLocal> table =
                CompletableFuture.supplyAsync(() -> DynamoDbLocal.start(DynamoDbLocal.Settings.defaults()
                        .withPidFile(folder.dynamoDbPidFile())
                        .withOutput(folder.dynamoDbLog())));
        LocalPostgres log;
        try {
            log = LocalPostgres.start(LocalPostgres.Settings.durableAt(folder.postgres()));
        } catch (RuntimeException e) {
            table.thenAccept(DynamoDbLocal::close)
                    .exceptionally(failure -> null)
                    .join();
            throw e;
        }
        try {
            return new Engines(log, table.join());
        } catch (CompletionException e) {
            log.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    LocalPostgres postgres() {
        return postgres;
    }

    DynamoDbLocal dynamoDb() {
        return dynamoDb;
    }

    /** @param died told the name of the engine that ended, once for each; also when it is closed in order */
    void watch(Consumer<String> died) {
        watch(postgres.pid(), "PostgreSQL", died);
        watch(dynamoDb.pid(), "DynamoDB Local", died);
    }

    private static void watch(long pid, String name, Consumer<String> died) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(process -> process.onExit().thenRun(() -> died.accept(name)), () -> died.accept(name));
    }

    @Override
    public void close() {
        try {
            dynamoDb.close();
        } finally {
            postgres.close();
        }
    }
}
