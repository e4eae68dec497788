package org.forgelog.query.projection.batch;

/** The engine was told to end while it waited for something. */
public final class EngineStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineStopped() {
        super("the projection engine was stopped", null, false, false);
    }
}
