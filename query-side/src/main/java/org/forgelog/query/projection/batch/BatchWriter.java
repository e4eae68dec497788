package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.query.projection.batch.IssueEdges.EdgeWrite;
import org.forgelog.query.projection.batch.PendingItem.ProjectionFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.CounterDelta;
import org.forgelog.query.projection.projector.CounterDelta.CountChange;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes each touched item once, on condition that it is as it was when it was folded. An item that turns out to be
 * another one is folded again from what is really there, which also recognises a write of our own whose answer was
 * lost. Only a table that is still being built is written without conditions. Nothing here depends on order between items.
 */
public final class BatchWriter {

    /**
     * Most items in one transaction with the counts they change, up to two for each that is not everybody's; DynamoDB
     * takes 100 actions.
     */
    private static final int TRANSACTION = 33;
    /** Most items in one unconditional request; DynamoDB takes no more. */
    private static final int BATCH = 25;
    /** Most bytes in one transaction; DynamoDB takes 4 MB. */
    private static final long TRANSACTION_BYTES = 3L << 20;

    /** Most actions in one transaction; DynamoDB takes no more. */
    private static final int ACTIONS = 100;

    private static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::pk);

    private final Table table;
    private final WorkerPool workers;
    private final WriteBudget budget;

    /** @param budget what may be written a second */
    public BatchWriter(Table table, WorkerPool workers, WriteBudget budget) {
        this.table = table;
        this.workers = workers;
        this.budget = budget;
    }

    /**
     * Writes all of {@code writes} and answers the items as they lie in the table then.
     *
     * @param building whether the table does not serve yet: then many items go into one request, without conditions. That
     *     is several times faster, and costs no more
     * @throws ProjectionFailure when DynamoDB refuses an item for what it is
     */
    public List<Item> write(List<Write> writes, boolean building) {
        writeEdges(writes, building);
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
        if (building) {
            workers.each(batches(plain), this::loadWrites).forEach(written::addAll);
        } else {
            plain.forEach(write -> tasks.add(List.of(write)));
        }
        workers.each(tasks, this::writeAll).forEach(written::addAll);
        return written;
    }

    /**
     * What should lie in place of an item.
     *
     * @param stored what does; {@code null} for nothing
     * @param right {@code null} for nothing
     */
    public record Repair(@Nullable Item stored, @Nullable Item right) {}

    /**
     * Puts right what is wrong.
     *
     * @throws IllegalStateException when something else has come to lie there meanwhile
     */
    public void repair(List<Repair> wrong) {
        workers.each(wrong, this::repair);
    }

    private Repair repair(Repair repair) {
        Item stored = repair.stored();
        Item right = repair.right();
        Item any = Objects.requireNonNull(right == null ? stored : right);
        budget.pay(stored, any, false);
        String condition = condition(stored);
        Map<String, AttributeValue> values = stored == null ? null : position(stored);
        try {
            if (right == null) {
                table.client().deleteItem(b -> b.tableName(table.name())
                        .key(Table.attributes(any.key()))
                        .conditionExpression(condition)
                        .expressionAttributeValues(values));
            } else {
                table.client().putItem(b -> b.tableName(table.name())
                        .item(right.attributes())
                        .conditionExpression(condition)
                        .expressionAttributeValues(values));
            }
        } catch (ConditionalCheckFailedException e) {
            throw new IllegalStateException(any.key() + " was changed by another node", e);
        }
        return repair;
    }

    /**
     * A write that should have been another one.
     *
     * @param right {@code null} where nothing should have been written
     */
    record TakenBack(Write wrong, @Nullable Write right) {

        boolean isWrong() {
            return right == null
                    || !right.after().attributes().equals(wrong.after().attributes());
        }
    }

    /** Puts right what was written wrong, with its edges and the counts that it changed; what was not written stays so. */
    void takeBack(List<TakenBack> wrong) {
        workers.each(wrong, this::takeBack);
    }

    private TakenBack takeBack(TakenBack taken) {
        Write wrong = taken.wrong;
        long pos = wrong.after().pos();
        long before = wrong.before() == null ? 0 : wrong.before().pos();
        Map<ItemKey, Item> edges = IssueEdges.of(taken.right == null ? wrong.before() : taken.right.after());
        for (ItemKey key : wrong.edges().keySet()) {
            Item there = table.find(key);
            if (there != null && there.pos() > before) {
                repair(new Repair(there, edges.get(key)));
            }
        }
        Item there = table.find(wrong.after().key());
        if (there != null && there.pos() > before && there.pos() <= pos) {
            Item right = taken.right == null ? wrong.before() : taken.right.after();
            TransactWriteItem.Builder item = TransactWriteItem.builder();
            if (right == null) {
                item.delete(d -> d.tableName(table.name())
                        .key(Table.attributes(there.key()))
                        .conditionExpression(condition(there))
                        .expressionAttributeValues(position(there)));
            } else {
                item.put(conditionalPut(there, right));
            }
            List<TransactWriteItem> actions = new ArrayList<>(List.of(item.build()));
            CounterDelta.difference(there, right).forEach((target, by) -> actions.add(addition(target, by, null)));
            table.client().transactWriteItems(t -> t.transactItems(actions));
        }
        return taken;
    }

    /** Edges are written before what they follow from. */
    private void writeEdges(List<Write> writes, boolean building) {
        List<EdgeWrite> edges =
                writes.stream().flatMap(write -> IssueEdges.of(write).stream()).toList();
        if (building) {
            workers.each(batches(edges), this::loadEdges);
        } else {
            workers.each(edges, this::put);
        }
    }

    private List<EdgeWrite> loadEdges(List<EdgeWrite> edges) {
        edges.forEach(edge -> budget.pay(edge.before(), edge.after(), false));
        try {
            load(edges.stream().map(EdgeWrite::after).toList());
        } catch (DynamoDbException e) {
            if (!isValidation(e)) {
                throw e;
            }
            // One of them is refused for what it is: by themselves it shows which.
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
                    .expressionAttributeValues(position(edge.after())));
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

    private static ProjectionFailure refused(Write write, DynamoDbException e) {
        return new ProjectionFailure(write.pending().last(), "DynamoDB refuses the item: " + e.getMessage(), e);
    }

    private static <T> List<List<T>> batches(List<T> writes) {
        List<List<T>> batches = new ArrayList<>();
        for (int i = 0; i < writes.size(); i += BATCH) {
            batches.add(writes.subList(i, Math.min(i + BATCH, writes.size())));
        }
        return batches;
    }

    /** Writes without conditions, which only the one engine that builds a table may do. */
    private void load(List<Item> items) {
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
            left = table.client().batchWriteItem(b -> b.requestItems(requests)).unprocessedItems();
            if (!left.isEmpty()) {
                workers.throttled();
                backoff.pause();
            }
        }
    }

    private List<Item> loadWrites(List<Write> writes) {
        writes.forEach(write -> budget.pay(write.before(), write.after(), false));
        try {
            load(writes.stream().map(Write::after).toList());
        } catch (DynamoDbException e) {
            if (!isValidation(e)) {
                throw e;
            }
            // One of them is refused for what it is: by themselves it shows which.
            return writes.stream().map(this::settle).filter(Objects::nonNull).toList();
        }
        return writes.stream().map(Write::after).toList();
    }

    private static boolean isValidation(DynamoDbException e) {
        return e.awsErrorDetails() != null
                && "ValidationException".equals(e.awsErrorDetails().errorCode());
    }

    /** In parts that each fit into one transaction. */
    private static List<List<Write>> transactions(List<Write> writes) {
        List<List<Write>> parts = new ArrayList<>();
        List<Write> part = new ArrayList<>();
        Set<ItemKey> targets = new HashSet<>();
        long bytes = 0;
        for (Write write : writes) {
            long size = ItemSize.of(write.after());
            targets.addAll(write.counts().keySet());
            boolean full = part.size() == TRANSACTION
                    || part.size() + 1 + targets.size() > ACTIONS
                    || bytes + size > TRANSACTION_BYTES;
            if (!part.isEmpty() && full) {
                parts.add(part);
                part = new ArrayList<>();
                targets = new HashSet<>(write.counts().keySet());
                bytes = 0;
            }
            part.add(write);
            bytes += size;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** Either one write by itself, or several that belong together, one transaction after the other. */
    private List<Item> writeAll(List<Write> writes) {
        List<Item> written = new ArrayList<>();
        for (List<Write> some : transactions(writes)) {
            if (some.size() > 1 && transact(some).isEmpty()) {
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

    /** @param present the item that lies there instead; {@code null} when that must be looked up */
    private record Conflict(@Nullable Item present) {}

    private @Nullable Conflict writeOne(Write write) {
        try {
            if (!write.counts().isEmpty()) {
                List<Conflict> conflicts = transact(List.of(write));
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
        table.client().putItem(b -> {
            b.tableName(table.name())
                    .item(write.after().attributes())
                    .conditionExpression(condition(write.before()))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
            if (write.before() != null) {
                b.expressionAttributeValues(position(write.before()));
            }
        });
    }

    /** Writes items and counts together; answers the conflicts that kept all of it from happening. */
    private List<Conflict> transact(List<Write> writes) {
        return transact(writes, Set.of());
    }

    /** @param newer counts that something newer changed already, whose date stays */
    private List<Conflict> transact(List<Write> writes, Set<ItemKey> newer) {
        Map<ItemKey, CountChange> counts = new LinkedHashMap<>();
        List<TransactWriteItem> actions = new ArrayList<>();
        for (Write write : writes) {
            budget.pay(write.before(), write.after(), true);
            actions.add(TransactWriteItem.builder()
                    .put(conditionalPut(write.before(), write.after()))
                    .build());
            write.counts().forEach((target, change) -> counts.merge(target, change, CountChange::plus));
        }
        counts.forEach((target, change) ->
                actions.add(addition(target, change.by(), newer.contains(target) ? null : Long.valueOf(change.at()))));
        budget.pay(2L * counts.size());
        try {
            table.client().transactWriteItems(b -> b.transactItems(actions));
            return List.of();
        } catch (TransactionCanceledException e) {
            List<CancellationReason> reasons = e.cancellationReasons();
            if (reasons.stream().anyMatch(reason -> "ValidationError".equals(reason.code()))) {
                return refused(writes, e);
            }
            List<Conflict> conflicts = reasons.subList(0, Math.min(writes.size(), reasons.size())).stream()
                    .filter(reason -> !"None".equals(reason.code()))
                    .map(reason -> new Conflict(
                            reason.hasItem() && !reason.item().isEmpty() ? Item.read(reason.item()) : null))
                    .toList();
            Set<ItemKey> dated = new HashSet<>(newer);
            List<ItemKey> targets = List.copyOf(counts.keySet());
            for (int i = writes.size(); i < reasons.size(); i++) {
                if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                    dated.add(targets.get(i - writes.size()));
                }
            }
            if (!conflicts.isEmpty()) {
                return conflicts;
            }
            return dated.size() > newer.size() ? transact(writes, dated) : List.of(new Conflict(null));
        } catch (DynamoDbException e) {
            if (isValidation(e)) {
                return refused(writes, e);
            }
            throw e;
        }
    }

    /** Of several writes, each by itself shows which one is refused. */
    private static List<Conflict> refused(List<Write> writes, DynamoDbException e) {
        if (writes.size() == 1) {
            throw refused(writes.getFirst(), e);
        }
        return List.of(new Conflict(null));
    }

    private Put conditionalPut(@Nullable Item before, Item after) {
        Put.Builder put = Put.builder()
                .tableName(table.name())
                .item(after.attributes())
                .conditionExpression(condition(before))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (before != null) {
            put.expressionAttributeValues(position(before));
        }
        return put.build();
    }

    /** @param changed when it was; {@code null} when the counts bear a later date */
    private TransactWriteItem addition(ItemKey target, Map<String, Long> by, @Nullable Long changed) {
        Map<String, AttributeValue> values = new HashMap<>();
        Map<String, String> names = new HashMap<>(Map.of("#type", Attr.TYPE, "#v", Attr.VERSION));
        if (changed != null) {
            names.put("#changed", Attr.CHANGED);
            values.put(":changed", Item.whole(changed));
        }
        String dating = changed == null ? "" : ", #changed = :changed";
        String unlessNewer = changed == null ? null : "attribute_not_exists(#changed) or #changed <= :changed";
        List<String> additions = new ArrayList<>();
        by.forEach((name, delta) -> {
            additions.add(name + " :" + name);
            values.put(":" + name, Item.whole(delta));
        });
        values.put(":type", Item.text("counts"));
        values.put(":v", Item.whole(Item.VERSION));
        return TransactWriteItem.builder()
                .update(u -> u.tableName(table.name())
                        .key(Table.attributes(target))
                        .updateExpression(
                                "SET #type = :type, #v = :v" + dating + " ADD " + String.join(", ", additions))
                        .conditionExpression(unlessNewer)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }

    /** That what lies there is what was there {@code before}. */
    private static String condition(@Nullable Item before) {
        return before == null ? "attribute_not_exists(" + Keys.PK + ")" : Attr.POS + " = :pos";
    }

    private static Map<String, AttributeValue> position(Item before) {
        return Map.of(":pos", Item.whole(before.pos()));
    }
}
