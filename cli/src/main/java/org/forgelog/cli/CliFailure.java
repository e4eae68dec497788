package org.forgelog.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with one sentence for the user and an exit code of {@link ExitCodes}. */
public final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final @Nullable String next;

    public CliFailure(int exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    /** @param next the command that helps; {@code null} where none does */
    public CliFailure(int exitCode, String sentence, @Nullable String next) {
        super(sentence);
        this.exitCode = exitCode;
        this.next = next;
    }

    public int exitCode() {
        return exitCode;
    }

    public @Nullable String next() {
        return next;
    }

    /** The same, with the command that helps, unless it names one already. */
    CliFailure next(@Nullable String command) {
        return next != null ? this : new CliFailure(exitCode, String.valueOf(getMessage()), command);
    }
}
