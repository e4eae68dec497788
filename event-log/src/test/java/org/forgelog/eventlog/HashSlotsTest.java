package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashSlotsTest {

    /** Tables remember how far each slot is: another function would lose events. */
    @Test
    void aSequenceIsForEverInTheSameSlot() {
        assertThat(List.of(
                        HashSlots.of("a:1"),
                        HashSlots.of("a:2"),
                        HashSlots.of("r:10"),
                        HashSlots.of("r:9007199254740991")))
                .containsExactly(12, 6, 6, 6);
    }

    @Test
    void sequencesAreSpreadOverAllSlots() {
        int[] count = new int[HashSlots.COUNT];
        for (int id = 1; id <= 1_600; id++) {
            count[HashSlots.of("r:" + id)]++;
        }
        assertThat(IntStream.of(count).boxed())
                .allSatisfy(some -> assertThat(some).isBetween(80, 120));
    }

    @Test
    void partsOfSlotsMakeTheWhole() {
        HashSlots high = new HashSlots(0b111111 << 10);
        assertThat(high.stream()).containsExactly(10, 11, 12, 13, 14, 15);
        HashSlots low = HashSlots.ALL.minus(high);
        assertThat(high.size()).isEqualTo(6);
        assertThat(low.size()).isEqualTo(10);
        assertThat(high.has(15)).isTrue();
        assertThat(low.has(15)).isFalse();
        assertThat(low.plus(high)).isEqualTo(HashSlots.ALL);
        assertThat(low.plus(high).isAll()).isTrue();
        assertThat(high.holds("a:1")).isTrue();
        assertThat(low.holds("a:1")).isFalse();
        assertThatThrownBy(() -> new HashSlots(1 << 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTableIsAsFarAsTheSlotThatIsBehindAllOthers() {
        SlotPositions positions = new SlotPositions();
        HashSlots high = HashSlots.one(15);
        positions.set(HashSlots.ALL, 5);
        positions.raise(high, 3);
        assertThat(positions.least()).isEqualTo(5);
        positions.raise(HashSlots.ALL.minus(high), 9);
        assertThat(positions.least()).isEqualTo(5);
        assertThat(positions.least(HashSlots.ALL.minus(high))).isEqualTo(9);
        positions.set(high, 2);
        assertThat(positions.least()).isEqualTo(2);
    }
}
