package org.forgelog.eventlog;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at something again and again, on a daemon thread of its own: after a pause, and at once when it is woken. */
public final class Poller implements AutoCloseable {

    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** @param look deals with its own failures, and answers how long to pause after it */
    public Poller(String name, Supplier<Duration> look) {
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(look));
    }

    public void start() {
        thread.start();
    }

    /** Has it look now, or once more if it looks already. */
    public void wake() {
        woken.release();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run(Supplier<Duration> look) {
        try {
            while (!closed) {
                Duration pause = look.get();
                if (woken.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // That is how it ends.
        }
    }

    /** Waits until it has ended, but no longer than {@code limit}. */
    public void join(Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
