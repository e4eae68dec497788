package org.forgelog.query.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was, at a moment of the past.
 *
 * @param position of the last event that had happened
 * @param at when that was appended; {@code null} where there is none
 * @param note what is to be said of it
 * @param item as it was, beside what it is; {@code null} where an answer was asked for
 * @param status of the answer; 0 where there is none
 * @param body of the answer
 */
record PastView(long position, @Nullable Instant at, String note, @Nullable ItemView item, int status, String body) {}
