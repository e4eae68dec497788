package org.forgelog.query.projection;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.Slots;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.Batch.Stop;
import org.forgelog.query.projection.Touched.FoldFailure;
import org.forgelog.query.projection.Touched.Write;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Applies batches: loads, folds, writes, and keeps the sequences that stopped. Doing one again changes nothing. */
final class BatchApplier {

    private static final Logger log = LoggerFactory.getLogger(BatchApplier.class);
    private static final int RETRY_BATCH = 500;

    private final EventCodec codec;
    private final Loader loader;
    private final Flusher flusher;
    private final Stops stored;
    private final Sweeper sweeper;
    private final Rebuilder rebuilder;
    private final EngineMetrics metrics;
    private final Orders orders;
    private Slots slots = Slots.NONE;
    private Map<String, Stop> stops = Map.of();
    private Discards discards = Discards.NONE;
    private volatile Consumer<Item> listener = item -> {};

    BatchApplier(
            EventCodec codec,
            Loader loader,
            Flusher flusher,
            Stops stored,
            Sweeper sweeper,
            Rebuilder rebuilder,
            EngineMetrics metrics,
            Orders orders) {
        this.codec = codec;
        this.loader = loader;
        this.flusher = flusher;
        this.stored = stored;
        this.sweeper = sweeper;
        this.rebuilder = rebuilder;
        this.metrics = metrics;
        this.orders = orders;
    }

    /**
     * Starts from what the table says, nothing remembered: others may have written what was another segment's until now.
     *
     * @param own the slots of the sequences that are brought into the table from now on
     */
    void begin(Slots own) {
        slots = own;
        loader.forgetAll();
        Map<String, Stop> ours = new HashMap<>(stored.read());
        ours.keySet().removeIf(sequence -> !own.holds(sequence));
        stops = Map.copyOf(ours);
        discards = orders.discards();
        sweeper.look();
    }

    void onWritten(Consumer<Item> told) {
        listener = told;
    }

    /** Those of this engine's sequences that stopped. */
    Map<String, Stop> stops() {
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
    record Prepared(
            int read,
            long through,
            List<StoredEvent> events,
            Batch batch,
            Map<String, Stop> stops,
            Discards discards) {}

    /** Prepares those of {@code read} that are this engine's. */
    Prepared prepare(List<StoredEvent> read) {
        return prepare(read, slots, codec, stops, discards);
    }

    /** Reads events and prepares them, when it is asked to, on any thread. */
    Callable<Prepared> preparation(Supplier<List<StoredEvent>> events) {
        Slots own = slots;
        Map<String, Stop> stopped = stops;
        Discards discarded = discards;
        return () -> prepare(events.get(), own, codec, stopped, discarded);
    }

    private static Prepared prepare(
            List<StoredEvent> read, Slots own, EventCodec codec, Map<String, Stop> stops, Discards discards) {
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
    void apply(List<StoredEvent> events, boolean building) {
        apply(prepare(events), building);
    }

    /** Brings prepared events into the table. */
    void apply(Prepared prepared, boolean building) {
        Prepared known = prepared.stops == stops && prepared.discards == discards ? prepared : prepare(prepared.events);
        apply(known.batch, building);
        for (Discards.Discarded discarded : discards.withholding(known.events)) {
            if (!stops.containsKey(discarded.sequence())) {
                stored.withhold(
                        discarded.sequence(),
                        discards.withheldFrom(discarded.sequence()).orElse(discarded.position()));
                forgetSubject(discarded.sequence());
            }
        }
    }

    private void forgetSubject(String sequence) {
        ItemKey subject = Stops.subjectOf(sequence);
        if (subject != null) {
            loader.forget(subject);
        }
    }

    private void apply(Batch batch, boolean building) {
        flush(batch, building);
        for (Stop stop : batch.stops()) {
            log.error("sequence {} stops at position {}: {}", stop.sequence(), stop.position(), stop.error());
            stored.add(stop);
            forgetSubject(stop.sequence());
            Map<String, Stop> more = new HashMap<>(stops);
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
                    sweeper.look();
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
                        new Flusher.TakenBack(write, right.get(write.after().key())))
                .filter(Flusher.TakenBack::isWrong)
                .toList());
        tried.keySet().retainAll(right.keySet());
        tried.replaceAll((key, write) -> right.getOrDefault(key, write));
    }

    /** Tries again what stopped, up to {@code position}: a newer program may be able to read it. */
    void retryStopped(EventLogReader reader, long position) {
        for (Stop stop : List.copyOf(stops.values())) {
            retryStopped(reader, position, stop.sequence());
        }
    }

    /** Tries one sequence again; answers what became of it, in words. */
    String retryStopped(EventLogReader reader, long position, String sequence) {
        // Also a table that has not got there yet is to know what it need not stop at.
        discards = orders.discards();
        Stop stop = stops.get(sequence);
        if (stop == null) {
            return "had not stopped";
        }
        Map<String, Stop> others = new HashMap<>(stops);
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
        Stop again = stops.get(sequence);
        if (again != null) {
            return "stopped at " + again.position() + ": " + again.error();
        }
        stored.remove(sequence, discards.withheldFrom(sequence));
        loader.forgetAll();
        log.info("sequence {}, stopped at {}, goes on", sequence, stop.position());
        return "goes on";
    }

    /** Rebuilds the items of one sequence in place; answers what became of it, in words. */
    String rebuild(EventLogReader reader, long position, String sequence) {
        Stop stop = stops.get(sequence);
        if (stop != null) {
            return String.valueOf(new Rebuilder.NotRebuilt(stop).getMessage());
        }
        try {
            Rebuilder.Outcome outcome = rebuilder.rebuild(reader, sequence, position, discards);
            log.info("sequence {} {}", sequence, outcome);
            return outcome.toString();
        } catch (Rebuilder.NotRebuilt e) {
            return String.valueOf(e.getMessage());
        } catch (DynamoDbException | IllegalStateException e) {
            // Whoever asked may ask again; projecting goes on.
            log.warn("sequence {} was not rebuilt", sequence, e);
            return "failed, perhaps half done: " + e.getMessage();
        }
    }

    private void retry(EventLogReader reader, Stop stop, long position) {
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
