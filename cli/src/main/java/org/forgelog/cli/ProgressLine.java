package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a long piece of work is: a bar that is drawn again in place on a terminal, a plain line now and then
 * elsewhere.
 */
final class ProgressLine {

    private static final int BAR_WIDTH = 30;
    /** Between two plain lines. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private int lastLength;
    private Duration lastPrinted = Duration.ZERO.minus(QUIET);
    /** What the last plain line said. */
    private long lastDone = -1;

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** @param elapsed since the work began */
    void show(long done, long total, Duration elapsed) {
        if (terminal) {
            String text = bar(done, total) + " " + text(done, total, elapsed);
            out.print("\r" + text + " ".repeat(Math.max(0, lastLength - text.length())));
            out.flush();
            lastLength = text.length();
        } else if (elapsed.minus(lastPrinted).compareTo(QUIET) >= 0) {
            out.println(text(done, total, elapsed));
            lastPrinted = elapsed;
            lastDone = done;
        }
    }

    /** Leaves the last state standing and goes to the next line. */
    void finish(long done, long total, Duration elapsed) {
        if (terminal) {
            show(done, total, elapsed);
            out.println();
        } else if (done != lastDone) {
            out.println(text(done, total, elapsed));
        }
    }

    static String bar(long done, long total) {
        int full = total <= 0 ? BAR_WIDTH : (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
        return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
    }

    /** For example {@code 4,200 of 10,000 events, 42%, 2,100/s, 3 s left}. */
    static String text(long done, long total, Duration elapsed) {
        double seconds = elapsed.toMillis() / 1000.0;
        double rate = seconds <= 0 ? 0 : done / seconds;
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d events, %d%%",
                done,
                total,
                total <= 0 ? 100 : Math.min(100, 100 * done / total)));
        if (rate > 0) {
            text.append(String.format(Locale.ROOT, ", %,.0f/s", rate));
            if (done < total) {
                text.append(", ")
                        .append(span((long) Math.ceil((total - done) / rate)))
                        .append(" left");
            }
        }
        return text.toString();
    }

    static String span(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
}
