package org.forgelog.query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Keys;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Makes indexes trail their table, as those of AWS do and those of DynamoDB Local never: each index has a table of its
 * own, to which items are carried over some time after they were written, the states of each item in their order, and
 * every query of an index is answered from there. How long it takes is another matter for each item and each index.
 */
final class LaggingIndexes implements AutoCloseable {

    private record Place(Index index, Map<String, AttributeValue> key) {}

    private final DynamoDbClient base;
    private final Map<Index, TestTable> shadows = new EnumMap<>(Index.class);
    private final Map<Index, ScheduledExecutorService> carriers = new EnumMap<>(Index.class);
    private final Map<Place, Long> carriedUntil = new HashMap<>();
    private final Map<Place, Long> carried = new ConcurrentHashMap<>();
    private long states;
    private final Set<Place> there = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Random random;
    private final DynamoDbClient client;
    private Duration least = Duration.ZERO;
    private Duration most = Duration.ZERO;

    LaggingIndexes(TestTable table, long seed) {
        this.base = table.client();
        this.random = new Random(seed);
        for (Index index : Index.values()) {
            TestTable shadow = new TestTable();
            shadow.schema().ensure();
            shadows.put(index, shadow);
            carriers.put(index, Executors.newSingleThreadScheduledExecutor());
        }
        this.client = (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::invoke);
    }

    /** A client of the table that sees its indexes late. */
    DynamoDbClient client() {
        return client;
    }

    /** From now on it takes so long until an index has what the table has. */
    synchronized void lag(Duration atLeast, Duration atMost) {
        least = atLeast;
        most = atMost;
    }

    /** Whether the indexes have all that was written. */
    boolean areUpToDate() {
        return underWay.get() == 0;
    }

    private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object request = arguments == null ? null : arguments[0];
        if (request instanceof Consumer) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        try {
            if (request instanceof QueryRequest query && query.indexName() != null) {
                return shadow(query.indexName()).query(query);
            }
            return method.invoke(base, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            // Also after a failure, which does not tell whether it was written.
            written(request).forEach(this::carry);
        }
    }

    private DynamoDbClient shadow(String index) {
        return shadows.get(Stream.of(Index.values())
                        .filter(i -> i.indexName().equals(index))
                        .findFirst()
                        .orElseThrow())
                .client();
    }

    /** The keys of what a request may have written into the table. */
    private static Set<Map<String, AttributeValue>> written(Object request) {
        return switch (request) {
            case PutItemRequest put -> Set.of(key(put.item()));
            case UpdateItemRequest update -> Set.of(update.key());
            case DeleteItemRequest delete -> Set.of(delete.key());
            case BatchWriteItemRequest batch -> {
                Set<Map<String, AttributeValue>> keys = new HashSet<>();
                batch.requestItems().values().stream()
                        .flatMap(Collection::stream)
                        .forEach(write -> keys.add(key(write)));
                yield keys;
            }
            case TransactWriteItemsRequest transaction -> {
                Set<Map<String, AttributeValue>> keys = new HashSet<>();
                transaction.transactItems().forEach(action -> keys.addAll(keys(action)));
                yield keys;
            }
            case null, default -> Set.of();
        };
    }

    private static Map<String, AttributeValue> key(WriteRequest write) {
        return write.putRequest() != null
                ? key(write.putRequest().item())
                : write.deleteRequest().key();
    }

    private static List<Map<String, AttributeValue>> keys(TransactWriteItem action) {
        return action.put() != null
                ? List.of(key(action.put().item()))
                : action.update() != null
                        ? List.of(action.update().key())
                        : action.delete() != null ? List.of(action.delete().key()) : List.of();
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return Map.of(Keys.PK, item.get(Keys.PK), Keys.SK, item.get(Keys.SK));
    }

    /** One at a time, so that no older state of an item is carried after a newer one. */
    private synchronized void carry(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = base.getItem(
                        b -> b.tableName(TestTable.NAME).key(key).consistentRead(true))
                .item();
        for (Index index : Index.values()) {
            Place place = new Place(index, key);
            boolean shows = item != null && item.containsKey(index.pk());
            if (!shows && !there.contains(place)) {
                continue;
            }
            if (shows) {
                there.add(place);
            } else {
                there.remove(place);
            }
            long now = System.nanoTime();
            long at = now + random.nextLong(least.toNanos(), most.toNanos() + 1);
            at = Math.max(at, carriedUntil.getOrDefault(place, at));
            carriedUntil.put(place, at);
            underWay.incrementAndGet();
            long state = ++states;
            carriers.get(index)
                    .schedule(() -> write(place, state, shows ? item : null), at - now, TimeUnit.NANOSECONDS);
        }
    }

    /** Two states that are due at about the same time may come in either order; the later one stays. */
    private void write(Place place, long state, Map<String, AttributeValue> item) {
        try {
            if (carried.merge(place, state, Math::max) == state) {
                DynamoDbClient shadow = shadows.get(place.index).client();
                if (item == null) {
                    shadow.deleteItem(b -> b.tableName(TestTable.NAME).key(place.key));
                } else {
                    shadow.putItem(b -> b.tableName(TestTable.NAME).item(item));
                }
            }
        } finally {
            underWay.decrementAndGet();
        }
    }

    @Override
    public void close() {
        carriers.values().forEach(ScheduledExecutorService::shutdownNow);
        carriers.values().forEach(ScheduledExecutorService::close);
        shadows.values().forEach(TestTable::close);
    }
}
