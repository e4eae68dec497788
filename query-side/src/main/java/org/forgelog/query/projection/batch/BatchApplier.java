package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.ProjectionFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies batches: loads, folds, writes, and keeps the dead letters. Doing one again changes nothing. */
public final class BatchApplier {

    private static final Logger log = LoggerFactory.getLogger(BatchApplier.class);
    private static final int RETRY_BATCH = 500;

    private final EventCodec codec;
    private final EngineItemCache loader;
    private final BatchWriter writer;
    private final ItemRepairs repairs;
    private final DeadLetterItems stored;
    private final Runnable sweepOrdered;
    private final EngineMetrics metrics;
    private final Supplier<SkippedEvents> currentSkips;
    private final Leftovers leftovers;
    private HashSlots slots = HashSlots.NONE;
    private Map<String, DeadLetter> deadLetters = Map.of();
    private SkippedEvents skipped = SkippedEvents.NONE;
    private volatile Consumer<Item> listener = item -> {};

    public BatchApplier(
            EventLogReader reader,
            EventCodec codec,
            EngineItemCache loader,
            BatchWriter writer,
            ItemRepairs repairs,
            DeadLetterItems stored,
            Runnable sweepOrdered,
            EngineMetrics metrics,
            Supplier<SkippedEvents> currentSkips) {
        this.codec = codec;
        this.loader = loader;
        this.writer = writer;
        this.repairs = repairs;
        this.stored = stored;
        this.sweepOrdered = sweepOrdered;
        this.metrics = metrics;
        this.currentSkips = currentSkips;
        this.leftovers = new Leftovers(reader, codec, loader, repairs);
    }

    /**
     * Starts from what the table says, nothing remembered: others may have written what was another segment's until now.
     *
     * @param own the slots of the sequences that are brought into the table from now on
     */
    public void begin(HashSlots own) {
        slots = own;
        loader.forgetAll();
        Map<String, DeadLetter> ours = new HashMap<>(stored.read());
        ours.keySet().removeIf(sequence -> !own.holds(sequence));
        deadLetters = Map.copyOf(ours);
        skipped = currentSkips.get();
        sweepOrdered.run();
    }

    public void onWritten(Consumer<Item> told) {
        listener = told;
    }

    /** The dead letters of this engine's sequences. */
    public Map<String, DeadLetter> deadLetters() {
        return deadLetters;
    }

    /**
     * Events with what they do to the table, as far as that can be told without it.
     *
     * @param read how many there were
     * @param through the position of the last; 0 when there were none
     * @param events those of them that are this engine's
     * @param deadLetters those that were known then
     */
    public record Prepared(
            int read,
            long through,
            List<StoredEvent> events,
            Batch batch,
            Map<String, DeadLetter> deadLetters,
            SkippedEvents skipped) {}

    /** Prepares those of {@code read} that are this engine's. */
    public Prepared prepare(List<StoredEvent> read) {
        return prepare(read, slots, codec, deadLetters, skipped);
    }

    /** Reads events and prepares them, when it is asked to, on any thread. */
    public Callable<Prepared> preparation(Supplier<List<StoredEvent>> events) {
        HashSlots own = slots;
        Map<String, DeadLetter> blocked = deadLetters;
        SkippedEvents skips = skipped;
        return () -> prepare(events.get(), own, codec, blocked, skips);
    }

    private static Prepared prepare(
            List<StoredEvent> read,
            HashSlots own,
            EventCodec codec,
            Map<String, DeadLetter> deadLetters,
            SkippedEvents skipped) {
        List<StoredEvent> events = own.isAll()
                ? read
                : read.stream().filter(event -> own.holds(event.sequenceKey())).toList();
        List<StoredEvent> kept =
                events.stream().filter(event -> !skipped.contains(event)).toList();
        return new Prepared(
                read.size(),
                read.isEmpty() ? 0 : read.getLast().position(),
                events,
                Batch.of(kept, codec, deadLetters.keySet()),
                deadLetters,
                skipped);
    }

    /**
     * Brings {@code events} into the table; blocked sequences are left alone.
     *
     * @param unconditional whether nobody else can have written what they change
     */
    public void apply(List<StoredEvent> events, boolean unconditional) {
        apply(prepare(events), unconditional);
    }

    /** Brings prepared events into the table. */
    public void apply(Prepared prepared, boolean unconditional) {
        Prepared known = prepared.deadLetters == deadLetters && prepared.skipped == skipped
                ? prepared
                : prepare(prepared.events);
        apply(known.batch, unconditional);
        for (SkippedEvents.SkippedEvent event : skipped.quarantining(known.events)) {
            if (!deadLetters.containsKey(event.sequence())) {
                stored.quarantine(
                        event.sequence(),
                        skipped.quarantinedFrom(event.sequence()).orElse(event.position()));
                forgetSubject(event.sequence());
            }
        }
    }

    private void forgetSubject(String sequence) {
        ItemKey subject = DeadLetterItems.subjectOf(sequence);
        if (subject != null) {
            loader.forget(subject);
        }
    }

    private void apply(Batch batch, boolean unconditional) {
        Set<String> refused = write(batch, unconditional);
        for (DeadLetter letter : batch.deadLetters()) {
            if (refused.contains(letter.sequence())) {
                leftovers.takeBack(letter, skipped);
            }
            log.error(
                    "sequence {} is blocked at position {}: {}", letter.sequence(), letter.position(), letter.error());
            DeadLetter noted = stored.add(letter);
            forgetSubject(letter.sequence());
            Map<String, DeadLetter> more = new HashMap<>(deadLetters);
            more.put(noted.sequence(), noted);
            deadLetters = Map.copyOf(more);
        }
    }

    /** Answers the sequences of events that DynamoDB refused. */
    private Set<String> write(Batch batch, boolean unconditional) {
        Set<String> refused = new HashSet<>();
        // Each as one write from what was there before the first of them.
        Map<ItemKey, Write> tried = new HashMap<>();
        while (true) {
            List<Write> writes = batch.writes(loader.load(batch.toLoad(unconditional), batch.keys()));
            if (writes.isEmpty()) {
                return refused;
            }
            for (Write write : writes) {
                loader.forget(write.pending().key());
                if (write.after().is(ItemType.SWEEP)) {
                    sweepOrdered.run();
                }
            }
            try {
                for (Item item : writer.write(writes, unconditional)) {
                    loader.remember(item);
                    listener.accept(item);
                }
                metrics.written(writes);
                return refused;
            } catch (ProjectionFailure e) {
                writes.forEach(write -> tried.merge(write.after().key(), write, Write::then));
                batch.block(e.event(), e);
                refused.add(e.event().sequenceKey());
                takeBack(batch, tried);
            }
        }
    }

    /**
     * Takes back of what was tried all that comes from events which the batch has no longer: items are written side by
     * side, so later ones of a sequence that turns out to be blocked may be there.
     */
    private void takeBack(Batch batch, Map<ItemKey, Write> tried) {
        Map<ItemKey, Item> before = new HashMap<>();
        for (Write write : tried.values()) {
            if (write.before() != null) {
                before.put(write.before().key(), write.before());
            }
        }
        Map<ItemKey, Write> right = new HashMap<>();
        batch.writes(before).forEach(write -> right.put(write.after().key(), write));
        repairs.takeBack(tried.values().stream()
                .map(write ->
                        new ItemRepairs.TakenBack(write, right.get(write.after().key())))
                .filter(ItemRepairs.TakenBack::isWrong)
                .toList());
        tried.keySet().retainAll(right.keySet());
        tried.replaceAll((key, write) -> right.getOrDefault(key, write));
    }

    /** Retries the blocked sequences, up to {@code position}: a newer program may be able to read it. */
    public void retryBlocked(EventLogReader reader, long position) {
        for (DeadLetter letter : List.copyOf(deadLetters.values())) {
            retryBlocked(reader, position, letter.sequence());
        }
    }

    /** Tries one sequence again; answers what became of it, in words. */
    public String retryBlocked(EventLogReader reader, long position, String sequence) {
        // Also a table that has not got there yet is to know what it is to skip.
        skipped = currentSkips.get();
        DeadLetter letter = deadLetters.get(sequence);
        if (letter == null) {
            return "not blocked";
        }
        Map<String, DeadLetter> others = new HashMap<>(deadLetters);
        others.remove(sequence);
        deadLetters = Map.copyOf(others);
        try {
            retry(reader, letter, position);
        } catch (RuntimeException e) {
            // Whatever kept it from being retried, it stays blocked where it was.
            others.put(sequence, letter);
            deadLetters = Map.copyOf(others);
            throw e;
        }
        DeadLetter again = deadLetters.get(sequence);
        if (again != null) {
            return "blocked at " + again.position() + ": " + again.error();
        }
        stored.remove(sequence, skipped.quarantinedFrom(sequence));
        loader.forgetAll();
        log.info("sequence {}, blocked at {}, resumed", sequence, letter.position());
        return "resumed";
    }

    /** The skipped events, as they were when this segment was last begun or retried. */
    public SkippedEvents skipped() {
        return skipped;
    }

    private void retry(EventLogReader reader, DeadLetter letter, long position) {
        long from = letter.position() - 1;
        while (!deadLetters.containsKey(letter.sequence())) {
            // What shows only now has changed only now, for whoever asks since when it is as it is.
            Instant now = reader.now();
            List<StoredEvent> events = reader.ofSequence(letter.sequence(), from, RETRY_BATCH).stream()
                    .filter(event -> event.position() <= position)
                    .map(event -> event.appended(now))
                    .toList();
            if (events.isEmpty()) {
                return;
            }
            apply(events, false);
            from = events.getLast().position();
        }
    }
}
