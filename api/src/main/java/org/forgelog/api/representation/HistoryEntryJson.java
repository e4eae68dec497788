package org.forgelog.api.representation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of something.
 *
 * @param position of its event in the log, which {@code as_of} takes
 * @param event the stored type of its event
 * @param actor {@code null} where nobody is known to have done it
 */
public record HistoryEntryJson(
        long position, String event, @Nullable SimpleUser actor, Instant at, List<FieldChange> changes) {

    /**
     * A field that has another value since.
     *
     * @param from {@code null} for none
     * @param to {@code null} for none
     */
    public record FieldChange(String field, @Nullable Object from, @Nullable Object to) {}
}
