package org.forgelog.command.log;

/**
 * Stands for an event that operators skipped: it has its place among its aggregate's events and says nothing. No
 * aggregate handles it.
 */
public record SkippedPayload() {

    static final SkippedPayload INSTANCE = new SkippedPayload();

    /** In place of the stored type; no event type has a name like this. */
    static final String TYPE = "(skipped)";
}
