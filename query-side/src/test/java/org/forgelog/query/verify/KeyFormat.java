package org.forgelog.query.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers, times and names are spelt in keys, and which bodies are long. */
final class KeyFormat {

    private static final int LONG_BODY = 4096;

    private KeyFormat() {}

    /** 19 digits. */
    static String digits(long number) {
        String text = "0000000000000000000" + number;
        return text.substring(text.length() - 19);
    }

    /** To the millisecond, in UTC, for the years 0 to 9999. */
    static String time(Instant instant) {
        LocalDateTime t = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (t.getYear() < 0) {
            return "0000-01-01T00:00:00.000Z";
        }
        if (t.getYear() > 9999) {
            return "9999-12-31T23:59:59.999Z";
        }
        return two(t.getYear() / 100) + two(t.getYear() % 100) + "-" + two(t.getMonthValue()) + "-"
                + two(t.getDayOfMonth())
                + "T" + two(t.getHour()) + ":" + two(t.getMinute()) + ":" + two(t.getSecond()) + "."
                + t.getNano() / 100_000_000 + two(t.getNano() / 1_000_000 % 100) + "Z";
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** A time that is told from others of the same millisecond. */
    static String timed(Instant instant, long id) {
        return time(instant) + "#" + digits(id);
    }

    /** As names are compared. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a body lies in an item of its own. */
    static boolean isLong(@Nullable String body) {
        return body != null && body.getBytes(StandardCharsets.UTF_8).length > LONG_BODY;
    }
}
