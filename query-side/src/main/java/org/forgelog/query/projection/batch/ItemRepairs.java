package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.projection.projector.CounterDelta;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Puts right items that are not what the log makes of them: what a rebuild finds, and what was written for an event that
 * turned out to be a dead letter.
 */
public final class ItemRepairs {

    private final Table table;
    private final WorkerPool workers;
    private final WriteBudget budget;

    public ItemRepairs(Table table, WorkerPool workers, WriteBudget budget) {
        this.table = table;
        this.workers = workers;
        this.budget = budget;
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
    public void apply(List<Repair> wrong) {
        workers.each(wrong, this::repair);
    }

    private Repair repair(Repair repair) {
        Item stored = repair.stored();
        Item right = repair.right();
        Item any = Objects.requireNonNull(right == null ? stored : right);
        budget.pay(stored, any, false);
        String condition = PositionGuard.condition(stored);
        Map<String, AttributeValue> values = PositionGuard.values(stored);
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
            List<TransactWriteItem> actions = new ArrayList<>();
            actions.add(
                    right == null
                            ? PositionGuard.delete(table.name(), there)
                            : PositionGuard.put(table.name(), there, right));
            CounterDelta.difference(there, right)
                    .forEach(
                            (target, by) -> actions.add(CountingTransactions.addition(table.name(), target, by, null)));
            table.client().transactWriteItems(t -> t.transactItems(actions));
        }
        return taken;
    }
}
