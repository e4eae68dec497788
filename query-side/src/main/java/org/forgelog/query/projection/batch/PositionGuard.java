package org.forgelog.query.projection.batch;

import java.util.Map;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** That what lies in the table is what it was when it was read: the condition of every write to a table that serves. */
final class PositionGuard {

    private PositionGuard() {}

    /** That what lies there is what was there {@code before}. */
    static String condition(@Nullable Item before) {
        return before == null ? "attribute_not_exists(" + Keys.PK + ")" : Attr.POS + " = :pos";
    }

    /** What the condition compares with; {@code null} where there is nothing to compare. */
    static @Nullable Map<String, AttributeValue> values(@Nullable Item before) {
        return before == null ? null : Map.of(":pos", Item.whole(before.pos()));
    }

    /** A guarded put as part of a transaction. */
    static TransactWriteItem put(String table, @Nullable Item before, Item after) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table)
                        .item(after.attributes())
                        .conditionExpression(condition(before))
                        .expressionAttributeValues(values(before))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    /** A guarded removal as part of a transaction. */
    static TransactWriteItem delete(String table, Item before) {
        return TransactWriteItem.builder()
                .delete(d -> d.tableName(table)
                        .key(Table.attributes(before.key()))
                        .conditionExpression(condition(before))
                        .expressionAttributeValues(values(before)))
                .build();
    }
}
