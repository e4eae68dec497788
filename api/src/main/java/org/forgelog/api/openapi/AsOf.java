package org.forgelog.api.openapi;

import java.time.DateTimeException;
import java.time.Instant;
import org.forgelog.api.openapi.Parameter.Invalid;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The moment of the past that a read asks for: one of the three.
 *
 * @param time what had been stored by then
 * @param event the number of the last event that had happened
 * @param position as a write answered it
 */
public record AsOf(@Nullable Instant time, @Nullable Long event, @Nullable String position) {

    private static final int LONGEST = 4_000;

    static @Nullable AsOf read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,18}")) {
            return new AsOf(null, Long.valueOf(text), null);
        }
        if (!text.contains(":") && !text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            if (text.length() > LONGEST) {
                throw invalid();
            }
            return new AsOf(null, null, text);
        }
        try {
            // A plus that was not escaped arrives as a space.
            return new AsOf(Moments.read(text.replace(' ', '+')), null, null);
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    private static Invalid invalid() {
        return new Invalid(
                Fault.INVALID,
                "must be a time like 2026-01-31T12:00:00Z, the number of an event, or a position that a write answered");
    }
}
