package org.forgelog.eventlog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.forgelog.eventlog.MasterKeys.Wrapped;
import org.jspecify.annotations.Nullable;

/**
 * The keys of people in PostgreSQL, each encrypted with a master key. What was read is remembered for a minute, so that a key
 * that another node destroyed is used here no longer than that.
 */
public final class PersonKeyStore implements KeyRing {

    /** How long a destroyed key may still be known to a node. */
    public static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 100_000;
    /** Accounts whose keys are read with one that is asked for: events of a log name neighbours. */
    private static final int READ_AHEAD = 100;

    private static final String READ =
            """
            select account_id, wrapped, master_key from person_key
            where account_id between ? and ? order by account_id
            """;

    /** As it is stored; decrypted when it is needed. */
    private sealed interface Entry {}

    private record Absent() implements Entry {}

    private record Stored(@Nullable Wrapped wrapped) implements Entry {}

    private record Opened(PersonKey key) implements Entry {}

    private final DataSource dataSource;
    private final MasterKeys masterKeys;
    private final Cache<Long, Entry> entries = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    public PersonKeyStore(DataSource dataSource, MasterKeys masterKeys) {
        this.dataSource = dataSource;
        this.masterKeys = masterKeys;
    }

    /**
     * A new key, encrypted.
     *
     * @throws IllegalStateException when there is no master key
     */
    public Fresh fresh(long account) {
        byte[] key = AesGcm.randomKey();
        return new Fresh(new PersonKey(AesGcm.key(key)), masterKeys.wrap(key, context(account)));
    }

    /** A key that is stored nowhere yet. */
    public record Fresh(PersonKey key, Wrapped wrapped) {}

    /** What a person's key is bound to, so that nobody can pass off one person's as another's. */
    public static String context(long account) {
        return "person " + account;
    }

    /** Whether people get keys. */
    public boolean encrypts() {
        return !masterKeys.isEmpty();
    }

    /** @throws IllegalStateException when there are keys that no master key which is here can decrypt */
    public void check() {
        Set<String> missing = new TreeSet<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select master_key from person_key where wrapped is not null"
                                + " union select secret_key from hook where secret_key is not null");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                missing.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
        missing.removeAll(masterKeys.ids());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Keys and secrets are encrypted with master keys that are not configured: "
                    + String.join(", ", missing));
        }
    }

    @Override
    public @Nullable PersonKey find(long account) {
        Entry entry = entries.getIfPresent(account);
        return opened(account, entry == null ? read(account) : entry);
    }

    private @Nullable PersonKey opened(long account, Entry entry) {
        return switch (entry) {
            case Absent absent -> null;
            case Opened opened -> opened.key();
            case Stored stored -> {
                PersonKey key = stored.wrapped() == null
                        ? PersonKey.DESTROYED
                        : new PersonKey(AesGcm.key(masterKeys.unwrap(stored.wrapped(), context(account))));
                entries.put(account, new Opened(key));
                yield key;
            }
        };
    }

    private Entry read(long account) {
        Entry found = new Absent();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, account);
            statement.setLong(2, account + READ_AHEAD);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] wrapped = rows.getBytes(2);
                    Stored stored = new Stored(wrapped == null ? null : new Wrapped(rows.getString(3), wrapped));
                    if (rows.getLong(1) == account) {
                        found = stored;
                    }
                    entries.asMap().putIfAbsent(rows.getLong(1), stored);
                }
            }
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
        entries.put(account, found);
        return found;
    }

    @Override
    public @Nullable PersonKey add(long account) {
        if (!encrypts()) {
            return null;
        }
        Fresh fresh = fresh(account);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, account);
            statement.setBytes(2, fresh.wrapped().bytes());
            statement.setString(3, fresh.wrapped().masterKey());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
        return fresh.key();
    }

    /** Stores a new key: account, encrypted key, and the master key's id. */
    public static final String INSERT = "insert into person_key (account_id, wrapped, master_key) values (?, ?, ?)";

    @Override
    public void forget(long account) {
        entries.invalidate(account);
    }

    /** Has all keys read again. */
    public void forgetAll() {
        entries.invalidateAll();
    }

    /**
     * A key as it is stored.
     *
     * @param wrapped {@code null} once it is destroyed
     * @param destroyedAt {@code null} while it is not
     */
    public record StoredKey(long account, @Nullable Wrapped wrapped, @Nullable Instant destroyedAt) {}

    /** The keys of accounts with greater ids than {@code account}, at most {@code limit} of them, in order. */
    public List<StoredKey> after(long account, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        select account_id, wrapped, master_key, destroyed_at from person_key
                        where account_id > ? order by account_id limit ?""")) {
            statement.setLong(1, account);
            statement.setInt(2, limit);
            List<StoredKey> keys = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] wrapped = rows.getBytes(2);
                    OffsetDateTime destroyed = rows.getObject(4, OffsetDateTime.class);
                    keys.add(new StoredKey(
                            rows.getLong(1),
                            wrapped == null ? null : new Wrapped(rows.getString(3), wrapped),
                            destroyed == null ? null : destroyed.toInstant()));
                }
            }
            return keys;
        } catch (SQLException e) {
            throw new EventLogException(e);
        }
    }
}
