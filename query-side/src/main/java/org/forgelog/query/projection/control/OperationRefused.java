package org.forgelog.query.projection.control;

/** An operator's request that is not possible as things are; the message says why. */
public final class OperationRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OperationRefused(String message) {
        super(message, null, false, false);
    }
}
