package org.forgelog.dynamodb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.forgelog.dynamodb.client.InProcessAsyncHttpClient;
import org.forgelog.dynamodb.client.InProcessHttpClient;
import org.forgelog.dynamodb.client.ProtocolHandler;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.operation.Operations;
import org.forgelog.dynamodb.protocol.Answer;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.store.RocksStore;
import org.forgelog.dynamodb.store.StoreException;
import org.forgelog.dynamodb.store.StoreFolder;
import org.forgelog.dynamodb.table.IndexLag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * A DynamoDB for one process: open it, and give its {@link #httpClient()} to the AWS SDK. What it acknowledges is durable
 * against the death of the process; a loss of power may take away the last writes, never some in the middle.
 *
 * <pre>{@code
 * try (DynamoDbEngine db = DynamoDbEngine.at(folder).open();
 *         DynamoDbClient client = DynamoDbClient.builder()
 *                 .httpClient(db.httpClient())
 *                 .region(Region.US_EAST_1)
 *                 .credentialsProvider(AnonymousCredentialsProvider.create())
 *                 .build()) {
 *     client.listTables();
 * }
 * }</pre>
 */
public final class DynamoDbEngine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DynamoDbEngine.class);
    private static final String TARGET = "DynamoDB_20120810.";
    /** Requests whose answers, or whose work, can be large. */
    private static final Set<String> LARGE =
            Set.of("Query", "Scan", "BatchGetItem", "TransactGetItems", "BatchWriteItem", "TransactWriteItems");
    /** What one of these takes of the heap, generously. */
    private static final long LARGE_BYTES = 16L * 1024 * 1024;

    private static final long TIDY_SECONDS = 60;

    private final OrderedStore store;
    private final Operations operations;
    private final Semaphore large =
            new Semaphore((int) Math.clamp(Runtime.getRuntime().maxMemory() / 2 / LARGE_BYTES, 4, 64));
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dynamodb-background").factory());
    private final Consumer<String> damaged;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DynamoDbEngine(OrderedStore store, Clock clock, String region, Consumer<String> damaged) {
        this.store = store;
        this.damaged = damaged;
        this.operations = new Operations(store, clock, region);
        operations.start();
        background.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    /** An engine whose tables are kept in a folder. */
    public static Builder at(Path folder) {
        return new Builder(folder);
    }

    /** An engine whose tables are gone when it is closed. */
    public static Builder inMemory() {
        return new Builder(null);
    }

    /** What an engine is to be like. */
    public static final class Builder {

        private final @Nullable Path folder;
        private long memory = 128L * 1024 * 1024;
        private String region = "us-east-1";
        private Clock clock = Clock.systemUTC();
        private Consumer<String> damaged = message -> log.error("{}", message);

        private Builder(@Nullable Path folder) {
            this.folder = folder;
        }

        /** Bytes outside the heap for cached blocks and recent writes; 128 MiB unless said. */
        public Builder memory(long bytes) {
            memory = bytes;
            return this;
        }

        /** The region in ARNs; {@code us-east-1} unless said. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** By which items expire. */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** Is told in one sentence when the store is found damaged; it is set aside, at once or at the next opening. */
        public Builder onDamage(Consumer<String> listener) {
            damaged = listener;
            return this;
        }

        /** Opens it on any other store: for comparisons. */
        public DynamoDbEngine openOn(OrderedStore store) {
            return new DynamoDbEngine(store, clock, region, damaged);
        }

        /**
         * Opens it. A damaged store is set aside, never deleted, and an empty one takes its place.
         *
         * @throws StoreException when the store cannot be had: another process has it, the disk is full
         */
        public DynamoDbEngine open() {
            if (folder == null) {
                return openOn(RocksStore.inMemory(memory));
            }
            StoreFolder stored = new StoreFolder(folder, memory, damaged);
            DynamoDbEngine opened = openOn(stored.open());
            if (!stored.isChecked()) {
                opened.background.execute(() -> stored.check(opened.store));
            }
            return opened;
        }
    }

    /**
     * Answers a request of the protocol.
     *
     * @param target value of {@code X-Amz-Target}
     * @param body its JSON
     */
    public Answer execute(String target, byte[] body) {
        return execute(target, body, null);
    }

    /**
     * What answers requests while faults happen to them.
     *
     * @see Faults.ConnectionLost
     */
    public ProtocolHandler with(Faults faults) {
        return (target, body) -> execute(target, body, faults);
    }

    private Answer execute(String target, byte[] body, @Nullable Faults faults) {
        String operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
        boolean isLarge = LARGE.contains(operation);
        if (isLarge) {
            large.acquireUninterruptibly();
        }
        try {
            return carryOut(operation, body, faults);
        } catch (DynamoDbError e) {
            return Answer.of(e);
        } catch (StoreException e) {
            log.error("{} failed", operation, e);
            if (e.isDamaged()) {
                damaged.accept("The store is damaged: " + e.getMessage());
            }
            return Answer.of(DynamoDbError.internal());
        } catch (Faults.ConnectionLost e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("{} failed", operation, e);
            return Answer.of(DynamoDbError.internal());
        } finally {
            if (isLarge) {
                large.release();
            }
        }
    }

    private Answer carryOut(String operation, byte[] body, @Nullable Faults faults) {
        if (!operations.knows(operation)) {
            throw DynamoDbError.unknownOperation();
        }
        Request request = Request.read(body);
        if (faults == null) {
            return operations.execute(operation, request);
        }
        List<Request> actions = operation.startsWith("Transact") ? request.objects("TransactItems") : null;
        return faults.execute(
                operation, actions == null ? 0 : actions.size(), () -> operations.execute(operation, request));
    }

    /** An HTTP client for the AWS SDK that reaches this engine without a socket, whatever the endpoint. */
    public SdkHttpClient httpClient() {
        return new InProcessHttpClient(this::execute);
    }

    /** The same for asynchronous clients. */
    public SdkAsyncHttpClient asyncHttpClient() {
        return new InProcessAsyncHttpClient(this::execute);
    }

    /** By which global indexes can be made to trail their tables, for those who are served {@link #with} faults. */
    public IndexLag indexLag() {
        return operations.indexLag();
    }

    /** Does at once what is done every minute: removes expired items, forgets old request tokens. */
    public void tidy() {
        try {
            operations.tidy();
        } catch (RuntimeException e) {
            log.warn("Tidying up failed; it is tried again in {}", Duration.ofSeconds(TIDY_SECONDS), e);
        }
    }

    /**
     * Takes out of the store's files what was deleted and replaced; otherwise that stays in them for as long as the store has
     * no reason to write them anew. Reads and writes all of them.
     */
    public void compact() {
        store.compact();
    }

    /** Waits for requests that are under way. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        background.shutdownNow();
        operations.stop();
        store.close();
    }
}
