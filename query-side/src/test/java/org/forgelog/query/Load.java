package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that read and write until they are closed. What a read finds wrong fails the test. */
public abstract class Load implements AutoCloseable {

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    protected final void start(Runnable task) {
        threads.add(Thread.ofPlatform().start(task));
    }

    protected final boolean isEnded() {
        return ended.get();
    }

    protected final void hasRead() {
        reads.incrementAndGet();
    }

    protected final void isWrong(String fault) {
        faults.add(fault);
    }

    /** Goes on for so many more reads. */
    public final void during(int more) throws InterruptedException {
        int from = reads.get();
        Eventually.until(() -> reads.get() >= from + more || !faults.isEmpty(), reads::get);
        assertThat(faults).isEmpty();
    }

    @Override
    public final void close() throws InterruptedException {
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(faults).isEmpty();
    }
}
