package org.forgelog.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Which partitions of the table and its indexes this node reads and writes most, over the last minutes, in capacity units by
 * AWS's rules. A partition bears 3,000 read units and 1,000 write units a second, whatever the table is set to.
 */
public final class PartitionHeat implements ExecutionInterceptor {

    /** What one partition bears in a second. */
    public static final int READ_LIMIT = 3_000;

    public static final int WRITE_LIMIT = 1_000;

    /** How far back it looks. */
    public static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Duration WINDOW = Duration.ofSeconds(10);
    /** Partitions in one window; more are not told apart. */
    private static final int MOST = 20_000;

    /**
     * A partition.
     *
     * @param index {@code table}, or the name of an index
     * @param reads units a second, in the ten seconds when they were most
     * @param writes the same
     */
    public record Partition(String index, String key, double reads, double writes) {

        /** How much of what a partition bears, in percent. */
        public long percent() {
            return Math.round(100 * Math.max(reads / READ_LIMIT, writes / WRITE_LIMIT));
        }
    }

    private record Place(String index, String key) {}

    private static final class Units {
        private final DoubleAdder reads = new DoubleAdder();
        private final DoubleAdder writes = new DoubleAdder();
    }

    private record Window(long number, Map<Place, Units> places) {}

    private final LongSupplier nanoTime;
    private final Deque<Window> windows = new ArrayDeque<>();
    private volatile Window current = new Window(Long.MIN_VALUE, new ConcurrentHashMap<>());

    public PartitionHeat() {
        this(System::nanoTime);
    }

    PartitionHeat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        switch (context.request()) {
            case GetItemRequest get ->
                read(
                        "table",
                        get.key(),
                        ((GetItemResponse) context.response()).item(),
                        consistent(get.consistentRead()));
            case BatchGetItemRequest get -> batchGet(get, (BatchGetItemResponse) context.response());
            case QueryRequest query -> query(query, (QueryResponse) context.response());
            case PutItemRequest put -> write(put.item(), 1);
            case UpdateItemRequest update -> write(update.key(), 1);
            case BatchWriteItemRequest batch ->
                batch.requestItems()
                        .values()
                        .forEach(requests -> requests.forEach(request -> {
                            if (request.putRequest() != null) {
                                write(request.putRequest().item(), 1);
                            }
                        }));
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().forEach(item -> {
                    if (item.put() != null) {
                        write(item.put().item(), 2);
                    } else if (item.update() != null) {
                        write(item.update().key(), 2);
                    }
                });
            default -> {
                // Nothing of a partition.
            }
        }
    }

    private static boolean consistent(@Nullable Boolean wanted) {
        return Boolean.TRUE.equals(wanted);
    }

    private void batchGet(BatchGetItemRequest get, BatchGetItemResponse response) {
        response.responses().forEach((table, items) -> {
            KeysAndAttributes asked = get.requestItems().get(table);
            boolean consistent = asked != null && consistent(asked.consistentRead());
            items.forEach(item -> read("table", item, item, consistent));
        });
    }

    private void query(QueryRequest query, QueryResponse response) {
        AttributeValue pk = query.expressionAttributeValues().get(":pk");
        if (pk != null && pk.s() != null) {
            long bytes = response.items().stream().mapToLong(ItemSize::of).sum();
            units(query.indexName() == null ? "table" : query.indexName(), pk.s())
                    .reads
                    .add(ItemSize.readUnits(bytes, consistent(query.consistentRead())));
        }
    }

    private void read(
            String index, Map<String, AttributeValue> key, Map<String, AttributeValue> item, boolean consistent) {
        AttributeValue pk = key.get(Keys.PK);
        if (pk != null) {
            units(index, pk.s()).reads.add(ItemSize.readUnits(ItemSize.of(item), consistent));
        }
    }

    /** Each index that the item is in is written once, at least. */
    private void write(Map<String, AttributeValue> item, int times) {
        AttributeValue pk = item.get(Keys.PK);
        if (pk == null) {
            return;
        }
        long units = ItemSize.writeUnits(ItemSize.of(item));
        units("table", pk.s()).writes.add(times * units);
        for (Index index : Index.values()) {
            AttributeValue of = item.get(index.pk());
            if (of != null) {
                units(index.indexName(), of.s()).writes.add(units);
            }
        }
    }

    private Units units(String index, String key) {
        long number = nanoTime.getAsLong() / WINDOW.toNanos();
        Window window = current;
        if (window.number != number) {
            window = next(number);
        }
        Place place = new Place(index, key);
        Units units = window.places.get(place);
        if (units != null) {
            return units;
        }
        return window.places.size() >= MOST ? new Units() : window.places.computeIfAbsent(place, fresh -> new Units());
    }

    private synchronized Window next(long number) {
        if (current.number != number) {
            windows.addLast(current);
            current = new Window(number, new ConcurrentHashMap<>());
            forget(number);
        }
        return current;
    }

    private void forget(long number) {
        long oldest = number - REMEMBERED.dividedBy(WINDOW);
        while (!windows.isEmpty() && windows.getFirst().number < oldest) {
            windows.removeFirst();
        }
    }

    /** The partitions that come nearest to what one bears, the hottest first. */
    public List<Partition> hottest(int most) {
        List<Window> looked;
        synchronized (this) {
            forget(nanoTime.getAsLong() / WINDOW.toNanos());
            looked = new ArrayList<>(windows);
            looked.add(current);
        }
        Map<Place, Partition> hottest = new HashMap<>();
        double seconds = WINDOW.toSeconds();
        for (Window window : looked) {
            window.places.forEach((place, units) -> {
                Partition now = new Partition(
                        place.index, place.key, units.reads.sum() / seconds, units.writes.sum() / seconds);
                hottest.merge(
                        place,
                        now,
                        (a, b) -> new Partition(
                                place.index, place.key, Math.max(a.reads, b.reads), Math.max(a.writes, b.writes)));
            });
        }
        return hottest.values().stream()
                .sorted(Comparator.comparingDouble(
                                (Partition p) -> Math.max(p.reads / READ_LIMIT, p.writes / WRITE_LIMIT))
                        .reversed())
                .limit(most)
                .toList();
    }
}
