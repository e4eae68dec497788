package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.FoldFailure;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies batches: loads, folds, writes, and keeps the sequences that stopped. Doing one again changes nothing. */
public final class BatchApplier {

    private static final Logger log = LoggerFactory.getLogger(BatchApplier.class);
    private static final int RETRY_BATCH = 500;

    private final EventCodec codec;
    private final EngineItemCache loader;
    private final BatchWriter flusher;
    private final DeadLetterItems stored;
    private final Runnable sweepOrdered;
    private final EngineMetrics metrics;
    private final Supplier<SkippedEvents> skipped;
    private HashSlots slots = HashSlots.NONE;
    private Map<String, DeadLetter> stops = Map.of();
    private SkippedEvents discards = SkippedEvents.NONE;
    private volatile Consumer<Item> listener = item -> {};

    public BatchApplier(
            EventCodec codec,
            EngineItemCache loader,
            BatchWriter flusher,
            DeadLetterItems stored,
            Runnable sweepOrdered,
            EngineMetrics metrics,
            Supplier<SkippedEvents> skipped) {
        this.codec = codec;
        this.loader = loader;
        this.flusher = flusher;
        this.stored = stored;
        this.sweepOrdered = sweepOrdered;
        this.metrics = metrics;
        this.skipped = skipped;
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
        stops = Map.copyOf(ours);
        discards = skipped.get();
        sweepOrdered.run();
    }

    public void onWritten(Consumer<Item> told) {
        listener = told;
    }

    /** Those of this engine's sequences that stopped. */
    public Map<String, DeadLetter> stops() {
        return stops;
    }

    /**
     * Events with what they do to the table, as far as that can be told without it.
     *
     * @param read how many there were
     * @param through the position of the last; 0 when there were none
     * @param events those of them that are this engine's
     * @param stops what was known to have stopped then
     */
    public record Prepared(
            int read,
            long through,
            List<StoredEvent> events,
            Batch batch,
            Map<String, DeadLetter> stops,
            SkippedEvents discards) {}

    /** Prepares those of {@code read} that are this engine's. */
    public Prepared prepare(List<StoredEvent> read) {
        return prepare(read, slots, codec, stops, discards);
    }

    /** Reads events and prepares them, when it is asked to, on any thread. */
    public Callable<Prepared> preparation(Supplier<List<StoredEvent>> events) {
        HashSlots own = slots;
        Map<String, DeadLetter> stopped = stops;
        SkippedEvents discarded = discards;
        return () -> prepare(events.get(), own, codec, stopped, discarded);
    }

    private static Prepared prepare(
            List<StoredEvent> read,
            HashSlots own,
            EventCodec codec,
            Map<String, DeadLetter> stops,
            SkippedEvents discards) {
        List<StoredEvent> events = own.isAll()
                ? read
                : read.stream().filter(event -> own.holds(event.sequenceKey())).toList();
        List<StoredEvent> kept =
                events.stream().filter(event -> !discards.contains(event)).toList();
        return new Prepared(
                read.size(),
                read.isEmpty() ? 0 : read.getLast().position(),
                events,
                Batch.of(kept, codec, stops.keySet()),
                stops,
                discards);
    }

    /**
     * Brings {@code events} into the table; sequences that stopped are left alone.
     *
     * @param building whether the table does not serve yet
     */
    public void apply(List<StoredEvent> events, boolean building) {
        apply(prepare(events), building);
    }

    /** Brings prepared events into the table. */
    public void apply(Prepared prepared, boolean building) {
        Prepared known = prepared.stops == stops && prepared.discards == discards ? prepared : prepare(prepared.events);
        apply(known.batch, building);
        for (SkippedEvents.Discarded discarded : discards.withholding(known.events)) {
            if (!stops.containsKey(discarded.sequence())) {
                stored.withhold(
                        discarded.sequence(),
                        discards.withheldFrom(discarded.sequence()).orElse(discarded.position()));
                forgetSubject(discarded.sequence());
            }
        }
    }

    private void forgetSubject(String sequence) {
        ItemKey subject = DeadLetterItems.subjectOf(sequence);
        if (subject != null) {
            loader.forget(subject);
        }
    }

    private void apply(Batch batch, boolean building) {
        flush(batch, building);
        for (DeadLetter stop : batch.stops()) {
            log.error("sequence {} stops at position {}: {}", stop.sequence(), stop.position(), stop.error());
            stored.add(stop);
            forgetSubject(stop.sequence());
            Map<String, DeadLetter> more = new HashMap<>(stops);
            more.put(stop.sequence(), stop);
            stops = Map.copyOf(more);
        }
    }

    private void flush(Batch batch, boolean building) {
        // Each as one write from what was there before the first of them.
        Map<ItemKey, Write> tried = new HashMap<>();
        while (true) {
            List<Write> writes = batch.writes(loader.load(batch.toLoad()));
            if (writes.isEmpty()) {
                return;
            }
            for (Write write : writes) {
                loader.forget(write.touched().key());
                if (write.after().is(ItemType.SWEEP)) {
                    sweepOrdered.run();
                }
            }
            try {
                for (Item item : flusher.flush(writes, building)) {
                    loader.remember(item);
                    listener.accept(item);
                }
                metrics.written(writes);
                return;
            } catch (FoldFailure e) {
                writes.forEach(write -> tried.merge(
                        write.after().key(),
                        write,
                        (first, later) -> new Write(later.touched(), first.before(), later.after())));
                batch.stop(e.event(), String.valueOf(e.getMessage()));
                takeBack(batch, tried);
            }
        }
    }

    /**
     * Takes back of what was tried all that comes from events which the batch has no longer: items are written side by
     * side, so later ones of a sequence that turns out to stop may be there.
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
        flusher.takeBack(tried.values().stream()
                .map(write ->
                        new BatchWriter.TakenBack(write, right.get(write.after().key())))
                .filter(BatchWriter.TakenBack::isWrong)
                .toList());
        tried.keySet().retainAll(right.keySet());
        tried.replaceAll((key, write) -> right.getOrDefault(key, write));
    }

    /** Tries again what stopped, up to {@code position}: a newer program may be able to read it. */
    public void retryStopped(EventLogReader reader, long position) {
        for (DeadLetter stop : List.copyOf(stops.values())) {
            retryStopped(reader, position, stop.sequence());
        }
    }

    /** Tries one sequence again; answers what became of it, in words. */
    public String retryStopped(EventLogReader reader, long position, String sequence) {
        // Also a table that has not got there yet is to know what it need not stop at.
        discards = skipped.get();
        DeadLetter stop = stops.get(sequence);
        if (stop == null) {
            return "had not stopped";
        }
        Map<String, DeadLetter> others = new HashMap<>(stops);
        others.remove(sequence);
        stops = Map.copyOf(others);
        try {
            retry(reader, stop, position);
        } catch (RuntimeException e) {
            // Whatever kept it from being tried, it stands where it stood.
            others.put(sequence, stop);
            stops = Map.copyOf(others);
            throw e;
        }
        DeadLetter again = stops.get(sequence);
        if (again != null) {
            return "stopped at " + again.position() + ": " + again.error();
        }
        stored.remove(sequence, discards.withheldFrom(sequence));
        loader.forgetAll();
        log.info("sequence {}, stopped at {}, goes on", sequence, stop.position());
        return "goes on";
    }

    /** The skipped events, as they were when this segment was last begun or retried. */
    public SkippedEvents skipped() {
        return discards;
    }

    private void retry(EventLogReader reader, DeadLetter stop, long position) {
        long from = stop.position() - 1;
        while (!stops.containsKey(stop.sequence())) {
            // What shows only now has changed only now, for whoever asks since when it is as it is.
            Instant now = reader.now();
            List<StoredEvent> events = reader.ofSequence(stop.sequence(), from, RETRY_BATCH).stream()
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
