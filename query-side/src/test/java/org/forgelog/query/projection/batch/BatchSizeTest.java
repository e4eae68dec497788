package org.forgelog.query.projection.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many events a batch has. */
class BatchSizeTest {

    private final BatchSize size = new BatchSize();

    /** A batch that fails each time for being large would keep a rebuild at its position for good. */
    @Test
    void batchesShrinkWhileTheyFailAndGrowAgainWhenTheyGoWell() {
        for (int i = 0; i < 10; i++) {
            size.read(size.current(0));
        }
        int before = size.current(0);
        assertThat(before).isEqualTo(1_000);
        size.failed();
        assertThat(size.current(0)).isEqualTo(before / 2);
        for (int i = 0; i < 20; i++) {
            size.failed();
        }
        assertThat(size.current(0)).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            int events = size.current(0);
            size.read(events);
            size.took(events, 1_000_000);
        }
        assertThat(size.current(0)).isEqualTo(before);
    }

    @Test
    void batchesShrinkWhileTheTableIsSlow() {
        size.read(100);
        size.took(200, 3_000_000_000L);
        assertThat(size.current(0)).isEqualTo(100);
        size.took(100, 3_000_000_000L);
        assertThat(size.current(0)).isEqualTo(50);
    }
}
