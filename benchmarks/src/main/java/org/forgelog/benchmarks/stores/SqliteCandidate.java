package org.forgelog.benchmarks.stores;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.dynamodb.store.OrderedStore;
import org.jspecify.annotations.Nullable;

/** SQLite with a write-ahead log that is left to the operating system, a connection for each reading thread. */
final class SqliteCandidate implements OrderedStore {

    private final String url;
    private final Connection writer;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final ThreadLocal<Connection> readers = ThreadLocal.withInitial(this::connect);
    private final List<Connection> opened = new ArrayList<>();

    SqliteCandidate(Path folder) throws SQLException {
        url = "jdbc:sqlite:" + folder.resolve("sqlite.db");
        writer = connect();
        try (Statement statement = writer.createStatement()) {
            statement.execute("create table data (key blob primary key, value blob not null) without rowid");
        }
        writer.setAutoCommit(false);
        put = writer.prepareStatement("insert or replace into data values (?, ?)");
        delete = writer.prepareStatement("delete from data where key = ?");
    }

    private Connection connect() {
        try {
            Connection connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = normal");
                statement.execute("pragma cache_size = -32768");
            }
            synchronized (opened) {
                opened.add(connection);
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        try (PreparedStatement select = readers.get().prepareStatement("select value from data where key = ?")) {
            select.setBytes(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void write(List<Change> changes) {
        try {
            for (Change change : changes) {
                switch (change) {
                    case Change.Put(byte[] key, byte[] value) -> {
                        put.setBytes(1, key);
                        put.setBytes(2, value);
                        put.executeUpdate();
                    }
                    case Change.Delete(byte[] key) -> {
                        delete.setBytes(1, key);
                        delete.executeUpdate();
                    }
                    case Change.DeleteRange range -> throw new UnsupportedOperationException("not measured");
                }
            }
            writer.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        return view().getAll(keys);
    }

    @Override
    public View view() {
        return new View() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return SqliteCandidate.this.get(key);
            }

            @Override
            public List<byte @Nullable []> getAll(List<byte[]> keys) {
                List<byte @Nullable []> values = new ArrayList<>();
                keys.forEach(key -> values.add(SqliteCandidate.this.get(key)));
                return values;
            }

            @Override
            public Cursor scan(byte[] from, byte[] to, boolean descending) {
                Map<byte[], byte[]> all = new LinkedHashMap<>();
                try (PreparedStatement select = readers.get()
                        .prepareStatement("select key, value from data where key >= ? and key < ? order by key")) {
                    select.setBytes(1, from);
                    select.setBytes(2, to);
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            all.put(row.getBytes(1), row.getBytes(2));
                        }
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return Pairs.of(all.entrySet().iterator());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean isSound() {
        return true;
    }

    @Override
    public void close() {
        try {
            for (Connection connection : opened) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
