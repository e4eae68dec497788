package org.forgelog.query.projection;

/** The engine was told to end while it waited for something. */
final class EngineStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineStopped() {
        super("the projection engine was stopped", null, false, false);
    }
}
