package org.forgelog.query.read;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.forgelog.query.projection.batch.TableTracing;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Sends the requests of reads to the table, in parallel, each on a thread of its own without work in it. No read waits
 * longer than its deadline; while the table does not answer, only a few try whether it does again, and all others are
 * told at once.
 */
public final class ReadDispatcher implements AutoCloseable {

    /** The last rounds that are looked at: half of them without an answer, and the table counts as silent. */
    private static final int LOOKED_AT = 20;

    private static final int SERVER_ERROR = 500;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("table-", 0).factory());
    private final Duration deadline;
    private final TableTracing tracing;
    private final CircuitBreaker breaker;

    /** @param deadline how long a read may wait for the table altogether */
    public ReadDispatcher(Duration deadline, TableTracing tracing) {
        this.tracing = tracing;
        this.deadline = deadline;
        this.breaker = CircuitBreaker.of(
                "table",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(LOOKED_AT)
                        .minimumNumberOfCalls(LOOKED_AT / 2)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .maxWaitDurationInHalfOpenState(deadline.multipliedBy(2))
                        .recordException(ReadDispatcher::isSilence)
                        .build());
    }

    /** What is refused or throttled is an answer. */
    private static boolean isSilence(Throwable failure) {
        return failure instanceof TableSilentException
                || failure instanceof SdkClientException
                || failure instanceof SdkServiceException service && service.statusCode() >= SERVER_ERROR;
    }

    /** Begins a read: its time runs from now on. */
    Read begin() {
        return new Read(System.nanoTime() + deadline.toNanos());
    }

    /** The requests of one read, round after round. */
    final class Read {

        private final long end;

        private Read(long end) {
            this.end = end;
        }

        /**
         * Does all of it in parallel.
         *
         * @throws TableSilentException when it takes too long, or others found out that it would
         * @throws SdkException when the table refuses one of them
         */
        List<Object> run(List<Supplier<Object>> tasks) {
            long begun = System.nanoTime();
            try {
                breaker.acquirePermission();
            } catch (CallNotPermittedException e) {
                throw new TableSilentException();
            }
            List<Future<Object>> running = new ArrayList<>();
            try {
                for (Supplier<Object> task : tasks) {
                    running.add(threads.submit(tracing.here(task::get)));
                }
                List<Object> results = new ArrayList<>();
                for (Future<Object> future : running) {
                    results.add(future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
                }
                breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
                return results;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                breaker.releasePermission();
                throw new TableBusyException();
            } catch (ExecutionException e) {
                throw failed(
                        begun,
                        e.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(e.getCause()));
            } catch (TimeoutException e) {
                throw failed(begun, new TableSilentException());
            } finally {
                // Those that are done do not mind.
                running.forEach(future -> future.cancel(true));
            }
        }

        private RuntimeException failed(long begun, RuntimeException failure) {
            breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failure);
            return failure;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
