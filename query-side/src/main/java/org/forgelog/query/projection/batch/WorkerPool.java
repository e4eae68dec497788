package org.forgelog.query.projection.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.function.Function;

/** A bounded number of threads that do the same thing to many; fewer while the table cannot take as much. */
public final class WorkerPool implements AutoCloseable {

    private final ExecutorService threads;
    private final AdaptiveParallelism parallelism;
    private final Throttling throttling;
    private final TableTracing tracing;

    /** @param throttling hears when fewer are better */
    public WorkerPool(int count, Throttling throttling, TableTracing tracing) {
        this.tracing = tracing;
        this.throttling = throttling;
        parallelism = new AdaptiveParallelism(count);
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("projection-", 0).factory());
    }

    /**
     * Does {@code task} to each of {@code inputs}, the last of them on the calling thread, waits for all, and throws the first
     * failure there was.
     */
    public <I, O> List<O> each(Collection<I> inputs, Function<I, O> task) {
        if (inputs.size() == 1) {
            return List.of(task.apply(inputs.iterator().next()));
        }
        List<Future<O>> running = new ArrayList<>();
        for (I input : inputs) {
            RunnableFuture<O> future = new FutureTask<>(tracing.here(() -> inTurn(task, input)));
            running.add(future);
            if (running.size() == inputs.size()) {
                future.run();
            } else {
                threads.execute(future);
            }
        }
        List<O> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<O> future : running) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = failure != null
                        ? failure
                        : e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                running.forEach(f -> f.cancel(true));
                Thread.currentThread().interrupt();
                throw new EngineStopped();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private <I, O> O inTurn(Function<I, O> task, I input) {
        parallelism.begin();
        long before = throttling.times();
        try {
            return task.apply(input);
        } finally {
            parallelism.end(throttling.times() > before);
        }
    }

    /** Says that DynamoDB did less than it was asked for. */
    void throttled() {
        throttling.happened();
    }

    /** How many may be under way at once now. */
    int parallelism() {
        return parallelism.limit();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
