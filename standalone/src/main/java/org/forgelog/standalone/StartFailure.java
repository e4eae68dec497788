package org.forgelog.standalone;

/** Why {@code up} does not start or has to stop: one sentence for the user, and an exit code. */
final class StartFailure extends RuntimeException {

    /** Another {@code up} runs on the data folder. */
    static final int FOLDER_IN_USE = 10;
    /** The port is taken. */
    static final int PORT_IN_USE = 11;
    /** PostgreSQL ended by itself. */
    static final int ENGINE_DIED = 12;
    /** Anything else that keeps it from starting. */
    static final int NOT_STARTED = 13;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
