package org.forgelog.query.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.Replays.Refused;
import org.forgelog.query.projection.TableControl.State;
import org.forgelog.query.projection.TableControl.Wanted;
import org.forgelog.query.projection.TableWatch.StoppedSequence;

/** Sequences that stopped, with the events that wait behind: shown, tried again, or sent on without the event. */
public final class DeadLetters {

    /** How long a retry is waited for; it is done all the same. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * A sequence that stopped.
     *
     * @param waiting events of the sequence from there on
     */
    public record DeadLetter(
            String table,
            String sequence,
            long position,
            String type,
            String error,
            long waiting,
            Instant appendedAt) {}

    /** An event that was left out. */
    public record Discarded(long position, String sequence, String type, String reason, String by, Instant at) {}

    private final Projections projections;
    private final TableControl tables;
    private final DeadLetterControl control;
    private final EventLogReader log;

    public DeadLetters(Projections projections, TableControl tables, DataSource dataSource, EventLogReader log) {
        this.projections = projections;
        this.tables = tables;
        this.control = new DeadLetterControl(dataSource);
        this.log = log;
    }

    /** Everything that has stopped, in any table. */
    public List<DeadLetter> stopped() {
        List<DeadLetter> all = new ArrayList<>();
        for (Wanted wanted : tables.tables()) {
            ProjectedTable table = projections.find(wanted.name());
            if (table != null && wanted.state() != State.DROPPING) {
                table.watch().stoppedSequences().forEach(stop -> all.add(letter(wanted.name(), stop)));
            }
        }
        return all;
    }

    private DeadLetter letter(String table, StoppedSequence stop) {
        StoredEvent event = log.after(stop.position() - 1, 1).getFirst();
        return new DeadLetter(
                table,
                stop.sequence(),
                stop.position(),
                event.type(),
                stop.error(),
                log.countOfSequence(stop.sequence(), stop.position() - 1),
                event.appendedAt());
    }

    /** The events that were left out, in the log's order. */
    public List<Discarded> discarded() {
        return control.records().stream()
                .map(r -> new Discarded(r.position(), r.sequence(), r.type(), r.reason(), r.by(), r.at()))
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
        Replays.within(LIMIT, () -> asked.stream().allMatch(id -> control.outcome(id) != null));
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
     * @param position of the event at which the sequence stopped
     * @param by who wants that
     */
    public Map<String, String> discard(String sequence, long position, String reason, String by) {
        boolean stoppedThere = stopped().stream()
                .anyMatch(letter -> letter.sequence().equals(sequence) && letter.position() == position);
        if (!stoppedThere) {
            throw new Refused(sequence + " has not stopped at " + position);
        }
        control.discard(log.after(position - 1, 1).getFirst(), reason, by);
        return retry(sequence);
    }
}
