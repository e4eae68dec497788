package org.forgelog.command.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an aggregate's stream: its snapshot and the events after it. Axon asks for one, then for the other;
 * here both come in one round trip, and the events wait in the unit of work until they are asked for.
 *
 * @param first sequence number that the events begin with
 */
record LoadedStream(
        String aggregateId,
        @Nullable GenericDomainEventEntry<String> snapshot,
        long first,
        List<GenericDomainEventEntry<String>> events) {

    private static final String RESOURCE = LoadedStream.class.getName();

    /**
     * Locks the aggregate until the transaction ends. A hash that two aggregates share makes them wait for each other,
     * no more. A statement of its own: the next one sees what was committed until the lock was granted.
     */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0));\n";

    static final String SELECT =
            """
            select global_index, event_id, aggregate_type, aggregate_id, sequence_number,
                   case when exists (select from discarded_event d where d.global_index = domain_event.global_index)
                        then '"""
                    + SkippedPayload.TYPE
                    + """
            ' else type end,
                   revision, payload, metadata, appended_at
            from domain_event
            """;

    /** A snapshot is worth nothing when an event that is in it was skipped since. */
    private static final String SNAPSHOT =
            """
             from snapshot s
            where s.aggregate_id = ?
              and not exists (select from discarded_event d join domain_event e on e.global_index = d.global_index
                              where e.aggregate_id = s.aggregate_id and e.sequence_number <= s.sequence_number)""";

    private static final String SNAPSHOT_COLUMNS =
            "select s.aggregate_id, s.aggregate_type, s.sequence_number, s.taken_at, s.type, s.revision, s.payload";

    private static final String LOAD = LOCK
            + SNAPSHOT_COLUMNS
            + SNAPSHOT
            + ";\n"
            + SELECT
            + "where aggregate_id = ? and sequence_number > coalesce((select s.sequence_number"
            + SNAPSHOT
            + "), -1) order by sequence_number limit ?";

    /** Those of several aggregates. */
    static final String SNAPSHOTS = SNAPSHOT_COLUMNS + SNAPSHOT.replace("aggregate_id = ?", "aggregate_id = any(?)");

    private static final String EVENTS =
            LOCK + SELECT + "where aggregate_id = ? and sequence_number >= ? order by sequence_number limit ?";

    /** Locks the aggregate and reads. */
    static LoadedStream load(Connection connection, String aggregateId, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
            for (int i = 1; i <= 4; i++) {
                statement.setString(i, aggregateId);
            }
            statement.setInt(5, limit);
            statement.execute();
            statement.getMoreResults();
            GenericDomainEventEntry<String> snapshot;
            try (ResultSet row = statement.getResultSet()) {
                snapshot = row.next() ? snapshot(row) : null;
            }
            statement.getMoreResults();
            return of(aggregateId, snapshot, events(statement.getResultSet()));
        }
    }

    static LoadedStream of(
            String aggregateId,
            @Nullable GenericDomainEventEntry<String> snapshot,
            List<GenericDomainEventEntry<String>> events) {
        return new LoadedStream(aggregateId, snapshot, snapshot == null ? 0 : snapshot.getSequenceNumber() + 1, events);
    }

    /** Locks the aggregate and reads its events from {@code first} on. */
    static List<GenericDomainEventEntry<String>> events(
            Connection connection, String aggregateId, long first, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            statement.setString(1, aggregateId);
            statement.setString(2, aggregateId);
            statement.setLong(3, first);
            statement.setInt(4, limit);
            statement.execute();
            statement.getMoreResults();
            return events(statement.getResultSet());
        }
    }

    /** Has the events wait in the unit of work, when there is one. */
    void keep() {
        CurrentUnitOfWork.ifStarted(unitOfWork -> unitOfWork.root().resources().put(RESOURCE, this));
    }

    /** The events that wait, when they are those that are wanted. They are handed out once. */
    static Optional<List<GenericDomainEventEntry<String>>> kept(String aggregateId, long first) {
        return CurrentUnitOfWork.map(UnitOfWork::root)
                .map(root -> (LoadedStream) root.resources().remove(RESOURCE))
                .filter(loaded -> loaded.aggregateId.equals(aggregateId) && loaded.first == first)
                .map(LoadedStream::events);
    }

    private static List<GenericDomainEventEntry<String>> events(ResultSet rows) throws SQLException {
        List<GenericDomainEventEntry<String>> events = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                events.add(event(rows));
            }
        }
        return events;
    }

    /** The event in a row of {@link #SELECT}. */
    static GenericDomainEventEntry<String> event(ResultSet row) throws SQLException {
        String eventId = row.getString(2);
        String aggregateId = row.getString(4);
        return new GenericDomainEventEntry<>(
                row.getString(3),
                aggregateId.equals(eventId) ? null : aggregateId,
                row.getLong(5),
                eventId,
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }

    /** The snapshot in a row of {@link #SNAPSHOTS}. */
    static GenericDomainEventEntry<String> snapshot(ResultSet row) throws SQLException {
        String aggregateId = row.getString(1);
        return new GenericDomainEventEntry<>(
                row.getString(2),
                aggregateId,
                row.getLong(3),
                "snapshot-of-" + aggregateId,
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                "{}");
    }
}
