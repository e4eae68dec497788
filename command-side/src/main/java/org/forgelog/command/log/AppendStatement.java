package org.forgelog.command.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.forgelog.command.postgres.PendingStatements;
import org.forgelog.eventlog.LogSignals;

/** How events get into the log: lock, insert and mostly the commit, in one round trip. */
final class AppendStatement {

    /**
     * One way to the server and back, with what is pending, since everybody else waits meanwhile. The lock is a statement of
     * its own: the positions are given out by the next one, when it is held.
     */
    private static final String APPEND = PostgresEventStorageEngine.APPEND_LOCK
            + """
            ;
            with appended as (
                insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                                          payload, metadata, sequence_key, appended_at)
                select event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                       payload::jsonb, metadata::jsonb, sequence_key, appended_at::timestamptz
                from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[],
                            ?::text[], ?::text[], ?::text[], ?::text[])
                     with ordinality as e (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                                           payload, metadata, sequence_key, appended_at, place)
                order by place
                returning global_index),
            last as (select max(global_index) as position from appended)
            select position, pg_notify('"""
            + LogSignals.APPENDED + "', position::text) from last";

    /**
     * The lock is held for as long as the server takes, and for no way to the client and back. To the driver the
     * transaction is over then; committing it once more does nothing.
     */
    private static final String APPEND_LAST = APPEND + ";\ncommit";

    private AppendStatement() {}

    /** @param lockWaits is told how long the append waited for its turn */
    static AppendedEvents execute(
            Connection connection,
            List<? extends EventMessage<?>> events,
            Serializer serializer,
            Consumer<Duration> lockWaits)
            throws SQLException {
        Set<String> sequences = new TreeSet<>();
        EventColumns columns = new EventColumns(events.size());
        for (EventMessage<?> event : events) {
            sequences.add(columns.add(event, serializer));
        }
        PendingStatements pending = PendingStatements.current();
        pending.sendBatches(connection);
        boolean last = CurrentUnitOfWork.map(AppendedEvents::isLast).orElse(false);
        try (PreparedStatement statement = connection.prepareStatement(pending.before(last ? APPEND_LAST : APPEND))) {
            columns.bind(connection, statement, pending.bind(statement));
            // Results of what was pending are counts; the first row is the lock's.
            for (boolean isRow = statement.execute(); !isRow; ) {
                isRow = statement.getMoreResults();
            }
            lockWaits.accept(waited(statement));
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return new AppendedEvents(row.getLong(1), sequences);
            }
        }
    }

    /** How long the lock was waited for, by the server's clock: the client cannot see where its wait ends. */
    private static Duration waited(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return Duration.between(row.getObject(1, OffsetDateTime.class), row.getObject(3, OffsetDateTime.class));
        }
    }
}
