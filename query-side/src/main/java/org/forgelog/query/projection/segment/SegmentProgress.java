package org.forgelog.query.projection.segment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * How far the table is: items of the table itself, so that an emptied table is known to be empty. There is one for each
 * segment; a table that is being built has one segment, the first, which never goes. Segments move, split and merge only
 * from what they were last seen as, so two engines cannot both believe to lead one. Whatever is killed at whatever moment,
 * each slot is in exactly one segment.
 */
public final class SegmentProgress {

    /** Most segments that a table has. */
    public static final int MOST = Slots.COUNT;

    /** Looks at a table whose segments change just then. */
    private static final int LOOKS = 5;

    /**
     * What the item of a segment says.
     *
     * @param segment its number; 0 for the first
     * @param slots the sequences that are its own
     * @param position last event of these up to which the table holds all of them
     * @param built whether the table reached the head of the log once since it was made
     * @param replay whether a replay was asked for; the first segment alone says so
     */
    public record State(int segment, Slots slots, long position, boolean built, boolean replay) {

        /** The same segment somewhere else. */
        public State at(long there) {
            return new State(segment, slots, there, built, replay);
        }

        public boolean isFirst() {
            return segment == 0;
        }
    }

    /** Another engine moved the progress. */
    public static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Superseded() {
            super("another node projects into the table");
        }
    }

    private final Table table;

    public SegmentProgress(Table table) {
        this.table = table;
    }

    /** What the table says of its first segment; {@code null} when it is new. */
    @Nullable
    public State read() {
        return read(0);
    }

    /** What the table says of a segment; {@code null} when there is none of that number. */
    @Nullable
    public State read(int segment) {
        Item item = table.find(Keys.progress(segment));
        return item == null ? null : state(item);
    }

    /**
     * All segments, the first one first; none when the table is new. While one is split, or two are merged, a slot may be
     * seen in none of them, or in two.
     */
    public List<State> readAll() {
        for (int look = 1; ; look++) {
            List<State> states = table.all(Keys.allProgress()).stream()
                    .map(SegmentProgress::state)
                    .sorted((a, b) -> Integer.compare(a.segment, b.segment))
                    .toList();
            Slots seen = states.stream().map(State::slots).reduce(Slots.NONE, Slots::plus);
            if (states.isEmpty() || seen.isAll() || look == LOOKS) {
                return states;
            }
        }
    }

    private static State state(Item item) {
        String number = item.key().sk().substring(Keys.PROGRESS.sk().length());
        return new State(
                number.isEmpty() ? 0 : Integer.parseInt(number.substring(1)),
                item.has(Attr.SLOTS) ? new Slots((int) item.number(Attr.SLOTS)) : Slots.ALL,
                item.number(Attr.POSITION),
                item.flag(Attr.BUILT),
                item.has(Attr.REPLAY));
    }

    /** Notes that the table is new and empty. */
    public State begin() {
        State state = new State(0, Slots.ALL, 0, false, false);
        try {
            table.client().putItem(b -> b.tableName(table.name())
                    .item(attributes(state))
                    .conditionExpression("attribute_not_exists(" + Keys.PK + ")"));
        } catch (ConditionalCheckFailedException e) {
            throw new Superseded();
        }
        return state;
    }

    private static Map<String, AttributeValue> attributes(State state) {
        ItemKey key = Keys.progress(state.segment);
        Map<String, AttributeValue> attributes = new HashMap<>(Table.attributes(key));
        attributes.put(Attr.TYPE, Item.text("progress"));
        attributes.put(Attr.VERSION, Item.whole(Item.VERSION));
        attributes.put(Attr.POSITION, Item.whole(state.position));
        attributes.put(Attr.BUILT, AttributeValue.fromBool(state.built));
        if (!state.slots.isAll()) {
            attributes.put(Attr.SLOTS, Item.whole(state.slots.bits()));
        }
        return attributes;
    }

    /** Moves on from {@code before}. */
    public State move(State before, long position, boolean built) {
        State after = new State(before.segment, before.slots, position, built, before.replay);
        Update update = update(before, after);
        try {
            table.client().updateItem(b -> b.tableName(update.tableName())
                    .key(update.key())
                    .updateExpression(update.updateExpression())
                    .conditionExpression(update.conditionExpression())
                    .expressionAttributeNames(update.expressionAttributeNames())
                    .expressionAttributeValues(update.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        } catch (ConditionalCheckFailedException e) {
            // The answer to a first try may have been lost.
            boolean ownWrite = e.hasItem() && !e.item().isEmpty() && isAs(state(Item.read(e.item())), after);
            if (!ownWrite) {
                throw new Superseded();
            }
        }
        return after;
    }

    private static boolean isAs(State there, State wanted) {
        return there.position == wanted.position && there.built == wanted.built && there.slots.equals(wanted.slots);
    }

    private Update update(State before, State after) {
        Map<String, String> names =
                new HashMap<>(Map.of("#position", Attr.POSITION, "#built", Attr.BUILT, "#slots", Attr.SLOTS));
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":before", Item.whole(before.position));
        values.put(":position", Item.whole(after.position));
        values.put(":built", AttributeValue.fromBool(after.built));
        String change = "SET #position = :position, #built = :built";
        if (after.slots.isAll()) {
            change += " REMOVE #slots";
        } else {
            change += ", #slots = :slots";
            values.put(":slots", Item.whole(after.slots.bits()));
        }
        return Update.builder()
                .tableName(table.name())
                .key(Table.attributes(Keys.progress(before.segment)))
                .updateExpression(change)
                .conditionExpression(condition(before, values))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    /** That the segment is as it was. */
    private static String condition(State before, Map<String, AttributeValue> values) {
        if (before.slots.isAll()) {
            return "#position = :before and attribute_not_exists(#slots)";
        }
        values.put(":held", Item.whole(before.slots.bits()));
        return "#position = :before and #slots = :held";
    }

    /**
     * What became of a segment that was split.
     *
     * @param kept under its own number
     * @param given under another one
     */
    public record Split(State kept, State given) {}

    /** Splits a segment in two, which both begin at {@code position}. */
    public Split split(State before, long position, Slots given, int segment) {
        State kept = new State(before.segment, before.slots.minus(given), position, before.built, before.replay);
        State other = new State(segment, given, position, before.built, false);
        together(
                TransactWriteItem.builder().update(update(before, kept)).build(),
                TransactWriteItem.builder()
                        .put(b -> b.tableName(table.name())
                                .item(attributes(other))
                                .conditionExpression("attribute_not_exists(" + Keys.PK + ")"))
                        .build());
        return new Split(kept, other);
    }

    /** Makes one segment of two, of which both are at {@code position}; it has the lower number. */
    public State merge(State one, State other, long position) {
        State low = one.segment < other.segment ? one : other;
        State high = low == one ? other : one;
        State merged = new State(low.segment, low.slots.plus(high.slots), position, low.built, low.replay);
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":before", Item.whole(high.position)));
        String unchanged = condition(high, values);
        together(
                TransactWriteItem.builder().update(update(low, merged)).build(),
                TransactWriteItem.builder()
                        .delete(b -> b.tableName(table.name())
                                .key(Table.attributes(Keys.progress(high.segment)))
                                .conditionExpression(unchanged)
                                .expressionAttributeNames(Map.of("#position", Attr.POSITION, "#slots", Attr.SLOTS))
                                .expressionAttributeValues(values))
                        .build());
        return merged;
    }

    private void together(TransactWriteItem... actions) {
        try {
            table.client().transactWriteItems(b -> b.transactItems(actions));
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().anyMatch(r -> "ConditionalCheckFailed".equals(r.code()))) {
                throw new Superseded();
            }
            throw e;
        }
    }

    /** Asks whoever leads for a replay; answers whether there is a table to replay into. */
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
