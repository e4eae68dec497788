package org.forgelog.query.projection.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.BatchApplier;
import org.forgelog.query.projection.batch.BatchApplier.Prepared;
import org.forgelog.query.projection.batch.EngineStopped;
import org.jspecify.annotations.Nullable;

/** Reads and prepares the next events of a long log while those before them are written. */
final class Prefetcher implements AutoCloseable {

    private final EventLogReader reader;
    private final BatchApplier applier;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("projection-ahead").factory());
    private @Nullable Future<Prepared> next;
    private long after;

    Prefetcher(EventLogReader reader, BatchApplier applier) {
        this.reader = reader;
        this.applier = applier;
    }

    /** Begins to read what follows {@code position}. */
    void begin(long position, int limit) {
        after = position;
        next = thread.submit(applier.preparation(() -> reader.after(position, limit)));
    }

    /** What follows {@code position}, as far as it was there when it was read. */
    Prepared after(long position, int limit) {
        Future<Prepared> begun = next;
        next = null;
        if (begun == null || after != position) {
            return applier.prepare(reader.after(position, limit));
        }
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new EngineStopped();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
