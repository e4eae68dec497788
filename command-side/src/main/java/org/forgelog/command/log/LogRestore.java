package org.forgelog.command.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.forgelog.command.directory.DirectoryRebuild;
import org.forgelog.command.job.Progress;
import org.forgelog.domain.account.AccountId;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.PersonKeyStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an exported log into an empty one, with the positions that the events had, and makes the directory from it: all
 * in one transaction, so that whatever kills it leaves nothing.
 *
 * <p>An export is one event a line, as JSON, in the order of positions, with why and by whom it was discarded where it
 * was. Events that this program cannot read are restored as they are, and block their sequence. After the events come people's
 * keys, encrypted. The last line has the number of events and the SHA-256 of everything before it.
 */
public final class LogRestore {

    /** What cannot be restored: the log is not empty, or what is given is not a whole export. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean occupied;

        private Refused(String message, boolean occupied) {
            super(message, null, false, false);
            this.occupied = occupied;
        }

        /** Whether it is because of what is there, not of what was given. */
        public boolean isOccupied() {
            return occupied;
        }
    }

    /**
     * What was restored.
     *
     * @param head the position of the last event
     * @param discarded how many of the events were discarded where the export comes from, and are here, too
     * @param blocked sequences that stand still at an event that this program cannot read, and why
     */
    public record Report(long events, long head, long discarded, Map<String, String> blocked) {}

    private record Inserted(long events, long head, long discarded, boolean hasKeys) {}

    private static final int BATCH = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String INSERT =
            """
            insert into domain_event (global_index, event_id, aggregate_type, aggregate_id, sequence_number, type,
                                      revision, payload, metadata, sequence_key, appended_at, logged_at)
            overriding system value
            values (?, ?::uuid, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?::timestamptz, null)
            """;

    private static final String KEY =
            """
            insert into person_key (account_id, wrapped, master_key, destroyed_at) values (?, ?, ?, ?::timestamptz)
            """;

    private static final String DISCARD =
            """
            insert into discarded_event (global_index, sequence_key, type, reason, discarded_by, discarded_at)
            values (?, ?, ?, ?, ?, ?::timestamptz)
            """;

    private static final Logger log = LoggerFactory.getLogger(LogRestore.class);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DirectoryRebuild directory;
    private final PersonKeyStore keys;

    public LogRestore(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DirectoryRebuild directory,
            PersonKeyStore keys) {
        this.keys = keys;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.directory = directory;
    }

    /** @throws Refused when the log is not empty */
    public void checkEmpty() {
        if (jdbc.sql("select exists(select from domain_event)")
                .query(Boolean.class)
                .single()) {
            throw new Refused("The log is not empty", true);
        }
    }

    /**
     * Those who were forgotten since the export was made.
     *
     * @param accounts {@code null} when it was not said who
     * @param erasure takes one out of the restored log, before anybody reads it
     */
    public record Forgotten(@Nullable List<AccountId> accounts, Consumer<AccountId> erasure) {}

    /**
     * Restores a whole export, and removes the file.
     *
     * @param progress hears of each event twice: when it is in the log, and when the directory knows of it
     * @throws Refused when nothing was restored
     */
    public Report restore(Path file, Forgotten forgotten, Progress progress) {
        try {
            long total;
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                total = Math.max(0, lines.count() - 1);
            }
            try (InputStream export = Files.newInputStream(file)) {
                return restore(
                        export,
                        forgotten,
                        done -> progress.at(done, 2 * total),
                        (done, t) -> progress.at(t + done, 2 * t));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.warn("{} is left", file, e);
            }
        }
    }

    private Report restore(InputStream export, Forgotten forgotten, LongConsumer inserted, Progress known) {
        Report report = transaction.execute(status -> {
            jdbc.sql("lock table domain_event in exclusive mode").update();
            checkEmpty();
            jdbc.sql("delete from snapshot").update();
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try {
                Inserted read = insert(connection, export, inserted);
                forget(read, forgotten);
                jdbc.sql("select setval(pg_get_serial_sequence('domain_event', 'global_index'), greatest(?, 1), ?)")
                        .param(read.head())
                        .param(read.head() > 0)
                        .query(Long.class)
                        .single();
                Map<String, String> blocked = directory.rebuildAsFarAsPossible(known);
                LogSignals.appended(connection, read.head());
                return new Report(read.events(), read.head(), read.discarded(), blocked);
            } catch (SQLException e) {
                throw new Refused("The database does not take it: " + e.getMessage(), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        });
        if (report == null) {
            throw new IllegalStateException("no report");
        }
        return report;
    }

    private void forget(Inserted read, Forgotten forgotten) {
        keys.forgetAll();
        try {
            keys.check();
        } catch (IllegalStateException e) {
            throw new Refused(String.valueOf(e.getMessage()), false);
        }
        if (forgotten.accounts() != null) {
            forgotten.accounts().forEach(forgotten.erasure());
            keys.forgetAll();
        } else if (read.hasKeys()) {
            throw new Refused("It is not said who was forgotten since this was exported", false);
        }
    }

    private static Inserted insert(Connection connection, InputStream export, LongConsumer inserted)
            throws IOException, SQLException {
        MessageDigest digest = sha256();
        long events = 0;
        long head = 0;
        List<JsonNode> discarded = new ArrayList<>();
        boolean hasKeys = false;
        BufferedReader lines = new BufferedReader(new InputStreamReader(export, StandardCharsets.UTF_8));
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement key = connection.prepareStatement(KEY)) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = parsed(line, events + 1);
                if (json.has("sha256")) {
                    insert.executeBatch();
                    key.executeBatch();
                    String sum = HexFormat.of().formatHex(digest.digest());
                    if (json.path("events").asLong(-1) != events
                            || !json.path("sha256").asString("").equals(sum)
                            || lines.readLine() != null) {
                        throw new Refused("The checksum does not fit: something is missing or was changed", false);
                    }
                    discard(connection, discarded);
                    return new Inserted(events, head, discarded.size(), hasKeys);
                }
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
                if (json.has("person_key")) {
                    add(key, json);
                    hasKeys |= json.path("wrapped").isString();
                    continue;
                }
                long position = json.path("position").asLong(0);
                if (position <= head) {
                    throw new Refused("Line " + (events + 1) + " is no event, or not in order", false);
                }
                head = position;
                events++;
                addEvent(insert, json);
                if (json.path("discarded").isObject()) {
                    discarded.add(json);
                }
                if (events % BATCH == 0) {
                    insert.executeBatch();
                    inserted.accept(events);
                }
            }
        }
        throw new Refused("There is no checksum at the end: something is missing", false);
    }

    private static void add(PreparedStatement insert, JsonNode key) throws SQLException {
        boolean there = key.path("wrapped").isString();
        insert.setLong(1, key.path("person_key").asLong(0));
        insert.setBytes(
                2, there ? Base64.getDecoder().decode(key.path("wrapped").asString()) : null);
        insert.setString(3, there ? key.path("master_key").asString("") : null);
        insert.setString(4, there ? null : key.path("destroyed_at").asString(null));
        insert.addBatch();
    }

    private static void addEvent(PreparedStatement insert, JsonNode event) throws SQLException {
        insert.setLong(1, event.path("position").asLong(0));
        insert.setString(2, event.path("event_id").asString(""));
        insert.setString(3, event.path("aggregate_type").asString(""));
        insert.setString(4, event.path("aggregate_id").asString(""));
        insert.setLong(5, event.path("sequence_number").asLong(0));
        insert.setString(6, event.path("type").asString(""));
        insert.setInt(7, event.path("revision").asInt(0));
        insert.setString(8, event.path("payload").toString());
        insert.setString(9, event.path("metadata").toString());
        insert.setString(10, event.path("sequence").asString(""));
        insert.setString(11, event.path("appended_at").asString(""));
        insert.addBatch();
    }

    private static void discard(Connection connection, List<JsonNode> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(DISCARD)) {
            for (JsonNode event : events) {
                JsonNode discarded = event.path("discarded");
                insert.setLong(1, event.path("position").asLong(0));
                insert.setString(2, event.path("sequence").asString(""));
                insert.setString(3, event.path("type").asString(""));
                insert.setString(4, discarded.path("reason").asString(""));
                insert.setString(5, discarded.path("by").asString(""));
                insert.setString(6, discarded.path("at").asString(""));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static JsonNode parsed(String line, long number) {
        try {
            return JSON.readTree(line);
        } catch (JacksonException e) {
            throw new Refused("Line " + number + " is not JSON", false);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
