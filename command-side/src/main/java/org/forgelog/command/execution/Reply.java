package org.forgelog.command.execution;

import java.util.Map;
import org.forgelog.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose transaction is committed.
 *
 * @param json the body; {@code null} for none
 * @param position how far a reader must be to see what the request did
 */
public record Reply(int status, @Nullable String json, Map<String, String> headers, Position position) {}
