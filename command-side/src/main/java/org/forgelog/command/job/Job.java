package org.forgelog.command.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Long work, as it stands.
 *
 * @param kind what it does, in words
 * @param done events that are done with, of {@code total}
 * @param report what was found, as JSON; {@code null} until it is done, and where it failed
 * @param failure why it failed; {@code null} where it did not
 */
public record Job(
        UUID id, String kind, State state, long done, long total, @Nullable String report, @Nullable Failure failure) {

    /** Stored by these names. */
    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** @param status HTTP's for it: whether to look for the reason in what was asked for, in how things are, or here */
    public record Failure(int status, String message) {}
}
