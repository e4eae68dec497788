package org.forgelog.query.projection.repair;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.Batch;
import org.forgelog.query.projection.batch.BatchWriter;
import org.forgelog.query.projection.batch.BatchWriter.Repair;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.IssueEdges;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Edge;
import org.forgelog.query.table.Index;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
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

    /** Of these the repository's are among others' in one partition, so what does not belong there cannot be told. */
    private static final Set<ItemType> SHARED = Set.of(
            ItemType.REPOSITORY_NAME,
            ItemType.COLLABORATOR,
            ItemType.LISTING,
            ItemType.STAR,
            ItemType.SUBSCRIPTION,
            ItemType.SWEEP);

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
    private final Table table;
    private final EngineItemCache cache;
    private final BatchWriter writer;
    private final WorkerPool workers;

    public RepositoryRebuild(
            EventCodec codec, Table table, EngineItemCache cache, BatchWriter writer, WorkerPool workers) {
        this.codec = codec;
        this.table = table;
        this.cache = cache;
        this.writer = writer;
        this.workers = workers;
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
        String feed = Keys.feedOfRepository(repository.number(Attr.ID)).pk();
        Set<String> gone = sweptPartitions(right.values());
        gone.remove(feed);
        withEdges(right);
        Map<ItemKey, Item> stored = stored(right.values(), feed);
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
        writer.repair(wrong);
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

    /** The partitions of what carries a label. */
    private static Set<String> labelled(long label) {
        return Set.of(
                Keys.labelled(label, false).pk(), Keys.labelled(label, true).pk());
    }

    /** The partitions of what is planned for a milestone. */
    private static Set<String> planned(long repository, long milestone) {
        return Set.of(
                Keys.planned(repository, milestone, false).pk(),
                Keys.planned(repository, milestone, true).pk());
    }

    /** Places of issues, but not by labels and milestones that are deleted: those are swept away. */
    private static void withEdges(Map<ItemKey, Item> items) {
        for (Item issue : List.copyOf(items.values())) {
            Map<ItemKey, Item> edges = IssueEdges.of(issue);
            for (long label : edges.isEmpty() ? List.<Long>of() : issue.numbers(Attr.LABELS)) {
                Item carried = items.get(Keys.label(issue.number(Attr.REPOSITORY_ID), label));
                if (carried == null || carried.isTombstone()) {
                    edges.keySet().removeIf(key -> labelled(label).contains(key.pk()));
                }
            }
            if (!edges.isEmpty() && issue.has(Attr.MILESTONE)) {
                long repository = issue.number(Attr.REPOSITORY_ID);
                long milestone = issue.number(Attr.MILESTONE);
                Item planned = items.get(Keys.milestone(repository, milestone));
                if (planned == null || planned.isTombstone()) {
                    edges.keySet()
                            .removeIf(key -> planned(repository, milestone).contains(key.pk()));
                }
            }
            items.putAll(edges);
        }
    }

    /** Where nothing need be any more: reactions to deleted comments, and feeds of deleted repositories. */
    private Set<String> sweptPartitions(Collection<Item> items) {
        Set<String> swept = new HashSet<>();
        Map<ItemKey, String> feeds = new HashMap<>();
        for (Item item : items) {
            if (item.isTombstone() && item.is(ItemType.COMMENT_PLACE)) {
                swept.add(Keys.allReactions(item.key()).pk());
            } else if (item.is(ItemType.FEED)) {
                feeds.put(
                        Keys.repository(item.number(Attr.REPOSITORY_ID)),
                        item.key().pk());
            }
        }
        Map<ItemKey, Item> repositories = cache.load(feeds.keySet());
        feeds.forEach((repository, feed) -> {
            Item found = repositories.get(repository);
            if (found == null || found.isTombstone()) {
                swept.add(feed);
            }
        });
        return swept;
    }

    /**
     * What lies there: in partitions of the repository's own all there is, elsewhere what should be.
     *
     * @param feed the repository's own; forks of it are told of there too, and it is told of in that of its parent
     */
    private Map<ItemKey, Item> stored(Collection<Item> items, String feed) {
        Set<String> own = new HashSet<>();
        Set<ItemKey> among = new HashSet<>();
        Set<Span> assigned = new HashSet<>();
        for (Item item : items) {
            boolean elsewhere = item.is(ItemType.FEED) && !item.key().pk().equals(feed)
                    || Edge.isEdge(item) && item.has(Index.GSI1.pk());
            if (Edge.isEdge(item) && item.has(Index.GSI1.pk())) {
                assigned.add(new Span(Index.GSI1, item.string(Index.GSI1.pk()), ""));
            }
            if (item.is(ItemType.LABEL)) {
                own.addAll(labelled(Long.parseLong(item.key().sk())));
            }
            if (item.is(ItemType.MILESTONE)) {
                own.addAll(planned(
                        Long.parseLong(feed.substring(feed.indexOf('#') + 1)),
                        Long.parseLong(item.key().sk())));
            }
            if (elsewhere || SHARED.stream().anyMatch(item::is)) {
                among.add(item.key());
            } else {
                own.add(item.key().pk());
            }
        }
        assigned.forEach(span -> table.all(span).forEach(edge -> among.add(edge.key())));
        Map<ItemKey, Item> stored = new HashMap<>(cache.load(among));
        workers.each(own, pk -> table.all(new Span(null, pk, "")))
                .forEach(found -> found.forEach(item -> stored.put(item.key(), item)));
        return stored;
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
