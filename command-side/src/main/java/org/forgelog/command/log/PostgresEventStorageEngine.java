package org.forgelog.command.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.forgelog.command.postgres.SqlStates;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The event log as Axon's event storage, on the connection of the surrounding Spring transaction.
 *
 * <p>Whoever appends takes one lock right before the insert and holds it until its transaction ends. So the order of
 * positions is the order of commits, and a reader that has seen a position has seen everything before it: tokens are
 * plain positions, there are no gaps to guess about. The price is that appends of different transactions wait for each
 * other's commit, which is why the lock must be the last one that a transaction takes.
 *
 * <p>Reading an aggregate's events locks the aggregate first, until the transaction ends: whoever has read them decides
 * on a state that nobody else is about to change. Lock, snapshot and the events after it come in one round trip.
 */
public final class PostgresEventStorageEngine extends BatchingEventStorageEngine {

    /**
     * Takes the lock that orders appends, until the transaction ends; it must be the last lock taken. Locks on
     * aggregates are of the form with one bigint, and so never the same. Says when it began to wait, and when it had it.
     */
    public static final String APPEND_LOCK =
            "select clock_timestamp(), pg_advisory_xact_lock(4674, 1), clock_timestamp()";

    private final DataSource dataSource;
    private final Consumer<Duration> lockWaits;

    private PostgresEventStorageEngine(Builder builder) {
        super(builder);
        this.dataSource = builder.dataSource;
        this.lockWaits = builder.lockWaits;
    }

    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            AppendedEvents appended = AppendStatement.execute(connection, events, serializer, lockWaits);
            CurrentUnitOfWork.ifStarted(unitOfWork -> AppendedEvents.remember(unitOfWork, appended));
        } catch (SQLException e) {
            handlePersistenceException(e, events.getFirst());
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Fails where the snapshot cannot be read any more: the event store goes on without it then. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        Optional<DomainEventMessage<?>> snapshot = super.readSnapshot(aggregateId);
        snapshot.ifPresent(DomainEventMessage::getPayload);
        return snapshot;
    }

    /**
     * Locks aggregates that this unit of work is about to load, and reads their events, in two round trips for all of them.
     * What was read waits until it is asked for.
     */
    public void prefetch(Collection<String> aggregateIds) {
        if (!aggregateIds.isEmpty()) {
            query(connection -> {
                PrefetchedStreams.current().read(connection, aggregateIds);
                return true;
            });
        }
    }

    /** Promises that there is no event yet of an aggregate which nobody else can know of. */
    public static void neverWas(String aggregateId) {
        PrefetchedStreams.current().neverWas(aggregateId);
    }

    /** Reads the events after the snapshot as well; {@link #fetchDomainEvents} finds them in the unit of work. */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        LoadedStream loaded = PrefetchedStreams.current()
                .take(aggregateId)
                .orElseGet(() -> query(connection -> LoadedStream.load(connection, aggregateId, batchSize())));
        loaded.keep();
        return Stream.ofNullable(loaded.snapshot());
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(String aggregateId, long first, int limit) {
        return LoadedStream.kept(aggregateId, first)
                .orElseGet(() -> query(connection -> LoadedStream.events(connection, aggregateId, first, limit)));
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken last, int limit) {
        return query(
                LoadedStream.SELECT + "where global_index > ? order by global_index limit ?",
                row -> new TrackedDomainEventData<>(
                        new GlobalSequenceTrackingToken(row.getLong(1)), LoadedStream.event(row)),
                last == null ? 0L : last.position().orElseThrow(),
                limit);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return query("select max(sequence_number) from domain_event where aggregate_id = ?", Row::number, aggregateId)
                .getFirst();
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return token(query("select min(global_index) - 1 from domain_event", Row::number));
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return token(query("select max(global_index) from domain_event", Row::number));
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        return token(query(
                """
                select coalesce((select min(global_index) - 1 from domain_event where appended_at >= ?),
                                (select max(global_index) from domain_event))""",
                Row::number,
                instant.atOffset(ZoneOffset.UTC)));
    }

    private static @Nullable TrackingToken token(List<Optional<Long>> position) {
        return position.getFirst().map(GlobalSequenceTrackingToken::new).orElse(null);
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        SerializedObject<String> payload = snapshot.serializePayload(serializer, String.class);
        query(
                """
                insert into snapshot (aggregate_id, aggregate_type, sequence_number, type, revision, payload, taken_at)
                values (?, ?, ?, ?, ?, ?::jsonb, ?)
                on conflict (aggregate_id) do update
                set sequence_number = excluded.sequence_number, type = excluded.type, revision = excluded.revision,
                    payload = excluded.payload, taken_at = excluded.taken_at
                where snapshot.sequence_number < excluded.sequence_number or snapshot.revision <> excluded.revision
                returning 1""",
                Row::number,
                snapshot.getAggregateIdentifier(),
                snapshot.getType(),
                snapshot.getSequenceNumber(),
                payload.getType().getName(),
                payload.getType().getRevision(),
                payload.getData(),
                snapshot.getTimestamp().atOffset(ZoneOffset.UTC));
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;

        static Optional<Long> number(ResultSet row) throws SQLException {
            long value = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(value);
        }
    }

    private <T> List<T> query(String sql, Row<T> row, @Nullable Object... arguments) {
        return query(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                List<T> results = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        results.add(row.read(rows));
                    }
                }
                return results;
            }
        });
    }

    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T query(Query<T> query) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return query.on(connection);
        } catch (SQLException e) {
            throw new EventStoreException("the event log does not answer", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Builds the engine; it recognises conflicts unless told another way. */
    public static final class Builder extends BatchingEventStorageEngine.Builder {

        private final DataSource dataSource;
        private Consumer<Duration> lockWaits = wait -> {};

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
            persistenceExceptionResolver(SqlStates::isUniqueViolation);
        }

        /** Is told how long each append waited for its turn. */
        public Builder lockWaits(Consumer<Duration> told) {
            lockWaits = told;
            return this;
        }

        public PostgresEventStorageEngine build() {
            return new PostgresEventStorageEngine(this);
        }
    }
}
