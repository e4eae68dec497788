package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The dead letters of a table, as items of it. */
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
        Map<String, DeadLetter> deadLetters = new TreeMap<>();
        for (Item item : table.all(Spans.allDeadLetters())) {
            String sequence = item.key().sk();
            long since = item.number(Attr.CHANGED, 0);
            deadLetters.put(
                    sequence,
                    new DeadLetter(
                            sequence,
                            item.number(Attr.POSITION),
                            item.string(Attr.ERROR),
                            String.valueOf(item.text(Attr.TRACE, "")),
                            since == 0 ? null : Instant.ofEpochSecond(since)));
        }
        return deadLetters;
    }

    /** Stores a dead letter, and quarantines what its sequence is about: see {@link Attr#QUARANTINED}. */
    DeadLetter add(DeadLetter letter) {
        DeadLetter noted = letter.noted(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        ItemKey key = Keys.deadLetter(letter.sequence());
        String error =
                letter.error().length() > ERROR_LIMIT ? letter.error().substring(0, ERROR_LIMIT) : letter.error();
        Map<String, AttributeValue> attributes = new HashMap<>(Table.attributes(key));
        attributes.put(Attr.TYPE, Item.text("stop"));
        attributes.put(Attr.VERSION, Item.whole(Item.VERSION));
        attributes.put(Attr.POSITION, Item.whole(letter.position()));
        attributes.put(Attr.ERROR, Item.text(error));
        attributes.put(Attr.TRACE, Item.text(letter.trace()));
        attributes.put(
                Attr.CHANGED, Item.whole(Objects.requireNonNull(noted.since()).getEpochSecond()));
        table.client().putItem(b -> b.tableName(table.name()).item(attributes));
        mark(letter.sequence(), letter.position());
        return noted;
    }

    /** Quarantines what a sequence is about, although the sequence is not blocked. */
    void quarantine(String sequence, long from) {
        mark(sequence, from);
    }

    /**
     * Forgets the dead letter of a sequence that was resumed.
     *
     * @param quarantinedFrom from where on what the sequence is about stays quarantined
     */
    void remove(String sequence, OptionalLong quarantinedFrom) {
        mark(sequence, quarantinedFrom.isPresent() ? Long.valueOf(quarantinedFrom.getAsLong()) : null);
        table.delete(List.of(Keys.deadLetter(sequence)));
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
                        .expressionAttributeNames(Map.of("#stopped", Attr.QUARANTINED, "#changed", Attr.CHANGED));
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
