package org.forgelog.query.projection.batch;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The sequences that stopped at an event, as the table remembers them. */
public final class DeadLetterItems {

    /** Longest error text that is kept, in characters. */
    private static final int ERROR_LIMIT = 1_000;

    private final Table table;
    private final InstantSource clock;

    /** @param clock the log's */
    public DeadLetterItems(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** All of them, by sequence. */
    public Map<String, DeadLetter> read() {
        Map<String, DeadLetter> stops = new TreeMap<>();
        for (Item item : table.all(Keys.allStops())) {
            String sequence = item.key().sk();
            stops.put(sequence, new DeadLetter(sequence, item.number(Attr.POSITION), item.string(Attr.ERROR)));
        }
        return stops;
    }

    /** Notes a stop, and from then on lets nobody in by what the sequence says: see {@link Attr#STOPPED}. */
    void add(DeadLetter stop) {
        ItemKey key = Keys.stop(stop.sequence());
        String error = stop.error().length() > ERROR_LIMIT ? stop.error().substring(0, ERROR_LIMIT) : stop.error();
        Map<String, AttributeValue> attributes = new HashMap<>(Table.attributes(key));
        attributes.put(Attr.TYPE, Item.text("stop"));
        attributes.put(Attr.VERSION, Item.whole(Item.VERSION));
        attributes.put(Attr.POSITION, Item.whole(stop.position()));
        attributes.put(Attr.ERROR, Item.text(error));
        table.client().putItem(b -> b.tableName(table.name()).item(attributes));
        mark(stop.sequence(), stop.position());
    }

    /** Lets nobody in by what a sequence says, although it goes on. */
    void withhold(String sequence, long from) {
        mark(sequence, from);
    }

    /**
     * Forgets a stop whose sequence got on.
     *
     * @param withheldFrom from where on the sequence lets nobody in all the same
     */
    void remove(String sequence, OptionalLong withheldFrom) {
        mark(sequence, withheldFrom.isPresent() ? Long.valueOf(withheldFrom.getAsLong()) : null);
        table.delete(List.of(Keys.stop(sequence)));
    }

    private void mark(String sequence, @Nullable Long position) {
        ItemKey subject = subjectOf(sequence);
        if (subject == null) {
            return;
        }
        AttributeValue now = Item.whole(clock.instant().getEpochSecond());
        try {
            table.client().updateItem(b -> {
                b.tableName(table.name())
                        .key(Table.attributes(subject))
                        .conditionExpression("attribute_exists(" + Keys.PK + ")")
                        .expressionAttributeNames(Map.of("#stopped", Attr.STOPPED, "#changed", Attr.CHANGED));
                if (position == null) {
                    b.updateExpression("REMOVE #stopped SET #changed = :now")
                            .expressionAttributeValues(Map.of(":now", now));
                } else {
                    b.updateExpression("SET #stopped = :position, #changed = :now")
                            .expressionAttributeValues(Map.of(":position", Item.whole(position), ":now", now));
                }
            });
        } catch (ConditionalCheckFailedException e) {
            // There is nothing to be shown to anybody.
            return;
        }
    }

    /** The repository, or the account, that a sequence is about; {@code null} for what this program does not know. */
    public static @Nullable ItemKey subjectOf(String sequence) {
        if (!sequence.matches("[ar]:[0-9]{1,16}")) {
            return null;
        }
        long id = Long.parseLong(sequence.substring(2));
        return sequence.startsWith("r:") ? Keys.repository(id) : Keys.account(id);
    }
}
