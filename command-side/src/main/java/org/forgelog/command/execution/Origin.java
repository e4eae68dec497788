package org.forgelog.command.execution;

import java.util.Map;
import org.forgelog.api.Caller;

/** Where the events of a request come from: metadata of each of them. */
public record Origin(Caller caller, String requestId) {

    Map<String, Object> metadata() {
        return Map.of("actor", caller.key(), "requestId", requestId);
    }
}
