package org.forgelog.query.projection.repair;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.SkippedEvents.SkippedEvent;
import org.forgelog.query.projection.control.ControlDatabase;
import org.jspecify.annotations.Nullable;

/** Operators' requests to retry or rebuild sequences and to skip events, in PostgreSQL, where all nodes see it. */
public final class RepairRequests {

    /** A skipped event, as operators see it. */
    record SkippedRecord(long position, String sequence, String type, String reason, String by, Instant at) {}

    private final ControlDatabase sql;

    public RepairRequests(DataSource dataSource) {
        this.sql = new ControlDatabase(dataSource);
    }

    /**
     * Asks for a sequence to be tried again in every table; answers the ids of what was asked.
     *
     * @param rebuild whether all of it, from the beginning; otherwise from where it is blocked
     */
    public List<Long> ask(String sequence, boolean rebuild) {
        return sql.inTransaction(connection -> {
            ControlDatabase.update(
                    connection, "delete from projection_retry where asked_at < now() - interval '1 day'");
            List<Long> ids = ControlDatabase.query(
                    connection,
                    """
                    insert into projection_retry (table_name, sequence_key, rebuild)
                    select name, ?, ? from projection_table where state <> 'dropping' returning id
                    """,
                    row -> row.getLong(1),
                    sequence,
                    rebuild);
            return ids;
        });
    }

    /** What is to be tried again and has not been yet. */
    public List<RepairRequest> due() {
        return sql.query(
                "select id, table_name, sequence_key, rebuild from projection_retry where done_at is null order by id",
                row -> new RepairRequest(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)));
    }

    public void retried(RepairRequest retry, String outcome) {
        sql.quietly("update projection_retry set done_at = now(), outcome = ? where id = ?", outcome, retry.id());
    }

    /** What became of a retry; {@code null} while it is not known. */
    @Nullable
    public String outcome(long id) {
        List<String> outcome = sql.query(
                "select outcome from projection_retry where id = ? and done_at is not null",
                row -> row.getString(1),
                id);
        return outcome.isEmpty() ? null : outcome.getFirst();
    }

    /** What became of the last rebuild of a sequence, by table; {@code null} of those that are under way. */
    Map<String, @Nullable String> rebuilds(String sequence) {
        Map<String, @Nullable String> outcomes = new TreeMap<>();
        sql.query(
                        """
                        select distinct on (table_name) table_name, outcome from projection_retry
                        where sequence_key = ? and rebuild order by table_name, id desc
                        """,
                        row -> new String[] {row.getString(1), row.getString(2)},
                        sequence)
                .forEach(row -> outcomes.put(row[0], row[1]));
        return outcomes;
    }

    String tableOf(long id) {
        return sql.query("select table_name from projection_retry where id = ?", row -> row.getString(1), id)
                .getFirst();
    }

    public void discard(StoredEvent event, String reason, String by) {
        sql.change(
                """
                insert into discarded_event (global_index, sequence_key, type, reason, discarded_by)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """,
                event.position(),
                event.sequenceKey(),
                event.type(),
                reason,
                by);
    }

    public SkippedEvents skippedEvents() {
        return new SkippedEvents(records().stream()
                .map(record -> new SkippedEvent(record.position(), record.sequence(), record.type()))
                .toList());
    }

    List<SkippedRecord> records() {
        return sql.query(
                "select global_index, sequence_key, type, reason, discarded_by, discarded_at from discarded_event"
                        + " order by global_index",
                row -> new SkippedRecord(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
    }
}
