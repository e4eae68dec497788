package org.forgelog.command.log;

/**
 * Stands for an event that operators discarded: it has its place among its aggregate's events and says nothing. No
 * aggregate handles it.
 */
public record DiscardedEvent() {

    static final DiscardedEvent INSTANCE = new DiscardedEvent();

    /** In place of the stored type; no event type has a name like this. */
    static final String TYPE = "(discarded)";
}
