package org.forgelog.query;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.dynamodb.DynamoDbEngine;
import org.forgelog.dynamodb.client.InProcessHttpClient;
import org.forgelog.dynamodb.operation.Faults;
import org.forgelog.dynamodb.server.DynamoDbServer;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** A table on an embedded DynamoDB of its own, and everything that was sent to it. */
public final class TestTable implements AutoCloseable {

    public static final String NAME = "forgelog";

    /** A request that was sent, with the time it took on the wire. */
    public record Sent(SdkRequest request, long fromNanos, long toNanos) {}

    /** What is stored is little, and there are many. */
    private static final long MEMORY = 16L * 1024 * 1024;

    /** By which other processes reach the engine. */
    public static final String ACCESS_KEY_ID = "test";

    public static final String SECRET_ACCESS_KEY = "secret";

    private final DynamoDbEngine engine =
            DynamoDbEngine.inMemory().memory(MEMORY).open();
    private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
    private @Nullable DynamoDbServer server;
    private final Map<String, Duration> slow = new ConcurrentHashMap<>();
    private volatile Duration slowReads = Duration.ZERO;
    private volatile boolean writesAreHeld;
    private final DynamoDbClient client = client(List.of(new Recorder()));

    /** A client of this table that does something else on the way. */
    public DynamoDbClient client(List<ExecutionInterceptor> interceptors) {
        return client(engine.httpClient(), interceptors);
    }

    /** A client that reaches the engine by a way of its own. */
    public DynamoDbClient client(SdkHttpClient http, List<ExecutionInterceptor> interceptors) {
        return DynamoDbClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(c -> c.executionInterceptors(interceptors))
                .build();
    }

    public DynamoDbEngine engine() {
        return engine;
    }

    /** A way to the engine on which faults happen. */
    public SdkHttpClient http(Faults faults) {
        return new InProcessHttpClient(engine.with(faults));
    }

    /** Where other processes reach the engine. */
    public synchronized URI endpoint() {
        if (server == null) {
            server = new DynamoDbServer(
                    engine::execute, DynamoDbServer.Settings.onLoopback(0, ACCESS_KEY_ID, SECRET_ACCESS_KEY));
        }
        return server.endpoint();
    }

    public DynamoDbClient client() {
        return client;
    }

    public Table table() {
        return new Table(client, NAME);
    }

    public TableSchema schema() {
        return new TableSchema(client, NAME, true);
    }

    /** How far the table says that it is. */
    public long progress() {
        TableProgress.State state = schema().exists() ? new TableProgress(table()).read() : null;
        return state == null ? 0 : state.least(HashSlots.ALL);
    }

    /** Progress as it was before: what a node sees that was killed before it could note it. */
    public void setBack(long position) {
        client().updateItem(b -> b.tableName(NAME)
                .key(Table.attributes(Keys.PROGRESS))
                .updateExpression("SET #p = :p")
                .expressionAttributeNames(Map.of("#p", Attr.POSITIONS))
                .expressionAttributeValues(Map.of(
                        ":p",
                        AttributeValue.fromM(HashSlots.ALL.stream()
                                .boxed()
                                .collect(Collectors.toMap(slot -> "s" + slot, slot -> Item.whole(position)))))));
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public void forgetSent() {
        sent.clear();
    }

    /** Everything in the table but the progress, by key. The service itself never scans. */
    public Map<String, Map<String, AttributeValue>> everything() {
        return everything(key -> !key.startsWith("PROGRESS"));
    }

    public Map<String, Map<String, AttributeValue>> everything(Predicate<String> which) {
        return everything(NAME, which);
    }

    /** Those items of another table of the same service. */
    public Map<String, Map<String, AttributeValue>> everything(String table, Predicate<String> which) {
        Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
        try (DynamoDbClient scanner = client(List.of())) {
            scanner.scanPaginator(b -> b.tableName(table).consistentRead(true))
                    .items()
                    .forEach(item -> {
                        String key = item.get("pk").s() + " / " + item.get("sk").s();
                        if (which.test(key)) {
                            items.put(key, item);
                        }
                    });
        }
        return items;
    }

    /** From now on reads take so much longer, so that those of one round overlap. */
    public void slowReads(Duration delay) {
        slowReads = delay;
    }

    /** From now on an item put into that table takes so much longer. */
    public void slow(String table, Duration delay) {
        slow.put(table, delay);
    }

    /** From now on items are written no more, or again. */
    public void holdWrites(boolean hold) {
        writesAreHeld = hold;
    }

    private final class Recorder implements ExecutionInterceptor {

        private static final ExecutionAttribute<Long> START = new ExecutionAttribute<>("start" + Math.random());

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            attributes.putAttribute(START, System.nanoTime());
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            while (writesAreHeld
                    && isWrite(context.request())
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
            if (context.request() instanceof QueryRequest || context.request() instanceof BatchGetItemRequest) {
                LockSupport.parkNanos(slowReads.toNanos());
            }
            if (context.request() instanceof PutItemRequest put && slow.containsKey(put.tableName())) {
                LockSupport.parkNanos(slow.get(put.tableName()).toNanos());
            }
        }

        private static boolean isWrite(SdkRequest request) {
            return request instanceof PutItemRequest
                    || request instanceof BatchWriteItemRequest
                    || request instanceof TransactWriteItemsRequest;
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            sent.add(new Sent(context.request(), attributes.getAttribute(START), System.nanoTime()));
        }

        @Override
        public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
            sent.add(new Sent(context.request(), attributes.getAttribute(START), System.nanoTime()));
        }
    }

    @Override
    public synchronized void close() {
        client.close();
        if (server != null) {
            server.close();
        }
        engine.close();
    }
}
