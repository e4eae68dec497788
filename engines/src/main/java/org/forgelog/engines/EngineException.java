package org.forgelog.engines;

import org.jspecify.annotations.Nullable;

/** An engine could not be started; the message says what to look at. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineException(String message) {
        this(message, null);
    }

    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
