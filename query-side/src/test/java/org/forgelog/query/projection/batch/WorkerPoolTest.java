package org.forgelog.query.projection.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private static WorkerPool pool() {
        return new WorkerPool(4, new Throttling(), new TableTracing(ObservationRegistry.NOOP));
    }

    @Test
    void allAreUnderWayAtOnceAndTheLastIsDoneByWhoeverAsked() {
        CountDownLatch begun = new CountDownLatch(3);
        try (WorkerPool pool = pool()) {
            List<Thread> threads = pool.each(List.of(1, 2, 3), input -> {
                begun.countDown();
                try {
                    begun.await();
                } catch (InterruptedException e) {
                    throw new EngineStopped();
                }
                return Thread.currentThread();
            });
            assertThat(threads).doesNotHaveDuplicates().endsWith(Thread.currentThread());
        }
    }

    @Test
    void aFailureIsThrownOnceAllHaveEnded() {
        CountDownLatch ended = new CountDownLatch(2);
        try (WorkerPool pool = pool()) {
            assertThatThrownBy(() -> pool.each(List.of(1, 2, 3), input -> {
                        if (input == 3) {
                            throw new IllegalStateException("the last one fails");
                        }
                        ended.countDown();
                        return input;
                    }))
                    .hasMessage("the last one fails");
            assertThat(ended.getCount()).isZero();
        }
    }
}
