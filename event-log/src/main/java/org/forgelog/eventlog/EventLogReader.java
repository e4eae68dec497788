package org.forgelog.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.forgelog.domain.repository.RepositoryId;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log. A read sees every event up to the last position it answers: whoever appends holds the append lock
 * until its commit, so lower positions never turn up later.
 */
public final class EventLogReader {

    /** A read stops after this many characters of payload, so that a batch of large events cannot fill the memory. */
    static final int MAX_PAYLOAD_CHARACTERS = 16 << 20;

    private static final int SEARCH_SECONDS = 5;

    private static final String COLUMNS = "select global_index, event_id, aggregate_type, aggregate_id,"
            + " sequence_number, type, revision, payload, metadata, sequence_key, coalesce(logged_at, appended_at)"
            + " from domain_event ";

    private final DataSource dataSource;

    public EventLogReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The next events after {@code position}, at most {@code limit}; fewer only at the end or when they are large. */
    public List<StoredEvent> after(long position, int limit) {
        return read("where global_index > ? order by global_index limit " + limit, position);
    }

    /** The next events of one sequence after {@code position}. */
    public List<StoredEvent> ofSequence(String sequenceKey, long position, int limit) {
        return read(
                "where sequence_key = ? and global_index > ? order by global_index limit " + limit,
                sequenceKey,
                position);
    }

    /**
     * The next events up to position {@code upTo} in the order of their sequences' keys, and of positions within each.
     *
     * @param sequenceKey of the last event that was read; empty before the first
     * @param position of that event
     */
    public List<StoredEvent> bySequence(String sequenceKey, long position, long upTo, int limit) {
        return read(
                "where (sequence_key, global_index) > (?, ?) and global_index <= ?"
                        + " order by sequence_key, global_index limit " + limit,
                sequenceKey,
                position,
                upTo);
    }

    /** The next events of some stored types after {@code position}, up to {@code upTo}. */
    public List<StoredEvent> ofTypes(List<String> types, long position, long upTo, int limit) {
        return read(
                "where global_index > ? and global_index <= ? and type = any (string_to_array(?, ','))"
                        + " order by global_index limit " + limit,
                position,
                upTo,
                String.join(",", types));
    }

    /**
     * The next events after {@code position}, up to {@code upTo}, that may tell in the clear of a person: those of the
     * sequences of the account and its repositories, and those that have one of the names in them. Reads all of the log.
     */
    public List<StoredEvent> telling(PersonNames names, long position, long upTo, int limit) {
        String sequences = Stream.concat(
                        Stream.of(names.account().sequenceKey()),
                        names.repositories().stream().map(id -> new RepositoryId(id).sequenceKey()))
                .collect(Collectors.joining("\n"));
        String like = Stream.concat(names.logins().stream(), names.emails().stream())
                .map(name -> "%" + name.replaceAll("[\\\\%_]", "\\\\$0") + "%")
                .collect(Collectors.joining("\n"));
        return read(
                "where global_index > ? and global_index <= ?"
                        + " and (sequence_key = any (string_to_array(?, chr(10)))"
                        + " or payload::text ilike any (string_to_array(?, chr(10)))"
                        + " or metadata::text ilike any (string_to_array(?, chr(10))))"
                        + " order by global_index limit " + limit,
                position,
                upTo,
                sequences,
                like,
                like);
    }

    /**
     * What events are looked for; what is {@code null} does not matter.
     *
     * @param from when they were appended at the earliest
     * @param to and before when
     */
    public record Search(
            @Nullable String sequenceKey,
            @Nullable String aggregateId,
            @Nullable String actor,
            @Nullable String type,
            @Nullable String requestId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * The latest events before {@code position}, newest first.
     *
     * @throws EventLogException also when that takes longer than a few seconds: only sequences and aggregates have an index
     */
    public List<StoredEvent> latest(Search wanted, long position, int limit) {
        StringBuilder where = new StringBuilder("where global_index < ?");
        List<Object> arguments = new ArrayList<>(List.of(position));
        also(where, arguments, " and sequence_key = ?", wanted.sequenceKey);
        also(where, arguments, " and aggregate_id = ?", wanted.aggregateId);
        also(where, arguments, " and metadata->>'actor' = ?", wanted.actor);
        also(where, arguments, " and type = ?", wanted.type);
        also(where, arguments, " and metadata->>'requestId' = ?", wanted.requestId);
        also(where, arguments, " and coalesce(logged_at, appended_at) >= ?", time(wanted.from));
        also(where, arguments, " and coalesce(logged_at, appended_at) < ?", time(wanted.to));
        where.append(" order by global_index desc limit ").append(limit);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS + where)) {
            statement.setQueryTimeout(SEARCH_SECONDS);
            bind(statement, arguments.toArray());
            List<StoredEvent> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
            return events;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    private static void also(StringBuilder where, List<Object> arguments, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            arguments.add(value);
        }
    }

    private static @Nullable Object time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** An event that operators left out of all tables; it stays in the log. */
    public record SkippedEvent(long position, String sequenceKey, String type, String reason, String by, Instant at) {}

    /** The events that were left out, by position. */
    public Map<Long, SkippedEvent> skipped() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select global_index, sequence_key, type, reason,"
                                + " discarded_by, discarded_at from discarded_event");
                ResultSet rows = statement.executeQuery()) {
            Map<Long, SkippedEvent> skipped = new HashMap<>();
            while (rows.next()) {
                skipped.put(
                        rows.getLong(1),
                        new SkippedEvent(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getObject(6, OffsetDateTime.class).toInstant()));
            }
            return skipped;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    /** The sequences that have events after {@code position}, up to {@code upTo}. */
    public Set<String> sequencesBetween(long position, long upTo) {
        return sequences("global_index > ? and global_index <= ?", position, upTo);
    }

    /** The sequences that have events of which a condition holds. */
    Set<String> sequences(String condition, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select distinct sequence_key from domain_event where " + condition)) {
            bind(statement, arguments);
            Set<String> sequences = new LinkedHashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sequences.add(rows.getString(1));
                }
            }
            return sequences;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    /** That a sequence has an event of a type. */
    public record Changed(String sequenceKey, String type, long position) {}

    /**
     * What may have changed in the tables made from the log.
     *
     * @param head the last position; 0 when the log is empty
     * @param repairs how many repairs of them that operators asked for are not done yet
     * @param repaired when the last was done, in words; empty when none was of late
     * @param changed what the events did that were asked for, in the order of their positions
     */
    public record Changes(long head, long repairs, String repaired, List<Changed> changed) {}

    /** What the events after {@code position} did, at most {@code limit} of them, and what repairs there are. */
    public Changes changesAfter(long position, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        select log.head, repair.pending, repair.last, event.sequence_key, event.type, event.global_index
                        from (select coalesce(max(global_index), 0) as head from domain_event) log
                        cross join (select count(*) filter (where done_at is null) as pending,
                                           coalesce(max(done_at)::text, '') as last from projection_retry) repair
                        left join lateral (select sequence_key, type, global_index from domain_event
                                           where global_index > ? order by global_index limit ?) event on true
                        order by event.global_index
                        """)) {
            bind(statement, position, limit);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Changes changes = new Changes(rows.getLong(1), rows.getLong(2), rows.getString(3), new ArrayList<>());
                String sequenceKey = rows.getString(4);
                while (sequenceKey != null) {
                    changes.changed.add(new Changed(sequenceKey, rows.getString(5), rows.getLong(6)));
                    sequenceKey = rows.next() ? rows.getString(4) : null;
                }
                return changes;
            }
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    /** The events of one aggregate from {@code sequenceNumber} on. */
    public List<StoredEvent> ofAggregate(String aggregateId, long sequenceNumber, int limit) {
        return read(
                "where aggregate_id = ? and sequence_number >= ? order by sequence_number limit " + limit,
                aggregateId,
                sequenceNumber);
    }

    /** The next events of one aggregate after {@code position}. */
    public List<StoredEvent> ofAggregateAfter(String aggregateId, long position, int limit) {
        return read(
                "where aggregate_id = ? and global_index > ? order by global_index limit " + limit,
                aggregateId,
                position);
    }

    /** The last position; 0 when the log is empty. */
    public long head() {
        return number("select coalesce(max(global_index), 0) from domain_event");
    }

    /** The time by the clock that dates events, which is the same for all nodes. */
    public Instant now() {
        return moment("select clock_timestamp()");
    }

    /** A moment of {@link #now}'s before which no event was appended that {@link #head} does not know from here on. */
    public Instant allVisibleBefore() {
        // What a transaction has appended and not committed was appended after it began.
        return moment("select least(clock_timestamp(), min(xact_start)) from pg_stat_activity"
                + " where datname = current_database() and backend_type = 'client backend'");
    }

    /** How many events come after {@code position}. */
    public long countAfter(long position) {
        return number("select count(*) from domain_event where global_index > ?", position);
    }

    /** How many events of one sequence come after {@code position}. */
    public long countOfSequence(String sequenceKey, long position) {
        return number(
                "select count(*) from domain_event where sequence_key = ? and global_index > ?", sequenceKey, position);
    }

    /** The position of an aggregate's last event; 0 when it has none. */
    public long lastPositionOf(String aggregateId) {
        return number(
                "select coalesce((select global_index from domain_event where aggregate_id = ?"
                        + " order by sequence_number desc limit 1), 0)",
                aggregateId);
    }

    List<StoredEvent> read(String where, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(COLUMNS + where)) {
            bind(statement, arguments);
            List<StoredEvent> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                int characters = 0;
                while (characters < MAX_PAYLOAD_CHARACTERS && rows.next()) {
                    StoredEvent event = event(rows);
                    characters += event.payload().length();
                    events.add(event);
                }
            }
            return events;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    private long number(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    private Instant moment(String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant());
    }
}
