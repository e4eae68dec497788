package org.forgelog.command.execution;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param body becomes JSON; {@code null} for none
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {

    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Object body, String location) {
        return new Answer(201, body, Map.of("Location", location));
    }

    /** For what was made has no address of its own. */
    public static Answer created(Object body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer accepted(Object body) {
        return new Answer(202, body, Map.of());
    }

    public static Answer noContent() {
        return new Answer(204, null, Map.of());
    }
}
