package org.forgelog.eventlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the log what some moment of the past is made of. Every query has an index that is as narrow as what it answers,
 * and a limit.
 */
public final class LogHistory {

    /** What counts up to a position, and what of imported events beyond it. */
    private static final String COUNT =
            " and global_index <= ? and (global_index <= ? or metadata -> 'imported' is not null)";

    private final DataSource dataSource;
    private final EventLogReader log;

    public LogHistory(DataSource dataSource) {
        this.dataSource = dataSource;
        this.log = new EventLogReader(dataSource);
    }

    public EventLogReader log() {
        return log;
    }

    /**
     * The next events of one sequence after {@code position}.
     *
     * @param types a regular expression that their stored types match
     * @param upTo up to where all of them count
     * @param imported up to where those count that were imported
     */
    public List<StoredEvent> ofSequence(
            String sequence, String types, long position, long upTo, long imported, int limit) {
        return log.read(
                "where sequence_key = ? and global_index > ?" + COUNT + " and type ~ ? order by global_index limit "
                        + limit,
                sequence,
                position,
                Math.max(upTo, imported),
                upTo,
                types);
    }

    /** Those of them that are about the issue or the pull request of a number. */
    public List<StoredEvent> ofConversation(
            String sequence, String types, long number, long position, long upTo, long imported, int limit) {
        return log.read(
                "where sequence_key = ? and global_index > ?" + COUNT
                        + " and type ~ ? and coalesce(payload ->> 'number',"
                        + " payload -> 'place' ->> 'number', payload -> 'target' ->> 'number') = ?"
                        + " order by global_index limit " + limit,
                sequence,
                position,
                Math.max(upTo, imported),
                upTo,
                types,
                Long.toString(number));
    }

    /**
     * The next events of some sequences, in the order of the sequences' keys and of positions within each.
     *
     * @param types a regular expression that their stored types match
     * @param after the last event that was read; {@code null} before the first
     * @param upTo up to where all of them count
     * @param imported up to where those count that were imported
     */
    public List<StoredEvent> ofSequences(
            Collection<String> sequences,
            String types,
            @Nullable StoredEvent after,
            long upTo,
            long imported,
            int limit) {
        return log.read(
                "where sequence_key = any (string_to_array(?, ',')) and (sequence_key, global_index) > (?, ?)" + COUNT
                        + " and type ~ ? order by sequence_key, global_index limit " + limit,
                String.join(",", sequences),
                after == null ? "" : after.sequenceKey(),
                after == null ? 0L : after.position(),
                Math.max(upTo, imported),
                upTo,
                types);
    }

    /** The next events of a sequence after {@code position} that deleted something in it, or its account itself. */
    public List<StoredEvent> deletions(String sequence, long position, int limit) {
        return log.read(
                "where sequence_key = ? and global_index > ? and type in ('account-deleted', 'comment-deleted',"
                        + " 'label-deleted', 'milestone-deleted') order by global_index limit " + limit,
                sequence,
                position);
    }

    /**
     * The next events that gave logins to accounts, or took them.
     *
     * @param upTo up to where all of them count
     * @param imported up to where those count that were imported
     */
    public List<StoredEvent> ofLogins(long position, long upTo, long imported, int limit) {
        return log.read(
                "where global_index > ?" + COUNT + " and type in ('account-registered', 'account-renamed',"
                        + " 'account-deleted') order by global_index limit " + limit,
                position,
                Math.max(upTo, imported),
                upTo);
    }

    /** The next events by which repositories changed hands. */
    public List<StoredEvent> transfers(long position, int limit) {
        return log.read(
                "where global_index > ? and type = 'repository-transferred' order by global_index limit " + limit,
                position);
    }

    /** The sequences of the repositories that had a name, whoever owned them. */
    public Set<String> everNamed(String name, long upTo, int limit) {
        return sequences(
                "type in ('repository-created', 'repository-renamed', 'repository-owner-renamed',"
                        + " 'repository-transferred') and lower(payload ->> 'name') = lower(?)",
                upTo,
                limit,
                name);
    }

    /** The sequences of the repositories that an account owned. */
    public Set<String> everOwned(long account, long upTo, int limit) {
        return sequences(
                "type in ('repository-created', 'repository-transferred') and payload ->> 'owner_id' = ?",
                upTo,
                limit,
                Long.toString(account));
    }

    /** The sequences of the forks that were made of a repository, or go back to it. */
    public Set<String> forksOf(long repository, long upTo, int limit) {
        String id = Long.toString(repository);
        Set<String> forks = new LinkedHashSet<>();
        for (String origin : List.of("parent_id", "source_id")) {
            forks.addAll(sequences(
                    "type = 'repository-created' and payload -> 'fork' ->> '" + origin + "' = ?", upTo, limit, id));
        }
        return forks;
    }

    /** The sequences of the repositories that a user starred. */
    public Set<String> everStarred(long account, long upTo, int limit) {
        return sequences(
                "type = 'repository-starred' and payload ->> 'account_id' = ?", upTo, limit, Long.toString(account));
    }

    /** The sequences of the repositories in which something was assigned to a user. */
    public Set<String> everAssigned(long account, long upTo, int limit) {
        return sequences(
                "type in ('issue-assigned', 'pull-request-assigned')"
                        + " and payload -> 'assignee_ids' @> jsonb_build_array(?::bigint)",
                upTo,
                limit,
                Long.toString(account));
    }

    private Set<String> sequences(String condition, long upTo, int limit, String argument) {
        return log.sequences(condition + " and global_index <= ? limit " + limit, argument, upTo);
    }

    /**
     * The position of the last event that was appended by {@code time}; 0 when none was. Where clocks made times fall
     * from one event to the next, one of those that may count as the last; always the same one.
     */
    public long positionAt(Instant time) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select coalesce(logged_at, appended_at) from domain_event"
                                + " where global_index >= ? order by global_index limit 1")) {
            // Bit by bit, so that what is looked at does not depend on how long the log has become.
            long position = 0;
            for (long bit = Long.highestOneBit(Math.max(1, log.head())); bit > 0; bit >>= 1) {
                statement.setLong(1, position + bit);
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next()
                            && !rows.getObject(1, OffsetDateTime.class)
                                    .toInstant()
                                    .isAfter(time)) {
                        position += bit;
                    }
                }
            }
            return position;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }
}
