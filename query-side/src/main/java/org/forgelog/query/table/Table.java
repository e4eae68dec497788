package org.forgelog.query.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The requests that read the table, each exactly one call of the SDK, and the removal of swept items. */
public final class Table {

    /** Most keys in one {@code BatchGetItem}. */
    public static final int GET_LIMIT = 100;
    /** Most items in one {@code BatchWriteItem}. */
    public static final int DELETE_LIMIT = 25;

    private final DynamoDbClient client;
    private final String name;

    public Table(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    public DynamoDbClient client() {
        return client;
    }

    public String name() {
        return name;
    }

    /**
     * What one request for several items answered.
     *
     * @param items those that are there
     * @param unprocessed those that DynamoDB did not get round to
     */
    public record Got(List<Item> items, List<ItemKey> unprocessed) {}

    /**
     * What one query answered.
     *
     * @param more where to go on; {@code null} at the end
     */
    public record Queried(List<Item> items, @Nullable Map<String, AttributeValue> more) {}

    /** Keys: as given, at most {@value #GET_LIMIT}, no two the same. */
    public Got get(Collection<ItemKey> keys, boolean consistent) {
        BatchGetItemResponse response = client.batchGetItem(b -> b.requestItems(Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Table::attributes).toList())
                        .consistentRead(consistent)
                        .build())));
        List<Item> items = new ArrayList<>();
        for (Map<String, AttributeValue> attributes : response.responses().getOrDefault(name, List.of())) {
            items.add(Item.read(attributes));
        }
        KeysAndAttributes left = response.unprocessedKeys().get(name);
        return new Got(
                items,
                left == null
                        ? List.of()
                        : left.keys().stream().map(k -> Item.read(k).key()).toList());
    }

    /**
     * A part of a span.
     *
     * @param from lowest sort key, included
     * @param to highest sort key, included
     * @param limit most items to look at
     * @param after where the last query of the same range stopped
     * @param consistent possible for the table itself only
     */
    public record Range(
            Span span,
            String from,
            String to,
            boolean descending,
            int limit,
            @Nullable Map<String, AttributeValue> after,
            boolean consistent) {

        /** The whole span. */
        public static Range all(Span span, int limit, boolean consistent) {
            return new Range(span, span.low(), span.high(), false, limit, null, consistent);
        }

        /** The same, read as it is now or not. */
        public Range consistently(boolean now) {
            return new Range(span, from, to, descending, limit, after, now);
        }
    }

    /** Keys: partition of the span, sort key between the range's ends. */
    public Queried query(Range range) {
        Span span = range.span();
        QueryResponse response = client.query(b -> {
            b.tableName(name)
                    .keyConditionExpression("#pk = :pk and #sk between :from and :to")
                    .expressionAttributeNames(Map.of("#pk", span.pkAttribute(), "#sk", span.skAttribute()))
                    .expressionAttributeValues(Map.of(
                            ":pk", Item.text(span.pk()),
                            ":from", Item.text(range.from()),
                            ":to", Item.text(range.to())))
                    .scanIndexForward(!range.descending())
                    .limit(range.limit());
            if (span.index() == null) {
                b.consistentRead(range.consistent());
            } else {
                b.indexName(span.index().indexName());
            }
            if (range.after() != null) {
                b.exclusiveStartKey(range.after());
            }
        });
        return new Queried(
                response.items().stream().map(Item::read).toList(),
                response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty()
                        ? response.lastEvaluatedKey()
                        : null);
    }

    /** One item, read consistently; {@code null} when it is not there. */
    public @Nullable Item find(ItemKey key) {
        Map<String, AttributeValue> found = client.getItem(
                        b -> b.tableName(name).key(attributes(key)).consistentRead(true))
                .item();
        return found == null || found.isEmpty() ? null : Item.read(found);
    }

    /** Every item of a span of the table, read consistently. For what is known to be short. */
    public List<Item> all(Span span) {
        List<Item> items = new ArrayList<>();
        Map<String, AttributeValue> after = null;
        do {
            Queried page = query(new Range(span, span.low(), span.high(), false, 1_000, after, span.index() == null));
            items.addAll(page.items());
            after = page.more();
        } while (after != null);
        return items;
    }

    /** Removes items, at most {@value #DELETE_LIMIT}; answers those that DynamoDB did not get round to. */
    public Set<ItemKey> delete(Collection<ItemKey> keys) {
        List<WriteRequest> requests = keys.stream()
                .map(key -> WriteRequest.builder()
                        .deleteRequest(
                                DeleteRequest.builder().key(attributes(key)).build())
                        .build())
                .toList();
        Map<String, List<WriteRequest>> left = client.batchWriteItem(b -> b.requestItems(Map.of(name, requests)))
                .unprocessedItems();
        Map<ItemKey, Boolean> unprocessed = new HashMap<>();
        left.getOrDefault(name, List.of())
                .forEach(r -> unprocessed.put(Item.read(r.deleteRequest().key()).key(), true));
        return Set.copyOf(unprocessed.keySet());
    }

    public static Map<String, AttributeValue> attributes(ItemKey key) {
        return Map.of(Keys.PK, Item.text(key.pk()), Keys.SK, Item.text(key.sk()));
    }
}
