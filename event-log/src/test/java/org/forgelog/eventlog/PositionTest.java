package org.forgelog.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Property
    void aPositionSurvivesBeingCarried(
            @ForAll @LongRange(min = 0) long index, @ForAll @LongRange(min = 1) long repository) {
        Position position = new Position(index, Set.of("r:" + repository, "a:7"));
        SignedPositions positions = new SignedPositions(new Signer(new byte[32]));
        assertThat(positions.decode(positions.encode(position))).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "cDEgMQ==x", "cDEg", "cDIgMQ", "cDEgLTE"})
    void whatIsNotAPositionIsRefused(String text) {
        SignedPositions positions = new SignedPositions(new Signer(new byte[32]));
        assertThatThrownBy(() -> positions.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAnotherKeySignedIsRefused() {
        byte[] key = new byte[32];
        key[0] = 1;
        String foreign = new SignedPositions(new Signer(key)).encode(new Position(1, Set.of()));
        SignedPositions positions = new SignedPositions(new Signer(new byte[32]));
        assertThatThrownBy(() -> positions.decode(foreign)).isInstanceOf(IllegalArgumentException.class);
    }
}
