package org.forgelog.dynamodb.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksMemEnv;
import org.rocksdb.RocksObject;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * RocksDB. A write is in the operating system's hands when it returns, so it outlives the process; after a loss of power
 * the store is as it was at one moment shortly before. Every block and every record of the log has a checksum.
 */
public final class RocksStore implements OrderedStore {

    private static final int OPEN_FILES = 512;
    private static final int BLOOM_BITS = 10;
    private static final int CACHE_SHARD_BITS = 2;
    private static final int BLOCK_BYTES = 8 * 1024;
    private static final long MANIFEST_BYTES = 1;

    private final List<RocksObject> owned = new ArrayList<>();
    private final WriteOptions writing = own(new WriteOptions());
    private final ReadOptions reading = own(new ReadOptions());
    private final RocksDB database;
    /** Closing waits for those who use native memory. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    /** RocksDB would have writers wait for each other too, but wakes them at several times the price. */
    private final ReentrantLock turn = new ReentrantLock();

    private boolean closed;

    static {
        RocksDB.loadLibrary();
    }

    private RocksStore(String path, long memory, boolean inMemory) {
        Cache cache = own(new LRUCache(memory, CACHE_SHARD_BITS));
        long buffers = Math.max(memory / 2, 8L * 1024 * 1024);
        Options options = own(new Options())
                .setCreateIfMissing(true)
                .setParanoidChecks(true)
                .setMaxOpenFiles(OPEN_FILES)
                .setKeepLogFileNum(2)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setMaxBackgroundJobs(2)
                .setAllowConcurrentMemtableWrite(false)
                .setMemtablePrefixBloomSizeRatio(0.05)
                .setMemtableWholeKeyFiltering(true)
                .setMaxTotalWalSize(buffers * 2)
                // It names the first and the last key of each file: written anew, it forgets those that are gone.
                .setMaxManifestFileSize(MANIFEST_BYTES)
                .setWriteBufferManager(own(new WriteBufferManager(buffers, cache)))
                .setWriteBufferSize(buffers / 2)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFormatVersion(6)
                        .setFilterPolicy(own(new BloomFilter(BLOOM_BITS)))
                        // In small parts, so that the cache can hold those in use whatever it is asked for.
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinTopLevelIndexAndFilter(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
        if (inMemory) {
            options.setEnv(own(new RocksMemEnv(Env.getDefault())));
        }
        try {
            database = RocksDB.open(options, path);
        } catch (RocksDBException e) {
            freeOwned();
            throw failure("the store at " + path + " cannot be opened", e);
        }
    }

    /**
     * Opens the store in a folder, or makes one there.
     *
     * @param memory bytes for cached blocks and for what is not yet in files
     * @throws StoreException when it is damaged, or cannot be had
     */
    public static RocksStore open(Path folder, long memory) {
        return new RocksStore(folder.toString(), memory, false);
    }

    /** A store that is gone when it is closed. */
    public static RocksStore inMemory(long memory) {
        return new RocksStore("/store", memory, true);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    private static StoreException failure(String what, RocksDBException e) {
        Status status = e.getStatus();
        boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
        return new StoreException(what + ": " + e.getMessage(), e, damaged);
    }

    private void enter() {
        use.readLock().lock();
        if (closed) {
            use.readLock().unlock();
            throw new IllegalStateException("the store is closed");
        }
    }

    private void leave() {
        use.readLock().unlock();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        enter();
        try {
            return database.get(reading, key);
        } catch (RocksDBException e) {
            throw failure("a value cannot be read", e);
        } finally {
            leave();
        }
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        enter();
        try {
            return getAll(reading, keys);
        } finally {
            leave();
        }
    }

    @SuppressWarnings("NullAway") // RocksDB's own list has nulls
    private List<byte @Nullable []> getAll(ReadOptions options, List<byte[]> keys) {
        try {
            return keys.isEmpty() ? List.of() : database.multiGetAsList(options, keys);
        } catch (RocksDBException e) {
            throw failure("values cannot be read", e);
        }
    }

    @Override
    public void write(List<Change> changes) {
        enter();
        try (WriteBatch batch = new WriteBatch()) {
            for (Change change : changes) {
                switch (change) {
                    case Change.Put(byte[] key, byte[] value) -> batch.put(key, value);
                    case Change.Delete(byte[] key) -> batch.delete(key);
                    case Change.DeleteRange(byte[] from, byte[] to) -> batch.deleteRange(from, to);
                }
            }
            turn.lock();
            try {
                database.write(writing, batch);
            } finally {
                turn.unlock();
            }
        } catch (RocksDBException e) {
            throw failure("changes cannot be written", e);
        } finally {
            leave();
        }
    }

    @Override
    public View view() {
        enter();
        try {
            return new RocksView();
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    /** What a view that is still open sees, stays until the next time. */
    @Override
    public void compact() {
        enter();
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                CompactRangeOptions all = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)
                        .setExclusiveManualCompaction(true)) {
            // The files of the log go with what is in them.
            database.flush(flush);
            database.compactRange(database.getDefaultColumnFamily(), null, null, all);
        } catch (RocksDBException e) {
            throw failure("the store cannot be compacted", e);
        } finally {
            leave();
        }
    }

    @Override
    public boolean isSound() {
        enter();
        try {
            database.verifyChecksum();
            return true;
        } catch (RocksDBException e) {
            if (failure("", e).isDamaged()) {
                return false;
            }
            throw failure("the store cannot be checked", e);
        } finally {
            leave();
        }
    }

    /** Waits for reads and writes that are under way. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.cancelAllBackgroundWork(true);
                database.close();
                freeOwned();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private void freeOwned() {
        for (RocksObject object : owned.reversed()) {
            object.close();
        }
    }

    private final class RocksView implements View {

        private final Snapshot snapshot = database.getSnapshot();
        private final ReadOptions options = new ReadOptions().setSnapshot(snapshot);

        @Override
        public byte @Nullable [] get(byte[] key) {
            try {
                return database.get(options, key);
            } catch (RocksDBException e) {
                throw failure("a value cannot be read", e);
            }
        }

        @Override
        public List<byte @Nullable []> getAll(List<byte[]> keys) {
            return RocksStore.this.getAll(options, keys);
        }

        @Override
        public Cursor scan(byte[] from, byte[] to, boolean descending) {
            return new RocksCursor(snapshot, from, to, descending);
        }

        @Override
        public void close() {
            try {
                options.close();
                database.releaseSnapshot(snapshot);
                snapshot.close();
            } finally {
                leave();
            }
        }
    }

    private final class RocksCursor implements Cursor {

        private final Slice lower;
        private final Slice upper;
        private final ReadOptions options;
        private final RocksIterator iterator;
        private final boolean descending;
        private boolean started;

        RocksCursor(Snapshot snapshot, byte[] from, byte[] to, boolean descending) {
            this.lower = new Slice(from);
            this.upper = new Slice(to);
            this.options = new ReadOptions()
                    .setSnapshot(snapshot)
                    .setIterateLowerBound(lower)
                    .setIterateUpperBound(upper);
            this.descending = descending;
            this.iterator = database.newIterator(options);
        }

        @Override
        public boolean next() {
            if (!started) {
                started = true;
                if (descending) {
                    iterator.seekToLast();
                } else {
                    iterator.seekToFirst();
                }
            } else if (descending) {
                iterator.prev();
            } else {
                iterator.next();
            }
            if (iterator.isValid()) {
                return true;
            }
            try {
                iterator.status();
                return false;
            } catch (RocksDBException e) {
                throw failure("entries cannot be read", e);
            }
        }

        @Override
        public byte[] key() {
            return iterator.key();
        }

        @Override
        public byte[] value() {
            return iterator.value();
        }

        @Override
        public void close() {
            iterator.close();
            options.close();
            upper.close();
            lower.close();
        }
    }
}
