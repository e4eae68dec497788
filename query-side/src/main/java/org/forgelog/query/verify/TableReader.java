package org.forgelog.query.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.forgelog.eventlog.EventLogReader.SkippedEvent;
import org.forgelog.query.projection.batch.Backoff;
import org.forgelog.query.table.ItemSize;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads the table that is compared, at a bounded rate. The only place where a table is ever scanned. */
final class TableReader {

    static final int SEGMENTS = 8;
    private static final int GET_LIMIT = 100;
    /** Items of one page of a scan at a limited rate: a page of 1 MB would be 128 units at once. */
    private static final int SMALL_PAGE = 100;

    /** How often a request is sent that the table does not answer: for some minutes. */
    private static final int ATTEMPTS = 50;

    private static final int SERVER_ERROR = 500;
    private static final Set<String> EDGE_TOMBSTONE = Set.of("pk", "sk", "type", "v", "pos", "tombstone", "ttl");

    private final DynamoDbClient client;
    private final String table;
    private final boolean limited;
    private final ReadBudget budget;

    TableReader(DynamoDbClient client, String table, @Nullable Long rate) {
        this.client = client;
        this.table = table;
        this.limited = rate != null;
        this.budget = new ReadBudget(rate);
    }

    double spent() {
        return budget.spent();
    }

    /**
     * Which events the table must have, as it says itself.
     *
     * @param skipped but for these, as read before
     */
    TableState state(Map<Long, SkippedEvent> skipped) {
        // What the slot says that is behind all others.
        Long position = null;
        for (Map<String, AttributeValue> progress : partition("PROGRESS")) {
            for (AttributeValue slot :
                    Objects.requireNonNull(progress.get("positions")).m().values()) {
                long reached = Long.parseLong(slot.n());
                position = position == null ? reached : Math.min(position, reached);
            }
        }
        if (position == null) {
            throw new IllegalStateException("table " + table + " has not been begun to be built");
        }
        // In this order: the stop of an event is noted before the table is said to be past it.
        Map<String, Long> blockedAt = new HashMap<>();
        partition("STOP")
                .forEach(item ->
                        blockedAt.put(Key.of(item).sk(), CanonicalItem.number(CanonicalItem.item(item), "position")));
        return new TableState(position, blockedAt, skipped);
    }

    /** All items of one partition, read consistently. */
    private List<Map<String, AttributeValue>> partition(String pk) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> after = null;
        do {
            Map<String, AttributeValue> from = after;
            QueryResponse page = patiently(() -> client.query(b -> {
                b.tableName(table)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                        .consistentRead(true);
                if (from != null) {
                    b.exclusiveStartKey(from);
                }
            }));
            items.addAll(page.items());
            pay(page.items(), true);
            after = page.lastEvaluatedKey();
        } while (!after.isEmpty());
        return items;
    }

    /** Those of {@code keys} that are there now. */
    Map<Key, Map<String, Object>> get(Collection<Key> keys) {
        Map<Key, Map<String, Object>> found = new HashMap<>();
        List<Map<String, AttributeValue>> left =
                new ArrayList<>(keys.stream().map(Key::attributes).toList());
        Backoff backoff = new Backoff();
        while (!left.isEmpty()) {
            List<Map<String, AttributeValue>> some = List.copyOf(left.subList(0, Math.min(GET_LIMIT, left.size())));
            left.subList(0, some.size()).clear();
            BatchGetItemResponse response = patiently(() -> client.batchGetItem(b -> b.requestItems(Map.of(
                    table,
                    KeysAndAttributes.builder().keys(some).consistentRead(true).build()))));
            List<Map<String, AttributeValue>> items = response.responses().getOrDefault(table, List.of());
            for (Map<String, AttributeValue> item : items) {
                take(item, found::put);
            }
            pay(items, true);
            KeysAndAttributes unprocessed = response.unprocessedKeys().get(table);
            if (unprocessed != null) {
                left.addAll(unprocessed.keys());
                backoff.pause();
            }
        }
        return found;
    }

    /** Asks again while the table does not answer, or asks for less haste: a comparison of hours does not end with that. */
    private static <T> T patiently(Supplier<T> request) {
        Backoff backoff = new Backoff();
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (SdkException e) {
                if (!isPassing(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                backoff.pause();
            }
        }
    }

    private static boolean isPassing(SdkException e) {
        return e instanceof SdkClientException
                || e instanceof AwsServiceException service
                        && (service.isThrottlingException() || service.statusCode() >= SERVER_ERROR);
    }

    private void pay(List<Map<String, AttributeValue>> items, boolean consistent) {
        budget.pay(ItemSize.readUnits(items.stream().mapToLong(ItemSize::of).sum(), consistent));
    }

    /** Every item but the engine's own, by several threads at once; what is there before and after is met once. */
    void scan(BiConsumer<Key, Map<String, Object>> each, Runnable segmentDone) {
        try (ExecutorService threads = Executors.newFixedThreadPool(SEGMENTS)) {
            List<Future<?>> segments = new ArrayList<>();
            for (int i = 0; i < SEGMENTS; i++) {
                int segment = i;
                segments.add(threads.submit(() -> {
                    scan(segment, each);
                    segmentDone.run();
                }));
            }
            try {
                for (Future<?> segment : segments) {
                    segment.get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw new IllegalStateException("table " + table + " cannot be read: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the comparison was interrupted", e);
            }
        }
    }

    private void scan(int segment, BiConsumer<Key, Map<String, Object>> each) {
        Map<String, AttributeValue> after = Map.of();
        do {
            Map<String, AttributeValue> from = after;
            // Not consistent, for half the units: what differs is read again, consistently.
            ScanResponse page = patiently(() -> client.scan(b -> {
                b.tableName(table).segment(segment).totalSegments(SEGMENTS);
                if (limited) {
                    b.limit(SMALL_PAGE);
                }
                if (!from.isEmpty()) {
                    b.exclusiveStartKey(from);
                }
            }));
            for (Map<String, AttributeValue> item : page.items()) {
                take(item, each);
            }
            pay(page.items(), false);
            after = page.lastEvaluatedKey();
        } while (!after.isEmpty());
    }

    private static void take(Map<String, AttributeValue> item, BiConsumer<Key, Map<String, Object>> each) {
        Key key = Key.of(item);
        Map<String, Object> plain = CanonicalItem.item(item);
        // Whether a tombstone stays of an edge that came and went depends on how events came in batches.
        boolean ofEdge = key.isEdge()
                && Boolean.TRUE.equals(plain.get("tombstone"))
                && plain.keySet().equals(EDGE_TOMBSTONE);
        if (!ofEdge) {
            each.accept(key, key.isCount() ? Counts.canonical(plain) : plain);
        }
    }
}
