package org.forgelog.dynamodb.table;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Locks of items: whoever reads an item in order to write it holds its lock. Items share a fixed number of locks. */
final class ItemLocks {

    private static final int COUNT = 4_096;

    private final Lock[] locks = new Lock[COUNT];

    ItemLocks() {
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    /** Locks of items that are held. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held hold(byte[] key) {
        Lock lock = locks[number(key)];
        lock.lock();
        return lock::unlock;
    }

    /** Always taken in the same order, so that nobody waits for each other. */
    Held hold(Collection<byte[]> keys) {
        int[] numbers =
                keys.stream().mapToInt(ItemLocks::number).distinct().sorted().toArray();
        for (int number : numbers) {
            locks[number].lock();
        }
        return () -> {
            for (int i = numbers.length - 1; i >= 0; i--) {
                locks[numbers[i]].unlock();
            }
        };
    }

    private static int number(byte[] key) {
        int hash = Arrays.hashCode(key);
        return (hash ^ hash >>> 15) & COUNT - 1;
    }
}
