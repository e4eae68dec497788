package org.forgelog.dynamodb.operation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.forgelog.dynamodb.item.KeyBytes;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.forgelog.dynamodb.store.OrderedStore;
import org.forgelog.dynamodb.store.OrderedStore.Change;

/**
 * Client request tokens of the last ten minutes. A token is stored with the effect of its transaction. Tokens lie in
 * periods, so that those of a past period go together.
 */
final class RequestTokens {

    private static final int SPACE = 1;
    private static final long VALID = Duration.ofMinutes(10).toMillis();
    private static final long PERIOD = VALID;
    private static final int LOCKS = 64;

    private final OrderedStore store;
    private final Clock clock;
    private final Lock[] locks = new Lock[LOCKS];

    RequestTokens(OrderedStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    /** A token that nobody else uses meanwhile. */
    final class Use implements AutoCloseable {

        private final Lock lock;
        private final Change remember;
        private final boolean repeated;

        private Use(Lock lock, Change remember, boolean repeated) {
            this.lock = lock;
            this.remember = remember;
            this.repeated = repeated;
        }

        /** Whether the same transaction was made with it already. */
        boolean isRepeated() {
            return repeated;
        }

        /** To be stored with what the transaction changes. */
        List<Change> remembered() {
            return List.of(remember);
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }

    /** @throws DynamoDbError when it was used for another transaction */
    Use use(String token, long fingerprint) {
        byte[] name = token.getBytes(StandardCharsets.UTF_8);
        Lock lock = locks[Math.floorMod(token.hashCode(), LOCKS)];
        lock.lock();
        try {
            long now = clock.millis();
            boolean repeated = false;
            for (long period = now / PERIOD; period >= now / PERIOD - VALID / PERIOD; period--) {
                byte[] stored = store.get(key(period, name));
                if (stored != null && ByteBuffer.wrap(stored).getLong() > now - VALID) {
                    if (ByteBuffer.wrap(stored).getLong(Long.BYTES) != fingerprint) {
                        throw DynamoDbError.idempotentParameterMismatch();
                    }
                    repeated = true;
                }
            }
            byte[] value = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(now)
                    .putLong(fingerprint)
                    .array();
            return new Use(lock, new Change.Put(key(now / PERIOD, name), value), repeated);
        } catch (RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    /** Forgets tokens that are no longer valid. */
    void forgetOld() {
        long oldest = (clock.millis() - VALID) / PERIOD;
        store.write(List.of(new Change.DeleteRange(KeyBytes.space(SPACE), key(oldest, new byte[0]))));
    }

    private static byte[] key(long period, byte[] token) {
        return ByteBuffer.allocate(KeyBytes.SPACE_LENGTH + Long.BYTES + token.length)
                .put(KeyBytes.space(SPACE))
                .putLong(period)
                .put(token)
                .array();
    }
}
