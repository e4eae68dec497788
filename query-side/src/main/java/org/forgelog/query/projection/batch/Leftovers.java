package org.forgelog.query.projection.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.ItemRepairs.TakenBack;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;

/**
 * Takes back what an engine that was killed had written of an event that DynamoDB refuses, and of those behind it in its
 * sequence. Items of a batch are written side by side, so all but one may be in the table when the refusal comes; who hears of it takes
 * them back at once, and who is killed before that leaves them to the next.
 */
final class Leftovers {

    private static final int PAGE = 500;
    /** No batch reaches further beyond an event in the log. */
    private static final int REACH = BatchSize.LARGEST;

    private final EventLogReader reader;
    private final EventCodec codec;
    private final EngineItemCache items;
    private final ItemRepairs repairs;

    Leftovers(EventLogReader reader, EventCodec codec, EngineItemCache items, ItemRepairs repairs) {
        this.reader = reader;
        this.codec = codec;
        this.items = items;
        this.repairs = repairs;
    }

    /** @param letter the refused event */
    void takeBack(DeadLetter letter, SkippedEvents skipped) {
        List<StoredEvent> later = reader.ofSequence(letter.sequence(), letter.position() - 1, REACH).stream()
                .filter(event -> event.position() <= letter.position() + REACH && !skipped.contains(event))
                .toList();
        Batch batch = Batch.of(later, codec, Set.of());
        Set<Long> positions = later.stream().map(StoredEvent::position).collect(Collectors.toSet());
        Map<ItemKey, Item> there = items.readAll(batch.keys());
        boolean anyLeft = there.values().stream().anyMatch(item -> positions.contains(item.pos()))
                || batch.keys().stream().anyMatch(key -> IssueEdges.mayFollow(there.get(key)));
        if (!anyLeft) {
            return;
        }
        Map<ItemKey, Item> right = folded(letter, skipped, batch.keys());
        repairs.takeBack(batch.writes(right).stream()
                .filter(write -> {
                    Item item = there.get(write.after().key());
                    return item == null || item.pos() < letter.position() || positions.contains(item.pos());
                })
                .map(write -> new TakenBack(write, null))
                .toList());
        batch.keys().forEach(items::forget);
    }

    /** Those items as the sequence makes them up to the refused event. */
    private Map<ItemKey, Item> folded(DeadLetter letter, SkippedEvents skipped, Set<ItemKey> keys) {
        Map<ItemKey, Item> folded = new HashMap<>();
        long after = 0;
        while (true) {
            List<StoredEvent> events = reader.ofSequence(letter.sequence(), after, PAGE).stream()
                    .filter(event -> event.position() < letter.position())
                    .toList();
            if (events.isEmpty()) {
                return folded;
            }
            after = events.getLast().position();
            Batch.of(events.stream().filter(event -> !skipped.contains(event)).toList(), codec, Set.of())
                    .writes(folded)
                    .stream()
                    .filter(write -> keys.contains(write.after().key()))
                    .forEach(write -> folded.put(write.after().key(), write.after()));
        }
    }
}
