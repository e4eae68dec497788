package org.forgelog.query.projection.batch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be projected. It blocks its sequence: neither it nor what follows it in the sequence changes the
 * table, until the event is retried with success or skipped.
 *
 * @param position of the event in the log
 * @param trace where in the program it failed; empty where that is not known
 * @param since when it did, by the log's clock; {@code null} where that is not known
 */
public record DeadLetter(String sequence, long position, String error, String trace, @Nullable Instant since) {

    /** Longest trace that is kept, in characters. */
    private static final int TRACE_LIMIT = 6_000;

    static DeadLetter of(String sequence, long position, Throwable failure) {
        return new DeadLetter(sequence, position, String.valueOf(failure.getMessage()), trace(failure), null);
    }

    /** Where something failed, as programmers read it. */
    public static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer().length() > TRACE_LIMIT ? text.getBuffer().substring(0, TRACE_LIMIT) : text.toString();
    }

    DeadLetter noted(Instant now) {
        return new DeadLetter(sequence, position, error, trace, now);
    }
}
