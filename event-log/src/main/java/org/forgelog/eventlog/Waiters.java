package org.forgelog.eventlog;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Those who wait for a table to get to a position, each woken when it is there and not before. To be used under a lock. */
public final class Waiters {

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** One who waits; parked on no lock, so that a virtual thread holds nothing meanwhile. */
    public static final class Waiter {

        private final long index;
        private final long number = NUMBERS.getAndIncrement();
        private final CountDownLatch reached = new CountDownLatch(1);

        private Waiter(long index) {
            this.index = index;
        }

        /** Not to be called under the lock. Answers whether it was woken in time. */
        public boolean await(Duration limit) throws InterruptedException {
            return reached.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private final TreeSet<Waiter> waiting =
            new TreeSet<>(Comparator.<Waiter>comparingLong(w -> w.index).thenComparingLong(w -> w.number));

    /** One who waits for {@code index}. */
    public Waiter add(long index) {
        Waiter waiter = new Waiter(index);
        waiting.add(waiter);
        return waiter;
    }

    /** Forgets one who gave up. */
    public void remove(Waiter waiter) {
        waiting.remove(waiter);
    }

    /** Wakes all who wait for nothing beyond {@code position}. */
    public void reached(long position) {
        while (!waiting.isEmpty() && waiting.first().index <= position) {
            waiting.pollFirst().reached.countDown();
        }
    }
}
