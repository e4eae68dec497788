package org.forgelog.api.openapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times as clients write them. What says no offset is meant in UTC, as on GitHub; a date is its first moment. */
public final class Moments {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private Moments() {}

    /** @throws DateTimeException when it is no time */
    public static Instant read(String text) {
        return text.contains("T") || text.contains("t")
                ? TIME.parse(text, Moments::instant)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant instant(TemporalAccessor time) {
        return time.isSupported(ChronoField.OFFSET_SECONDS)
                ? Instant.from(time)
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}
