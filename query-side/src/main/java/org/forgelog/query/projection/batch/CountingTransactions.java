package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.CounterDelta.CountChange;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes items in one transaction with the counts that they change on other items: both are there, or neither. */
final class CountingTransactions {

    /**
     * Most items in one transaction with the counts they change, up to two for each that is not everybody's; DynamoDB
     * takes 100 actions.
     */
    private static final int ITEMS = 33;
    /** Most bytes in one transaction; DynamoDB takes 4 MB. */
    private static final long BYTES = 3L << 20;
    /** Most actions in one transaction; DynamoDB takes no more. */
    private static final int ACTIONS = 100;

    /** @param present the item that lies there instead; {@code null} when that must be looked up */
    record Conflict(@Nullable Item present) {}

    private final Table table;
    private final WriteBudget budget;

    CountingTransactions(Table table, WriteBudget budget) {
        this.table = table;
        this.budget = budget;
    }

    /** In parts that each fit into one transaction. */
    static List<List<Write>> parts(List<Write> writes) {
        List<List<Write>> parts = new ArrayList<>();
        List<Write> part = new ArrayList<>();
        Set<ItemKey> targets = new HashSet<>();
        long bytes = 0;
        for (Write write : writes) {
            long size = ItemSize.of(write.after());
            targets.addAll(write.counts().keySet());
            boolean full = part.size() == ITEMS || part.size() + 1 + targets.size() > ACTIONS || bytes + size > BYTES;
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

    /** Writes items and counts together; answers the conflicts that kept all of it from happening. */
    List<Conflict> write(List<Write> writes) {
        return write(writes, Set.of());
    }

    /** @param newer counts that something newer changed already, whose date stays */
    private List<Conflict> write(List<Write> writes, Set<ItemKey> newer) {
        Map<ItemKey, CountChange> counts = new LinkedHashMap<>();
        List<TransactWriteItem> actions = new ArrayList<>();
        for (Write write : writes) {
            budget.pay(write.before(), write.after(), true);
            actions.add(PositionGuard.put(table.name(), write.before(), write.after()));
            write.counts().forEach((target, change) -> counts.merge(target, change, CountChange::plus));
        }
        counts.forEach((target, change) -> actions.add(addition(
                table.name(), target, change.by(), newer.contains(target) ? null : Long.valueOf(change.at()))));
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
            return dated.size() > newer.size() ? write(writes, dated) : List.of(new Conflict(null));
        } catch (DynamoDbException e) {
            if (BatchWriter.isValidation(e)) {
                return refused(writes, e);
            }
            throw e;
        }
    }

    /** Of several writes, each by itself shows which one is refused. */
    private static List<Conflict> refused(List<Write> writes, DynamoDbException e) {
        if (writes.size() == 1) {
            throw BatchWriter.refused(writes.getFirst(), e);
        }
        return List.of(new Conflict(null));
    }

    /** @param changed when it was; {@code null} when the counts bear a later date */
    static TransactWriteItem addition(String table, ItemKey target, Map<String, Long> by, @Nullable Long changed) {
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
                .update(u -> u.tableName(table)
                        .key(Table.attributes(target))
                        .updateExpression(
                                "SET #type = :type, #v = :v" + dating + " ADD " + String.join(", ", additions))
                        .conditionExpression(unlessNewer)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }
}
