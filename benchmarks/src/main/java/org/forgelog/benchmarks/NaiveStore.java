package org.forgelog.benchmarks;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.forgelog.dynamodb.store.OrderedStore;
import org.jspecify.annotations.Nullable;

/** The simplest store that can be: in memory, with views that are not views. It shows what the protocol alone takes. */
final class NaiveStore implements OrderedStore {

    private final NavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void write(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put(byte[] key, byte[] value) -> entries.put(key, value);
                case Change.Delete(byte[] key) -> entries.remove(key);
                case Change.DeleteRange(byte[] from, byte[] to) ->
                    entries.subMap(from, to).clear();
            }
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
                return entries.get(key);
            }

            @Override
            @SuppressWarnings("NullAway") // where there is none
            public List<byte @Nullable []> getAll(List<byte[]> keys) {
                return Arrays.asList(keys.stream().map(entries::get).toArray(byte[][]::new));
            }

            @Override
            public Cursor scan(byte[] from, byte[] to, boolean descending) {
                NavigableMap<byte[], byte[]> range = entries.subMap(from, true, to, false);
                return new Entries(
                        (descending ? range.descendingMap() : range).entrySet().iterator());
            }

            @Override
            public void close() {}
        };
    }

    private static final class Entries implements Cursor {

        private final Iterator<Map.Entry<byte[], byte[]>> all;
        private Map.Entry<byte[], byte[]> current = Map.entry(new byte[0], new byte[0]);

        Entries(Iterator<Map.Entry<byte[], byte[]>> all) {
            this.all = all;
        }

        @Override
        public boolean next() {
            if (!all.hasNext()) {
                return false;
            }
            current = all.next();
            return true;
        }

        @Override
        public byte[] key() {
            return current.getKey();
        }

        @Override
        public byte[] value() {
            return current.getValue();
        }

        @Override
        public void close() {}
    }

    @Override
    public boolean isSound() {
        return true;
    }

    @Override
    public void close() {}
}
