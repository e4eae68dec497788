package org.forgelog.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * A stored event that this program cannot read: an unknown type, a newer revision, or JSON of another shape. It must
 * stop the event's sequence; skipping it would lose it for good.
 */
public final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
