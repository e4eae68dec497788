package org.forgelog.query.moment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a {@link Facet} of a sequence at some moment. Never changes, but for its notes. */
final class SequenceItems {

    /** What an item takes here beside what it takes in the table, and how much larger it is. */
    private static final int OVERHEAD = 200;

    private static final int GROWTH = 3;

    private final Map<ItemKey, Item> items;
    private final int events;
    /** What was deleted up to there is not among the items. */
    private volatile long checked;
    /** Those of a partition of the table, or of an index, in its order. */
    private final Map<String, List<Item>> partitions = new ConcurrentHashMap<>();

    /** @param events how many it was folded from */
    SequenceItems(Map<ItemKey, Item> items, int events, long checked) {
        this.items = items;
        this.events = events;
        this.checked = checked;
    }

    int events() {
        return events;
    }

    long checked() {
        return checked;
    }

    /** The same where nothing was deleted meanwhile. */
    void checked(long position) {
        checked = Math.max(checked, position);
    }

    Map<ItemKey, Item> copy() {
        return new HashMap<>(items);
    }

    @Nullable
    Item get(ItemKey key) {
        return items.get(key);
    }

    /** What lies in the partition of a span, in its order. */
    List<Item> in(Span span) {
        return partitions.computeIfAbsent(span.pkAttribute() + span.pk(), partition -> candidates(span)
                .filter(item -> isIn(span, item))
                .sorted(order(span))
                .toList());
    }

    private Stream<Item> candidates(Span span) {
        return Edge.isIn(span)
                ? items.values().stream().flatMap(item -> IssueEdges.of(item).values().stream())
                : items.values().stream();
    }

    private static boolean isIn(Span span, Item item) {
        AttributeValue partition = item.attributes().get(span.pkAttribute());
        return partition != null && partition.s().equals(span.pk());
    }

    /** By the bytes of their sort keys, as DynamoDB has it. */
    static Comparator<Item> order(Span span) {
        Comparator<Item> bySortKey =
                Comparator.comparing(item -> item.string(span.skAttribute()), SequenceItems::compare);
        return bySortKey
                .thenComparing(item -> item.key().pk(), SequenceItems::compare)
                .thenComparing(item -> item.key().sk(), SequenceItems::compare);
    }

    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** About how many bytes of memory it takes. */
    int weight() {
        long bytes = items.values().stream()
                .mapToLong(item -> OVERHEAD + GROWTH * ItemSize.of(item))
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, OVERHEAD + bytes);
    }
}
