package org.forgelog.query.projection.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.control.Waiting;
import org.jspecify.annotations.Nullable;

/** The dead letters of all tables, for operators: blocked sequences can be listed, retried, or continued without the event. */
public final class DeadLetters {

    /** How long a retry is waited for; it is done all the same. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * A sequence that is blocked in a table.
     *
     * @param waiting events of the sequence from there on
     */
    public record BlockedSequence(
            String table,
            String sequence,
            long position,
            String type,
            String error,
            long waiting,
            Instant appendedAt,
            String trace,
            @Nullable Instant since) {}

    /** An event that was left out. */
    public record SkippedEvent(long position, String sequence, String type, String reason, String by, Instant at) {}

    private final Supplier<Map<String, List<DeadLetter>>> tables;
    private final RepairRequests control;
    private final EventLogReader log;

    /** @param tables the dead letters of each table, as this node knows them */
    public DeadLetters(Supplier<Map<String, List<DeadLetter>>> tables, DataSource dataSource, EventLogReader log) {
        this.tables = tables;
        this.control = new RepairRequests(dataSource);
        this.log = log;
    }

    /** The blocked sequences of all tables. */
    public List<BlockedSequence> blocked() {
        List<BlockedSequence> all = new ArrayList<>();
        tables.get().forEach((table, letters) -> letters.forEach(letter -> all.add(described(table, letter))));
        return all;
    }

    private BlockedSequence described(String table, DeadLetter letter) {
        StoredEvent event = log.after(letter.position() - 1, 1).getFirst();
        return new BlockedSequence(
                table,
                letter.sequence(),
                letter.position(),
                event.type(),
                letter.error(),
                log.countOfSequence(letter.sequence(), letter.position() - 1),
                event.appendedAt(),
                letter.trace(),
                letter.since());
    }

    /** The events that were left out, in the log's order. */
    public List<SkippedEvent> skipped() {
        return control.records().stream()
                .map(r -> new SkippedEvent(r.position(), r.sequence(), r.type(), r.reason(), r.by(), r.at()))
                .toList();
    }

    /**
     * Tries a sequence again in every table, on whichever nodes project into them.
     *
     * @return by table, what became of it; what is not known in time says so
     */
    public Map<String, String> retry(String sequence) {
        List<Long> asked = control.ask(sequence, false);
        Map<String, String> outcomes = new TreeMap<>();
        Waiting.within(LIMIT, () -> asked.stream().allMatch(id -> control.outcome(id) != null));
        for (long id : asked) {
            String outcome = control.outcome(id);
            outcomes.put(control.tableOf(id), outcome == null ? "not tried yet" : outcome);
        }
        return outcomes;
    }

    /**
     * Leaves an event out of all tables for good, and goes on behind it. Where the event may have said something about
     * rights, what the sequence is about remains visible to its owner alone.
     *
     * @param position of the event that blocks the sequence
     * @param by who wants that
     */
    public Map<String, String> discard(String sequence, long position, String reason, String by) {
        boolean blockedThere = blocked().stream()
                .anyMatch(letter -> letter.sequence().equals(sequence) && letter.position() == position);
        if (!blockedThere) {
            throw new OperationRefused(sequence + " is not blocked at " + position);
        }
        control.discard(log.after(position - 1, 1).getFirst(), reason, by);
        return retry(sequence);
    }
}
