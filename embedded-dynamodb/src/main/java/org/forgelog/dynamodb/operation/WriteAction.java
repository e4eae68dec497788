package org.forgelog.dynamodb.operation;

import java.util.Map;
import org.forgelog.dynamodb.expression.Condition;
import org.forgelog.dynamodb.expression.ExpressionKind;
import org.forgelog.dynamodb.expression.Placeholders;
import org.forgelog.dynamodb.expression.UpdateExpression;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.protocol.Request;
import org.forgelog.dynamodb.table.Table;
import org.jspecify.annotations.Nullable;

/** A put, an update, a deletion or a check of one item, by itself or in a transaction. */
final class WriteAction {

    /** What is done. */
    enum Kind {
        PUT,
        UPDATE,
        DELETE,
        CHECK
    }

    private final Kind kind;
    private final String tableName;
    private final Map<String, AttributeValue> values;
    private final @Nullable Condition condition;
    private final UpdateExpression update;
    private final boolean returnsOldOnFailure;

    private WriteAction(
            Kind kind,
            String tableName,
            Map<String, AttributeValue> values,
            @Nullable Condition condition,
            UpdateExpression update,
            boolean returnsOldOnFailure) {
        this.kind = kind;
        this.tableName = tableName;
        this.values = values;
        this.condition = condition;
        this.update = update;
        this.returnsOldOnFailure = returnsOldOnFailure;
    }

    /** @throws DynamoDbError when an expression, or a value, is none */
    static WriteAction read(Kind kind, Request request, String tableName) {
        ExpressionKind[] expressions = kind == Kind.UPDATE
                ? new ExpressionKind[] {ExpressionKind.UPDATE, ExpressionKind.CONDITION}
                : new ExpressionKind[] {ExpressionKind.CONDITION};
        Parameters.refuseLegacy(request, expressions);
        Map<String, AttributeValue> values = Parameters.sound(request, kind == Kind.PUT ? "Item" : "Key");
        Placeholders placeholders = Placeholders.of(request, expressions);
        String updates = kind == Kind.UPDATE ? request.string(ExpressionKind.UPDATE.parameter()) : null;
        UpdateExpression update =
                updates == null ? UpdateExpression.none() : UpdateExpression.parse(updates, placeholders);
        String conditions = request.string(ExpressionKind.CONDITION.parameter());
        Condition condition =
                conditions == null ? null : Condition.parse(ExpressionKind.CONDITION, conditions, placeholders);
        placeholders.requireAllUsed();
        boolean returnsOld = "ALL_OLD".equals(request.string("ReturnValuesOnConditionCheckFailure"));
        return new WriteAction(kind, tableName, values, condition, update, returnsOld);
    }

    String tableName() {
        return tableName;
    }

    UpdateExpression update() {
        return update;
    }

    /** The item, or its key. */
    Map<String, AttributeValue> values() {
        return values;
    }

    boolean returnsOldOnFailure() {
        return returnsOldOnFailure;
    }

    /**
     * The store's key of its item.
     *
     * @throws DynamoDbError when the table cannot have such an item
     */
    byte[] storeKey(Table table) {
        if (kind == Kind.PUT) {
            return table.storeKeyOfItem(values);
        }
        byte[] key = table.storeKey(values);
        for (String attribute : update.attributes()) {
            if (table.key().names().anyMatch(attribute::equals)) {
                throw DynamoDbError.invalidParameter(
                        "Cannot update attribute " + attribute + ". This attribute is part of the key");
            }
        }
        return key;
    }

    /**
     * What the item becomes.
     *
     * @throws DynamoDbError when the condition does not hold, or the update does not fit the item
     */
    @Nullable
    Map<String, AttributeValue> apply(@Nullable Map<String, AttributeValue> before) {
        if (condition != null && !condition.holds(before == null ? Map.of() : before)) {
            throw DynamoDbError.conditionFailed(returnsOldOnFailure ? before : null);
        }
        return switch (kind) {
            case PUT -> values;
            case UPDATE -> update.applyTo(before == null ? values : before);
            case DELETE -> null;
            case CHECK -> before;
        };
    }
}
