package org.forgelog.command.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Streams that a unit of work had read together, before it asks for one of them. Their aggregates are locked, so they stay as
 * they were read; each is handed out once, since its aggregate is kept from then on.
 */
final class PrefetchedStreams {

    private static final String RESOURCE = PrefetchedStreams.class.getName();
    /** What is beyond either is read when it is asked for. */
    private static final int MOST_EVENTS = 20_000;

    private static final long MOST_CHARACTERS = 16 << 20;
    private static final int ROWS_AT_ONCE = 1_000;

    /** All in one order, so that two that lock the same do not wait for each other. */
    private static final String LOCKS =
            """
            select count(*) from (
                select pg_advisory_xact_lock(hash)
                from (select distinct hashtextextended(id, 0) as hash from unnest(?::text[]) as ids (id) order by 1) hashes
                offset 0) locks;
            """;

    private static final String EVENTS = LoadedStream.SELECT
            + """
            join unnest(?::text[], ?::bigint[]) as wanted (id, first)
              on aggregate_id = wanted.id and sequence_number >= wanted.first
            order by aggregate_id, sequence_number limit ?""";

    private final Map<String, LoadedStream> streams = new HashMap<>();

    /** Those of the unit of work; none, where there is none. */
    static PrefetchedStreams current() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get()
                        .root()
                        .<PrefetchedStreams>getOrComputeResource(RESOURCE, key -> new PrefetchedStreams())
                : new PrefetchedStreams();
    }

    Optional<LoadedStream> take(String aggregateId) {
        return Optional.ofNullable(streams.remove(aggregateId));
    }

    void neverWas(String aggregateId) {
        streams.put(aggregateId, LoadedStream.of(aggregateId, null, List.of()));
    }

    /** Locks aggregates and reads their events; those with a snapshot from there on. */
    void read(Connection connection, Collection<String> aggregateIds) throws SQLException {
        Map<String, GenericDomainEventEntry<String>> snapshots = lock(connection, aggregateIds);
        List<String> ids = aggregateIds.stream().distinct().sorted().toList();
        Long[] first = ids.stream()
                .map(id -> snapshots.containsKey(id) ? snapshots.get(id).getSequenceNumber() + 1 : 0L)
                .toArray(Long[]::new);
        Map<String, List<GenericDomainEventEntry<String>>> events = new HashMap<>();
        String last = events(connection, ids, first, events);
        for (String id : ids) {
            if (last == null || id.compareTo(last) < 0) {
                streams.put(id, LoadedStream.of(id, snapshots.get(id), events.getOrDefault(id, List.of())));
            }
        }
    }

    private static Map<String, GenericDomainEventEntry<String>> lock(
            Connection connection, Collection<String> aggregateIds) throws SQLException {
        Map<String, GenericDomainEventEntry<String>> snapshots = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCKS + LoadedStream.SNAPSHOTS)) {
            for (int i = 1; i <= 2; i++) {
                statement.setArray(i, connection.createArrayOf("text", aggregateIds.toArray()));
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    GenericDomainEventEntry<String> snapshot = LoadedStream.snapshot(rows);
                    snapshots.put(snapshot.getAggregateIdentifier(), snapshot);
                }
            }
        }
        return snapshots;
    }

    /** Answers which aggregate's events may not all be there, because there are too many; {@code null} when all are. */
    private static @Nullable String events(
            Connection connection,
            List<String> ids,
            Long[] first,
            Map<String, List<GenericDomainEventEntry<String>>> events)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", first));
            statement.setInt(3, MOST_EVENTS);
            statement.setFetchSize(ROWS_AT_ONCE);
            int count = 0;
            long characters = 0;
            String last = null;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    GenericDomainEventEntry<String> event = LoadedStream.event(rows);
                    last = event.getAggregateIdentifier();
                    events.computeIfAbsent(last, id -> new ArrayList<>()).add(event);
                    characters += event.getPayload().getData().length();
                    if (++count == MOST_EVENTS || characters > MOST_CHARACTERS) {
                        return last;
                    }
                }
            }
            return null;
        }
    }
}
