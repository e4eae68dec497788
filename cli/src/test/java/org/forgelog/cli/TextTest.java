package org.forgelog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void progressTellsEventsRateAndTimeLeft() {
        assertThat(ProgressLine.text(4_000, 10_000, Duration.ofSeconds(2)))
                .isEqualTo("4,000 of 10,000 events, 40%, 2,000/s, 3 s left");
        assertThat(ProgressLine.text(0, 10_000, Duration.ZERO)).isEqualTo("0 of 10,000 events, 0%");
        assertThat(ProgressLine.text(10, 10, Duration.ofSeconds(1))).isEqualTo("10 of 10 events, 100%, 10/s");
        assertThat(ProgressLine.text(0, 0, Duration.ofSeconds(1))).isEqualTo("0 of 0 events, 100%");
    }

    @Test
    void timesLeftAreReadable() {
        assertThat(ProgressLine.span(59)).isEqualTo("59 s");
        assertThat(ProgressLine.span(61)).isEqualTo("1 min 01 s");
        assertThat(ProgressLine.span(3_660)).isEqualTo("1 h 01 min");
    }

    @Test
    void onATerminalTheBarIsDrawnInPlace() {
        StringWriter drawn = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(drawn), true);
        line.show(1, 2, Duration.ofSeconds(1));
        line.finish(2, 2, Duration.ofSeconds(2));
        assertThat(drawn.toString())
                .startsWith("\r[###############...............] 1 of 2 events")
                .contains("\r[##############################] 2 of 2 events")
                .endsWith(System.lineSeparator());
    }

    @Test
    void plainLinesComeNowAndThen() {
        StringWriter printed = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(printed), false);
        for (int second = 1; second <= 9; second++) {
            line.show(second, 10, Duration.ofSeconds(second));
        }
        assertThat(printed.toString().lines()).hasSize(2);
    }

    @Test
    void thePlainLineOfTheEndIsPrintedOnce() {
        StringWriter printed = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(printed), false);
        line.show(1, 2, Duration.ofSeconds(1));
        line.show(2, 2, Duration.ofSeconds(7));
        line.finish(2, 2, Duration.ofSeconds(8));
        assertThat(printed.toString().lines()).hasSize(2);
    }

    @Test
    void aTableIsAsWideAsItsCells() {
        Table table = new Table("kind", "number").row("issue", 1).row("pull", 22);
        assertThat(table.lines("  ")).containsExactly("  kind   number", "  issue  1", "  pull   22");
    }

    @Test
    void cellsAreOneLineAndNotTooLong() {
        Table table = new Table("text").row("two\nlines").row("x".repeat(100));
        assertThat(table.rows().getFirst()).containsExactly("two lines");
        assertThat(table.rows().getLast().getFirst()).hasSize(48).endsWith("…");
    }

    @Test
    void aCostIsReadFromItsHeader() {
        Cost cost = Cost.parse("pattern=5; rounds=1; requests=3; read-units=1.5");
        assertThat(cost).isEqualTo(new Cost(5, 1, 3, 1.5));
        assertThat(cost).hasToString("1 round, 3 requests, 1.5 read units");
        assertThat(Cost.parse("pattern=9; rounds=2; requests=1; read-units=2"))
                .hasToString("2 rounds, 1 request, 2 read units");
    }
}
