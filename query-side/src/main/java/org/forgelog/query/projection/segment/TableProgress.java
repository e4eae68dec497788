package org.forgelog.query.projection.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * How far a table is: one item of the table itself, with a position for each slot, so that an emptied table is known to be
 * empty. A node moves the positions of its own slots, all in one write, on condition that they are what it last saw; so two
 * nodes cannot both believe that they project a slot.
 */
public final class TableProgress {

    /**
     * What the item says.
     *
     * @param positions by slot, the position up to which the table has all of the slot's events
     * @param built whether the table reached the head of the log once since it was made
     * @param replay whether a replay was asked for
     */
    public record State(List<Long> positions, boolean built, boolean replay) {

        /** Up to where the table has everything of these slots. */
        public long least(HashSlots slots) {
            return slots.stream().mapToObj(positions::get).min(Long::compare).orElse(Long.MAX_VALUE);
        }

        /** How far any of these slots is. */
        public long most(HashSlots slots) {
            return slots.stream().mapToObj(positions::get).max(Long::compare).orElse(0L);
        }

        private State moved(HashSlots own, long position, boolean nowBuilt) {
            return new State(
                    IntStream.range(0, HashSlots.COUNT)
                            .mapToObj(slot -> own.has(slot) ? Long.valueOf(position) : positions.get(slot))
                            .toList(),
                    nowBuilt,
                    replay);
        }
    }

    /** Another node moved the progress of a slot of ours. */
    public static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Superseded() {
            super("another node projects into the table");
        }
    }

    /** What is said of an empty table. */
    public static final State EMPTY = new State(Collections.nCopies(HashSlots.COUNT, 0L), false, false);

    private final Table table;

    public TableProgress(Table table) {
        this.table = table;
    }

    /** What the table says; {@code null} when it is new. */
    public @Nullable State read() {
        List<Item> items = table.all(Spans.allProgress());
        if (items.isEmpty()) {
            return null;
        }
        Item first = items.getFirst();
        return new State(
                first.has(Attr.POSITIONS) ? positions(first) : formerPositions(items),
                first.flag(Attr.BUILT),
                first.has(Attr.REPLAY));
    }

    /** The same of a table that is there for sure. */
    public State readNow() {
        State state = read();
        if (state == null) {
            throw new Superseded();
        }
        return state;
    }

    private static List<Long> positions(Item item) {
        Map<String, AttributeValue> positions = item.map(Attr.POSITIONS);
        return IntStream.range(0, HashSlots.COUNT)
                .mapToObj(slot -> Long.valueOf(
                        positions.getOrDefault(name(slot), Item.whole(0)).n()))
                .toList();
    }

    private static String name(int slot) {
        return "s" + slot;
    }

    /** What an earlier program noted: an item for each segment, with its slots; all of them where none are named. */
    private static List<Long> formerPositions(List<Item> segments) {
        List<Long> positions = new ArrayList<>(EMPTY.positions);
        for (Item segment : segments) {
            HashSlots slots = segment.has(Attr.SLOTS) ? new HashSlots((int) segment.number(Attr.SLOTS)) : HashSlots.ALL;
            slots.stream().forEach(slot -> positions.set(slot, segment.number(Attr.POSITION)));
        }
        return positions;
    }

    /** Notes that the table is new and empty. */
    public State begin() {
        try {
            table.client().putItem(b -> b.tableName(table.name())
                    .item(attributes(EMPTY))
                    .conditionExpression("attribute_not_exists(" + Keys.PK + ")"));
        } catch (ConditionalCheckFailedException e) {
            throw new Superseded();
        }
        return EMPTY;
    }

    private static Map<String, AttributeValue> attributes(State state) {
        Map<String, AttributeValue> positions = new LinkedHashMap<>();
        for (int slot = 0; slot < HashSlots.COUNT; slot++) {
            positions.put(name(slot), Item.whole(state.positions.get(slot)));
        }
        Map<String, AttributeValue> attributes = new HashMap<>(Table.attributes(Keys.PROGRESS));
        attributes.put(Attr.TYPE, Item.text("progress"));
        attributes.put(Attr.VERSION, Item.whole(Item.VERSION));
        attributes.put(Attr.POSITIONS, AttributeValue.fromM(positions));
        attributes.put(Attr.BUILT, AttributeValue.fromBool(state.built));
        if (state.replay) {
            attributes.put(Attr.REPLAY, AttributeValue.fromBool(true));
        }
        return attributes;
    }

    /** Makes one item of those that an earlier program left, if it did; whoever projected with that program notices. */
    public void adopt() {
        List<Item> items = table.all(Spans.allProgress());
        State state = read();
        if (state == null || items.getFirst().has(Attr.POSITIONS)) {
            return;
        }
        List<TransactWriteItem> actions = new ArrayList<>();
        for (Item item : items) {
            Map<String, AttributeValue> asItWas = Map.of(":was", Item.whole(item.number(Attr.POSITION)));
            actions.add(
                    item.key().equals(Keys.PROGRESS)
                            ? TransactWriteItem.builder()
                                    .put(p -> p.tableName(table.name())
                                            .item(attributes(state))
                                            .conditionExpression("#position = :was")
                                            .expressionAttributeNames(Map.of("#position", Attr.POSITION))
                                            .expressionAttributeValues(asItWas))
                                    .build()
                            : TransactWriteItem.builder()
                                    .delete(d -> d.tableName(table.name())
                                            .key(Table.attributes(item.key()))
                                            .conditionExpression("#position = :was")
                                            .expressionAttributeNames(Map.of("#position", Attr.POSITION))
                                            .expressionAttributeValues(asItWas))
                                    .build());
        }
        try {
            table.client().transactWriteItems(t -> t.transactItems(actions));
        } catch (TransactionCanceledException e) {
            throw new Superseded();
        }
    }

    /** Moves {@code own} slots to {@code position}, from where {@code before} has them. */
    public State move(State before, HashSlots own, long position, boolean built) {
        State after = before.moved(own, position, built);
        Map<String, String> names = new HashMap<>(Map.of("#positions", Attr.POSITIONS, "#built", Attr.BUILT));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":position", Item.whole(position));
        values.put(":built", AttributeValue.fromBool(built));
        List<String> changes = new ArrayList<>(List.of("#built = :built"));
        List<String> conditions = new ArrayList<>();
        own.stream().forEach(slot -> {
            String path = "#positions." + name(slot);
            String was = ":was" + before.positions.get(slot);
            values.put(was, Item.whole(before.positions.get(slot)));
            changes.add(path + " = :position");
            conditions.add(path + " = " + was);
        });
        try {
            table.client().updateItem(b -> b.tableName(table.name())
                    .key(Table.attributes(Keys.PROGRESS))
                    .updateExpression("SET " + String.join(", ", changes))
                    .conditionExpression(String.join(" and ", conditions))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException e) {
            // The answer to a first try may have been lost.
            State there = e.hasItem() && !e.item().isEmpty() ? stateOf(Item.read(e.item())) : null;
            boolean ownWrite = there != null
                    && there.built == built
                    && there.least(own) == position
                    && there.most(own) == position;
            if (!ownWrite) {
                throw new Superseded();
            }
        }
        return after;
    }

    private static State stateOf(Item item) {
        return new State(positions(item), item.flag(Attr.BUILT), item.has(Attr.REPLAY));
    }

    /** Asks for a replay; answers whether there is a table to replay into. */
    public boolean askForReplay() {
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
