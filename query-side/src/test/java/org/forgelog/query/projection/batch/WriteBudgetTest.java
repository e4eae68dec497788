package org.forgelog.query.projection.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.forgelog.query.Eventually;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {

    private static Duration paying(WriteBudget budget, int times, long units) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            budget.pay(units);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void withoutALimitNobodyWaits() {
        // At a thousand a second it would take a day.
        assertThat(paying(new WriteBudget(), 100, 1_000_000)).isLessThan(Duration.ofHours(1));
    }

    @Test
    void noMoreIsSpentThanTheRateAllows() {
        WriteBudget budget = new WriteBudget();
        budget.limit(1_000);
        assertThat(paying(budget, 10, 50)).isGreaterThan(Duration.ofMillis(480));
    }

    @Test
    void aLimitThatIsLiftedHoldsNobodyBack() throws Exception {
        WriteBudget budget = new WriteBudget();
        budget.limit(1);
        Thread paying = Thread.ofPlatform().start(() -> budget.pay(1_000_000));
        budget.limit(0);
        paying.join(Eventually.LONGEST);
        assertThat(paying.isAlive()).isFalse();
    }

    @Test
    void whoeverIsStoppedWhileItWaitsIsStopped() {
        WriteBudget budget = new WriteBudget();
        budget.limit(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> budget.pay(10_000)).isInstanceOf(EngineStopped.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
