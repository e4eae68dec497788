package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Property
    void aPositionSurvivesBeingCarried(
            @ForAll @LongRange(min = 0) long index, @ForAll @LongRange(min = 1) long repository) {
        Position position = new Position(index, Set.of("r:" + repository, "a:7"));
        assertThat(Position.parse(position.encode())).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "cDEgMQ==x", "cDEg", "cDIgMQ", "cDEgLTE"})
    void whatIsNotAPositionIsRefused(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
