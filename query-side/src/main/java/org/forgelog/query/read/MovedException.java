package org.forgelog.query.read;

/** The repository has another name now. */
public final class MovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long repository;

    MovedException(long repository) {
        super("Moved Permanently", null, false, false);
        this.repository = repository;
    }

    /** Its id, under which it is found whatever its name. */
    public long repository() {
        return repository;
    }
}
