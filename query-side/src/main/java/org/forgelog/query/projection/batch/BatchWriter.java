package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.query.projection.batch.CountingTransactions.Conflict;
import org.forgelog.query.projection.batch.IssueEdges.EdgeWrite;
import org.forgelog.query.projection.batch.PendingItem.ProjectionFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes each touched item once, on condition that it is as it was when it was folded. An item that turns out to be
 * another one is folded again from what is really there, which also recognises a write of our own whose answer was
 * lost. Only where nobody else can have written is it done without conditions. Nothing here depends on order between items.
 */
public final class BatchWriter {

    /** Most items in one unconditional request; DynamoDB takes no more. */
    private static final int BATCH = 25;

    private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::pk);

    private final Table table;
    private final WorkerPool workers;
    private final WriteBudget budget;
    private final CountingTransactions transactions;

    /** @param budget what may be written a second */
    public BatchWriter(Table table, WorkerPool workers, WriteBudget budget) {
        this.table = table;
        this.workers = workers;
        this.budget = budget;
        this.transactions = new CountingTransactions(table, budget);
    }

    /**
     * Writes all of {@code writes} and answers the items as they lie in the table then.
     *
     * @param unconditional whether nobody else can have written them: then many items go into one request, without conditions.
     *     That is several times faster, and costs no more
     * @throws ProjectionFailure when DynamoDB refuses an item for what it is
     */
    public List<Item> write(List<Write> writes, boolean unconditional) {
        writeEdges(writes, unconditional);
        List<List<Write>> tasks = new ArrayList<>();
        List<Write> plain = new ArrayList<>();
        Map<ItemKey, List<Write>> counting = new LinkedHashMap<>();
        for (Write write : writes) {
            Set<ItemKey> counts = write.counts().keySet();
            if (counts.isEmpty()) {
                plain.add(write);
            } else {
                // Those that share the count of a network go together; an account seldom does much at once.
                counting.computeIfAbsent(Collections.max(counts, ORDER), k -> new ArrayList<>())
                        .add(write);
            }
        }
        tasks.addAll(counting.values());
        List<Item> written = new ArrayList<>();
        if (unconditional) {
            workers.each(batches(plain), this::loadWrites).forEach(written::addAll);
        } else {
            plain.forEach(write -> tasks.add(List.of(write)));
        }
        workers.each(tasks, this::writeAll).forEach(written::addAll);
        return written;
    }

    /** Edges are written before what they follow from. */
    private void writeEdges(List<Write> writes, boolean unconditional) {
        List<EdgeWrite> edges =
                writes.stream().flatMap(write -> IssueEdges.of(write).stream()).toList();
        if (unconditional) {
            workers.each(batches(edges), this::loadEdges);
        } else {
            workers.each(edges, this::put);
        }
    }

    private List<EdgeWrite> loadEdges(List<EdgeWrite> edges) {
        edges.forEach(edge -> budget.pay(edge.before(), edge.after(), false));
        if (!load(edges.stream().map(EdgeWrite::after).toList())) {
            edges.forEach(this::put);
        }
        return edges;
    }

    private EdgeWrite put(EdgeWrite edge) {
        budget.pay(edge.before(), edge.after(), false);
        try {
            table.client().putItem(b -> b.tableName(table.name())
                    .item(edge.after().attributes())
                    .conditionExpression(IssueEdges.CONDITION)
                    .expressionAttributeValues(PositionGuard.values(edge.after())));
        } catch (ConditionalCheckFailedException e) {
            // What lies there is this very write, or newer.
            return edge;
        } catch (DynamoDbException e) {
            if (isValidation(e)) {
                throw refused(edge.cause(), e);
            }
            throw e;
        }
        return edge;
    }

    static ProjectionFailure refused(Write write, DynamoDbException e) {
        return new ProjectionFailure(write.pending().last(), "DynamoDB refuses the item: " + e.getMessage(), e);
    }

    private List<Item> loadWrites(List<Write> writes) {
        writes.forEach(write -> budget.pay(write.before(), write.after(), false));
        List<Item> items = writes.stream().map(Write::after).toList();
        return load(items)
                ? items
                : writes.stream().map(this::settle).filter(Objects::nonNull).toList();
    }

    private static <T> List<List<T>> batches(List<T> writes) {
        List<List<T>> batches = new ArrayList<>();
        for (int i = 0; i < writes.size(); i += BATCH) {
            batches.add(writes.subList(i, Math.min(i + BATCH, writes.size())));
        }
        return batches;
    }

    /**
     * Writes without conditions, which only the one engine that builds a table may do.
     *
     * @return not when DynamoDB refuses one of the items for what it is: each by itself shows which
     */
    private boolean load(List<Item> items) {
        Map<String, List<WriteRequest>> left = Map.of(
                table.name(),
                items.stream()
                        .map(item -> WriteRequest.builder()
                                .putRequest(r -> r.item(item.attributes()))
                                .build())
                        .toList());
        Backoff backoff = new Backoff();
        while (!left.isEmpty()) {
            Map<String, List<WriteRequest>> requests = left;
            try {
                left = table.client()
                        .batchWriteItem(b -> b.requestItems(requests))
                        .unprocessedItems();
            } catch (DynamoDbException e) {
                if (isValidation(e)) {
                    return false;
                }
                throw e;
            }
            if (!left.isEmpty()) {
                workers.throttled();
                backoff.pause();
            }
        }
        return true;
    }

    static boolean isValidation(DynamoDbException e) {
        return e.awsErrorDetails() != null
                && "ValidationException".equals(e.awsErrorDetails().errorCode());
    }

    /** Either one write by itself, or several that belong together, one transaction after the other. */
    private List<Item> writeAll(List<Write> writes) {
        List<Item> written = new ArrayList<>();
        for (List<Write> some : CountingTransactions.parts(writes)) {
            if (some.size() > 1 && transactions.write(some).isEmpty()) {
                some.forEach(write -> written.add(write.after()));
            } else {
                for (Write write : some) {
                    Item settled = settle(write);
                    if (settled != null) {
                        written.add(settled);
                    }
                }
            }
        }
        return written;
    }

    /** Writes one item, however often it must be folded again for that; {@code null} when none is left there. */
    private @Nullable Item settle(Write first) {
        Backoff backoff = new Backoff();
        Write write = first;
        while (true) {
            Conflict conflict = writeOne(write);
            if (conflict == null) {
                return write.after();
            }
            if (conflict.present() == null) {
                backoff.pause();
            }
            Item present = conflict.present() != null
                    ? conflict.present()
                    : table.find(write.pending().key());
            Write again = write.pending().after(present);
            if (again == null) {
                return present;
            }
            write = again;
            IssueEdges.of(write).forEach(this::put);
        }
    }

    private @Nullable Conflict writeOne(Write write) {
        try {
            if (!write.counts().isEmpty()) {
                List<Conflict> conflicts = transactions.write(List.of(write));
                return conflicts.isEmpty() ? null : conflicts.getFirst();
            }
            put(write);
            return null;
        } catch (ConditionalCheckFailedException e) {
            return new Conflict(e.hasItem() && !e.item().isEmpty() ? Item.read(e.item()) : null);
        } catch (DynamoDbException e) {
            if (isValidation(e)) {
                throw refused(write, e);
            }
            throw e;
        }
    }

    private void put(Write write) {
        budget.pay(write.before(), write.after(), false);
        table.client().putItem(b -> b.tableName(table.name())
                .item(write.after().attributes())
                .conditionExpression(PositionGuard.condition(write.before()))
                .expressionAttributeValues(PositionGuard.values(write.before()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }
}
