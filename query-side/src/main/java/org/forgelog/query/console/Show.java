package org.forgelog.query.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How pages write numbers and times. */
final class Show {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final int TWO = 2;

    private Show() {}

    /** {@code 12,345}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12.3}, or {@code 12,345} from a hundred on. */
    static String decimal(double number) {
        return Math.abs(number) >= 100
                ? number(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }

    /** A number with its noun: {@code 1 event}, {@code 2 events}. */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 2026-01-31 12:00:00} in UTC. */
    static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** A time as machines read it. */
    static String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 3 min ago}. */
    static String ago(@Nullable Instant time, Instant now) {
        if (time == null) {
            return "never";
        }
        long seconds = Duration.between(time, now).toSeconds();
        return seconds < TWO ? "just now" : span(seconds) + " ago";
    }

    /** A text as part of an address's query. */
    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@code 40 s}, {@code 5 min 3 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    static String span(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
        }
        return seconds < DAY
                ? two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min")
                : two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@code under way}, {@code done}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
