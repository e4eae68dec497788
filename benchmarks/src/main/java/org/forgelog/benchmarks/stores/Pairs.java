package org.forgelog.benchmarks.stores;

import java.util.Iterator;
import java.util.Map;
import org.forgelog.dynamodb.store.OrderedStore;

/** A cursor over an iterator. */
final class Pairs {

    private Pairs() {}

    static OrderedStore.Cursor of(Iterator<Map.Entry<byte[], byte[]>> all) {
        return new OrderedStore.Cursor() {
            private Map.Entry<byte[], byte[]> current = Map.entry(new byte[0], new byte[0]);

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
        };
    }
}
