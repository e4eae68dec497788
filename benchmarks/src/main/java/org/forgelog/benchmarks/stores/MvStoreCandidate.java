package org.forgelog.benchmarks.stores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.forgelog.dynamodb.store.OrderedStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/** H2's MVStore. A commit for each write: what is not committed is gone with the process. */
final class MvStoreCandidate implements OrderedStore {

    private final MVStore store;
    private final MVMap<byte[], byte[]> map;

    MvStoreCandidate(Path folder) {
        store = new MVStore.Builder()
                .fileName(folder.resolve("mvstore").toString())
                .cacheSize(64)
                .autoCommitDisabled()
                .open();
        BasicDataType<byte[]> unsigned = new BasicDataType<>() {
            private final ByteArrayDataType bytes = ByteArrayDataType.INSTANCE;

            @Override
            public int compare(byte[] a, byte[] b) {
                return Arrays.compareUnsigned(a, b);
            }

            @Override
            public int getMemory(byte[] value) {
                return bytes.getMemory(value);
            }

            @Override
            public void write(org.h2.mvstore.WriteBuffer buffer, byte[] value) {
                bytes.write(buffer, value);
            }

            @Override
            public byte[] read(java.nio.ByteBuffer buffer) {
                return bytes.read(buffer);
            }

            @Override
            public byte[][] createStorage(int size) {
                return new byte[size][];
            }
        };
        map = store.openMap(
                "data", new MVMap.Builder<byte[], byte[]>().keyType(unsigned).valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return map.get(key);
    }

    @Override
    public synchronized void write(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put(byte[] key, byte[] value) -> map.put(key, value);
                case Change.Delete(byte[] key) -> map.remove(key);
                case Change.DeleteRange range -> throw new UnsupportedOperationException("not measured");
            }
        }
        store.commit();
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
                return map.get(key);
            }

            @Override
            public List<byte @Nullable []> getAll(List<byte[]> keys) {
                List<byte @Nullable []> values = new ArrayList<>();
                keys.forEach(key -> values.add(map.get(key)));
                return values;
            }

            @Override
            public Cursor scan(byte[] from, byte[] to, boolean descending) {
                org.h2.mvstore.Cursor<byte[], byte[]> cursor = map.cursor(from, to, false);
                return Pairs.of(new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return cursor.hasNext();
                    }

                    @Override
                    public java.util.Map.Entry<byte[], byte[]> next() {
                        return java.util.Map.entry(cursor.next(), cursor.getValue());
                    }
                });
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
        store.close();
    }
}
