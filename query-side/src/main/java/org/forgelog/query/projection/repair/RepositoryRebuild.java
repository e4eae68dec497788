package org.forgelog.query.projection.repair;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.Batch;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.ItemRepairs;
import org.forgelog.query.projection.batch.ItemRepairs.Repair;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Makes the items of one repository in place what the log says, while they are read: folds the repository's sequence by
 * itself, from its beginning, and changes what lies there otherwise. Nothing is ever gone meanwhile that should be there.
 * Counts that many sequences add to are left alone, since no one sequence says what they are. All items of the
 * repository are held in memory.
 */
public final class RepositoryRebuild {

    private static final Logger log = LoggerFactory.getLogger(RepositoryRebuild.class);
    private static final int PAGE = 500;

    /**
     * What was done.
     *
     * @param items that there are
     * @param repaired that were not what they should be, or not there
     * @param removed that should not have been there
     */
    public record Outcome(int items, int repaired, int removed) {

        @Override
        public String toString() {
            return "rebuilt: " + items + " items, " + repaired + " repaired, " + removed + " removed";
        }
    }

    private final EventCodec codec;
    private final RepositoryPartitions partitions;
    private final EngineItemCache cache;
    private final ItemRepairs repairs;

    public RepositoryRebuild(
            EventCodec codec, Table table, EngineItemCache cache, ItemRepairs repairs, WorkerPool workers) {
        this.codec = codec;
        this.cache = cache;
        this.repairs = repairs;
        this.partitions = new RepositoryPartitions(table, cache, workers);
    }

    /**
     * Rebuilds what the events of {@code sequence} make, and answers what became of it, in words.
     *
     * @param blocked the dead letter that blocks the sequence, if any
     */
    public String attempt(
            EventLogReader reader,
            String sequence,
            long position,
            SkippedEvents skipped,
            @Nullable DeadLetter blocked) {
        if (blocked != null) {
            return String.valueOf(new NotRebuilt(blocked).getMessage());
        }
        try {
            Outcome outcome = rebuild(reader, sequence, position, skipped);
            log.info("sequence {} {}", sequence, outcome);
            return outcome.toString();
        } catch (NotRebuilt e) {
            return String.valueOf(e.getMessage());
        } catch (DynamoDbException | IllegalStateException e) {
            // Whoever asked may ask again; projecting goes on.
            log.warn("sequence {} was not rebuilt", sequence, e);
            return "failed, perhaps half done: " + e.getMessage();
        }
    }

    /** Nothing was changed, and why. */
    public static final class NotRebuilt extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private NotRebuilt(String message) {
            super(message + "; nothing was changed", null, false, false);
        }

        NotRebuilt(DeadLetter letter) {
            this("blocked at " + letter.position() + ": " + letter.error());
        }
    }

    /**
     * Rebuilds what the events of {@code sequence} make, up to {@code position}, where the table is. The caller keeps
     * other events of the sequence from being projected meanwhile.
     *
     * @throws NotRebuilt when the sequence cannot be folded so far, or its repository is deleted
     */
    public Outcome rebuild(EventLogReader log, String sequence, long position, SkippedEvents skipped) {
        Set<Long> positions = new HashSet<>();
        Map<ItemKey, Item> right = folded(log, sequence, position, skipped, positions);
        ItemKey subject = DeadLetterItems.subjectOf(sequence);
        Item repository = subject == null ? null : right.get(subject);
        if (repository == null || repository.isTombstone()) {
            throw new NotRebuilt("deleted");
        }
        skipped.quarantinedFrom(sequence)
                .ifPresent(from -> right.put(repository.key(), repository.with(Attr.QUARANTINED, from)));
        cache.forgetAll();
        String feed = Spans.feedOfRepository(repository.number(Attr.ID)).pk();
        Set<String> gone = partitions.swept(right.values());
        gone.remove(feed);
        RepositoryPartitions.withEdges(right);
        Map<ItemKey, Item> stored = partitions.stored(right.values(), feed);
        List<Repair> wrong = new ArrayList<>();
        Instant now = log.now();
        for (Item item : right.values()) {
            Item found = stored.remove(item.key());
            boolean fine = found == null
                    ? item.isTombstone()
                            || item.is(ItemType.SWEEP)
                            || gone.contains(item.key().pk())
                    : isSame(found, item) || isOfAnother(found, item, positions);
            if (!fine) {
                wrong.add(new Repair(found, dated(item, now)));
            }
        }
        int repaired = wrong.size();
        stored.values().stream()
                .filter(item -> !item.isTombstone()
                        && item.has(Attr.POS)
                        && !gone.contains(item.key().pk())
                        && !(item.key().pk().equals(feed) && !positions.contains(item.pos())))
                .forEach(item -> wrong.add(new Repair(item, null)));
        repairs.apply(wrong);
        cache.forgetAll();
        int items = (int)
                right.values().stream().filter(item -> !item.isTombstone()).count();
        return new Outcome(items, repaired, wrong.size() - repaired);
    }

    private Map<ItemKey, Item> folded(
            EventLogReader log, String sequence, long position, SkippedEvents skipped, Set<Long> positions) {
        Map<ItemKey, Item> items = new LinkedHashMap<>();
        long after = 0;
        while (true) {
            List<StoredEvent> events = log.ofSequence(sequence, after, PAGE).stream()
                    .filter(event -> event.position() <= position)
                    .toList();
            if (events.isEmpty()) {
                return items;
            }
            after = events.getLast().position();
            List<StoredEvent> kept =
                    events.stream().filter(event -> !skipped.contains(event)).toList();
            kept.forEach(event -> positions.add(event.position()));
            Batch batch = Batch.of(kept, codec, Set.of());
            batch.writes(items).forEach(write -> items.put(write.after().key(), write.after()));
            if (!batch.deadLetters().isEmpty()) {
                throw new NotRebuilt(batch.deadLetters().iterator().next());
            }
        }
    }

    /** When it changed it may bear a later date: what was tried again late, or mended, changed only then. */
    private static boolean isSame(Item found, Item right) {
        return found.number(Attr.CHANGED, 0) >= right.number(Attr.CHANGED, 0)
                && undated(found).attributes().equals(undated(right).attributes());
    }

    /** Whether an event of another sequence has taken the place since, as a name is taken by the next repository. */
    private static boolean isOfAnother(Item found, Item right, Set<Long> positions) {
        return found.pos() > right.pos() && !positions.contains(found.pos());
    }

    /** Of an edge, the position depends on how events came in batches. */
    private static Item undated(Item item) {
        return Edge.isEdge(item) ? item.without(Attr.POS) : item.without(Attr.CHANGED);
    }

    /** What is repaired now has changed only now, for whoever asks since when it is as it is. */
    private static Item dated(Item item, Instant now) {
        return item.has(Attr.CHANGED) ? item.with(Attr.CHANGED, now.getEpochSecond()) : item;
    }
}
