package org.forgelog.command.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.forgelog.api.http.HttpFailure;
import org.junit.jupiter.api.Test;

class TransactionLimitTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Test
    void givenMoreThanMayAtOnce_thenTheOthersWaitUntilOneIsDone() throws Exception {
        TransactionLimit limit = new TransactionLimit(2, LONGEST);
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> requests = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                requests.add(threads.submit(() -> limit.run(() -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    both.countDown();
                    await(both);
                    underWay.decrementAndGet();
                    return true;
                })));
            }
            for (Future<Boolean> request : requests) {
                assertThat(request.get()).isTrue();
            }
        }
        assertThat(most).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void givenOneThatFails_thenItsPlaceIsFree() {
        TransactionLimit limit = new TransactionLimit(1, LONGEST);

        assertThatThrownBy(() -> limit.run(() -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(limit.run(() -> "the next")).isEqualTo("the next");
    }

    @Test
    void givenANodeThatStops_thenWhoWaitsIsToldSo() {
        TransactionLimit limit = new TransactionLimit(1, LONGEST);

        limit.run(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> limit.run(() -> "never"))
                    .isInstanceOfSatisfying(HttpFailure.class, failure -> assertThat(failure.status())
                            .isEqualTo(503));
            return Thread.interrupted();
        });
    }
}
