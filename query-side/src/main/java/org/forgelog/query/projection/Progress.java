package org.forgelog.query.projection;

import java.util.HashMap;
import java.util.Map;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * How far the table is: an item of the table itself, so that an emptied table is known to be empty. It moves only from
 * the value it was last seen with, so two engines cannot both believe to be the one that leads.
 */
final class Progress {

    /**
     * What the item says.
     *
     * @param position last event that the table holds
     * @param built whether the table reached the head of the log once since it was made
     * @param replay whether a replay was asked for
     */
    record State(long position, boolean built, boolean replay) {}

    /** Another engine moved the progress. */
    static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Superseded() {
            super("another node projects into the table");
        }
    }

    private final Table table;

    Progress(Table table) {
        this.table = table;
    }

    /** What the table says; {@code null} when it is new. */
    @Nullable
    State read() {
        Item item = table.find(Keys.PROGRESS);
        return item == null
                ? null
                : new State(item.number(Attr.POSITION), item.flag(Attr.BUILT), item.has(Attr.REPLAY));
    }

    /** Notes that the table is new and empty. */
    State begin() {
        try {
            table.client().putItem(b -> b.tableName(table.name())
                    .item(Map.of(
                            Keys.PK, Item.text(Keys.PROGRESS.pk()),
                            Keys.SK, Item.text(Keys.PROGRESS.sk()),
                            Attr.TYPE, Item.text("progress"),
                            Attr.VERSION, Item.whole(Item.VERSION),
                            Attr.POSITION, Item.whole(0),
                            Attr.BUILT, AttributeValue.fromBool(false)))
                    .conditionExpression("attribute_not_exists(" + Keys.PK + ")"));
        } catch (ConditionalCheckFailedException e) {
            throw new Superseded();
        }
        return new State(0, false, false);
    }

    /** Moves on from {@code before}. */
    State move(State before, long position, boolean built) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":before", Item.whole(before.position()));
        values.put(":position", Item.whole(position));
        values.put(":built", AttributeValue.fromBool(built));
        try {
            table.client().updateItem(b -> b.tableName(table.name())
                    .key(Table.attributes(Keys.PROGRESS))
                    .updateExpression("SET #position = :position, #built = :built")
                    .conditionExpression("#position = :before")
                    .expressionAttributeNames(Map.of("#position", Attr.POSITION, "#built", Attr.BUILT))
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException e) {
            boolean ownWrite = e.hasItem()
                    && !e.item().isEmpty()
                    && Item.read(e.item()).number(Attr.POSITION) == position
                    && Item.read(e.item()).flag(Attr.BUILT) == built;
            if (!ownWrite) {
                throw new Superseded();
            }
        }
        return new State(position, built, before.replay());
    }

    /** Asks whoever leads for a replay; answers whether there is a table to replay into. */
    boolean askForReplay() {
        try {
            table.client().updateItem(b -> b.tableName(table.name())
                    .key(Table.attributes(Keys.PROGRESS))
                    .updateExpression("SET #replay = :yes")
                    .conditionExpression("attribute_exists(" + Keys.PK + ")")
                    .expressionAttributeNames(Map.of("#replay", Attr.REPLAY))
                    .expressionAttributeValues(Map.of(":yes", AttributeValue.fromBool(true))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
