package org.forgelog.query.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A bounded number of threads that do the same thing to many. */
final class Workers implements AutoCloseable {

    private final ExecutorService threads;

    Workers(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("projection-", 0).factory());
    }

    /** Does {@code task} to each of {@code inputs}, waits for all, and throws the first failure there was. */
    <I, O> List<O> each(Collection<I> inputs, Function<I, O> task) {
        if (inputs.size() == 1) {
            return List.of(task.apply(inputs.iterator().next()));
        }
        List<Future<O>> running = new ArrayList<>();
        for (I input : inputs) {
            running.add(threads.submit(() -> task.apply(input)));
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
