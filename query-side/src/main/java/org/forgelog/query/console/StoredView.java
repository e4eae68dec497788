package org.forgelog.query.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item as it lies in the table, beside what the log says.
 *
 * @param verdict what is to be said of it, in words
 * @param right whether it is what the log says; {@code null} where that is not known
 * @param attributes what is stored, beside what the log says where that differs
 * @param indexes by which it is found
 * @param sequences that make it
 * @param events that made it, in the log's order
 */
record StoredView(
        String key,
        boolean there,
        String verdict,
        @Nullable Boolean right,
        List<Attribute> attributes,
        List<String> indexes,
        List<Named> sequences,
        List<EventView> events) {

    /** A sequence, and the name of what it is about. */
    record Named(String sequence, String name) {}

    /**
     * An attribute.
     *
     * @param logged what the log says; the same where nothing is wrong, empty where it should not be there
     * @param differs whether that is wrong
     * @param by position of the event that made it as it is; 0 where that is not known
     */
    record Attribute(String name, String stored, String logged, boolean differs, long by) {}
}
