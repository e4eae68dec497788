package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class EvenTimeTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 19_999_999, 20_000_000, 20_000_001, 1_234_567_890})
    void whateverATaskTakesItEndsAtAFullStep(long nanos) {
        long step = EvenTime.STEP.toNanos();
        assertThat((nanos + EvenTime.untilStep(nanos)) % step).isZero();
        assertThat(EvenTime.untilStep(nanos)).isPositive().isLessThanOrEqualTo(step);
    }

    @Test
    void anAnswerWaitsForItsStep() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        long start = System.nanoTime();
        EvenTime.begin(request);
        EvenTime.await(request);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(EvenTime.STEP.toNanos());
    }
}
