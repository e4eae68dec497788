package org.forgelog.query;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.api.Scopes;
import org.forgelog.domain.Digests;
import org.forgelog.domain.DomainEvent;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogSchema;
import org.forgelog.eventlog.LogSignals;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An event log to append to, as the command side would, with its lock. */
public final class TestLog implements AutoCloseable {

    private static final int TOGETHER = 500;

    private static final SharedEngines.Template MIGRATED =
            new SharedEngines.Template(url -> EventLogSchema.migrate(new DriverManagerDataSource(url), true));

    private final EventCodec codec = new EventCodec();
    private final HikariDataSource dataSource = new HikariDataSource();
    private final String url = MIGRATED.copy();
    private final AtomicLong next = new AtomicLong();
    private volatile Duration skew = Duration.ZERO;

    public TestLog() {
        dataSource.setJdbcUrl(url);
        dataSource.setMaximumPoolSize(12);
        dataSource.setMinimumIdle(1);
    }

    public HikariDataSource dataSource() {
        return dataSource;
    }

    public String url() {
        return url;
    }

    public EventLogReader reader() {
        return new EventLogReader(dataSource);
    }

    /** From now on who appends has a clock that is so far ahead. */
    public void skew(Duration ahead) {
        skew = ahead;
    }

    /** Appends events in one transaction and answers the last position. */
    public long append(DomainEvent... events) {
        return append(List.of(events));
    }

    public long append(List<? extends DomainEvent> events) {
        return append(events, "{}");
    }

    /** Appends many events, some in each transaction. */
    public void appendAll(List<? extends DomainEvent> events) {
        for (int i = 0; i < events.size(); i += TOGETHER) {
            append(events.subList(i, Math.min(events.size(), i + TOGETHER)));
        }
    }

    /** Appends events with these metadata. */
    public long append(List<? extends DomainEvent> events, String metadata) {
        List<Row> rows = new ArrayList<>();
        for (DomainEvent event : events) {
            EventCodec.Encoded encoded = codec.encode(event);
            rows.add(new Row(encoded.type(), encoded.revision(), encoded.json(), event.sequenceKey(), metadata));
        }
        return appendRows(rows);
    }

    /** An event as it is stored, for what no program of this version would write. */
    public record Row(String type, int revision, String payload, String sequence, String metadata) {

        public Row(String type, int revision, String payload, String sequence) {
            this(type, revision, payload, sequence, "{}");
        }
    }

    public long appendRows(List<Row> rows) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(4674, 1)");
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    """
                    insert into domain_event (event_id, aggregate_type, aggregate_id, sequence_number, type, revision,
                      payload, metadata, sequence_key, appended_at)
                    values (?, 'test', ?, 0, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                    """)) {
                for (Row row : rows) {
                    insert.setObject(1, UUID.randomUUID());
                    insert.setString(2, "test-" + next.incrementAndGet());
                    insert.setString(3, row.type);
                    insert.setInt(4, row.revision);
                    insert.setString(5, row.payload);
                    insert.setString(6, row.metadata);
                    insert.setString(7, row.sequence);
                    insert.setTimestamp(8, Timestamp.from(Instant.now().plus(skew)));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            long head;
            try (PreparedStatement max = connection.prepareStatement("select max(global_index) from domain_event");
                    var row = max.executeQuery()) {
                row.next();
                head = row.getLong(1);
            }
            LogSignals.appended(connection, head);
            connection.commit();
            return head;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces what is stored of one event. */
    public void rewrite(long position, String type, String payload) {
        execute("update domain_event set type = ?, payload = ?::jsonb where global_index = ?", type, payload, position);
    }

    /** Says, as a table does that was repaired, that what it was made from may not be what it was. */
    public void repaired(String table, String sequence) {
        execute(
                "insert into projection_retry (table_name, sequence_key, rebuild, done_at, outcome)"
                        + " values (?, ?, true, now(), 'rebuilt')",
                table,
                sequence);
    }

    /** Suspends an account that has a token, as far as its requests are concerned. */
    public void suspend(long account) {
        execute("update account set suspended = true where id = ?", account);
    }

    /** Gives an account a token for everything, in the directory. */
    public void token(long account, String login, String token) {
        token(account, login, token, Scopes.ALL.words());
    }

    /** Gives an account a token, in the directory. */
    public void token(long account, String login, String token, List<String> scopes) {
        execute(
                "insert into account (id, login, login_key, kind, suspended, deleted) values (?, ?, lower(?), 'USER',"
                        + " false, false) on conflict do nothing",
                account,
                login,
                login);
        execute(
                "insert into token (id, account_id, sha256, last_eight, scopes, issued_at)"
                        + " values (?, ?, ?, 'xxxxxxxx', string_to_array(?, ' '), now())",
                next.incrementAndGet(),
                account,
                Digests.sha256(token),
                String.join(" ", scopes));
    }

    /** Gives a repository a name, in the directory; its owner has a token there. */
    public void name(long repository, long owner, String name) {
        execute(
                "insert into repository (id, owner_id, name, name_key, private, archived, has_issues, deleted)"
                        + " values (?, ?, ?, lower(?), false, false, true, false)",
                repository,
                owner,
                name,
                name);
    }

    private void execute(String sql, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node that projects into a table, as PostgreSQL was told. */
    public String leader(String table) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select leader from projection_status where name = ?")) {
            query.setString(1, table);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The position of the projection as PostgreSQL was told. */
    public Map<String, Long> projected() {
        Map<String, Long> positions = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery("select name, position from projection_status")) {
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return positions;
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
