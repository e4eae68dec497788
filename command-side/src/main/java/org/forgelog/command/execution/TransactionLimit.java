package org.forgelog.command.execution;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.forgelog.api.http.HttpFailure;

/**
 * How many requests are in a transaction at once, first come, first served. What comes together mostly waits for the same
 * locks, that of the log if no other; and to wait here costs next to nothing, where PostgreSQL sends signals and changes
 * processes for each that waits there.
 */
public final class TransactionLimit {

    private final Semaphore free;
    private final Duration patience;

    /**
     * @param most 0 for two for each processor, and four at least
     * @param patience how long a request waits for its turn
     */
    public TransactionLimit(int most, Duration patience) {
        this.patience = patience;
        free = new Semaphore(
                most > 0 ? most : Math.max(4, 2 * Runtime.getRuntime().availableProcessors()), true);
    }

    /**
     * Does {@code work} when its turn has come.
     *
     * @throws HttpFailure when it does not come in time
     */
    <T> T run(Supplier<T> work) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1));
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
