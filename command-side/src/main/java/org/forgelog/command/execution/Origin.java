package org.forgelog.command.execution;

import java.util.Map;
import org.forgelog.api.Caller;

/** Where the events of a request come from: metadata of each of them. */
public record Origin(Caller caller, String requestId) {

    public static final String ACTOR = "actor";
    public static final String REQUEST_ID = "requestId";
    /** Of events that were imported: what they are called where they come from. */
    public static final String IMPORTED = "imported";

    Map<String, Object> metadata() {
        return Map.of(ACTOR, caller.key(), REQUEST_ID, requestId);
    }
}
