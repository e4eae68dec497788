package org.forgelog.dynamodb.store;

/** The store cannot do its work: the disk is full, a file is damaged, another process has it. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean damaged;

    public StoreException(String message, Throwable cause, boolean damaged) {
        super(message, cause);
        this.damaged = damaged;
    }

    /** Whether what is stored is not what was written. */
    public boolean isDamaged() {
        return damaged;
    }
}
