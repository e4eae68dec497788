package org.forgelog.query.verify;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;

/**
 * Digests of many items that do not depend on their order: in each bucket the sum of hashes, modulo 2^128, of whole items
 * and of keys alone. Which bucket an item is in follows from its key: by its partition alone, all issues of a large
 * repository would be in one. Safe for use by several threads.
 */
final class Buckets {

    static final int COUNT = 4096;

    private final long[] whole = new long[2 * COUNT];
    private final long[] keys = new long[2 * COUNT];
    private final long[] items = new long[COUNT];

    static int of(Key key) {
        return of(CanonicalItem.hash(key));
    }

    private static int of(byte[] keyHash) {
        return ((keyHash[0] & 0xff) << 8 | (keyHash[1] & 0xff)) % COUNT;
    }

    void add(Key key, Map<String, Object> item) {
        byte[] keyHash = CanonicalItem.hash(key);
        byte[] hash = CanonicalItem.hash(item);
        int bucket = of(keyHash);
        synchronized (this) {
            add(keys, bucket, keyHash);
            add(whole, bucket, hash);
            items[bucket]++;
        }
    }

    private static void add(long[] sums, int bucket, byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        long high = bytes.getLong();
        long low = bytes.getLong();
        long sum = sums[2 * bucket + 1] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        sums[2 * bucket + 1] = sum;
        sums[2 * bucket] += high + carry;
    }

    synchronized long items(int bucket) {
        return items[bucket];
    }

    synchronized long items() {
        long all = 0;
        for (long some : items) {
            all += some;
        }
        return all;
    }

    /** The buckets in which something differs. */
    synchronized BitSet differing(Buckets other) {
        return differing(whole, other.whole);
    }

    /** The buckets that have other keys. */
    synchronized BitSet differingKeys(Buckets other) {
        return differing(keys, other.keys);
    }

    private static BitSet differing(long[] a, long[] b) {
        BitSet differing = new BitSet(COUNT);
        for (int i = 0; i < COUNT; i++) {
            differing.set(i, a[2 * i] != b[2 * i] || a[2 * i + 1] != b[2 * i + 1]);
        }
        return differing;
    }
}
