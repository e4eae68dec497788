package org.forgelog.cli;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Names of repositories and accounts, which operators know, for sequence keys, which programs know. */
record Names(JsonNode json) {

    /** The names that came with an answer. */
    static Names of(JsonNode answer) {
        return new Names(answer.path("names"));
    }

    /** The name, or the key where there is none. */
    String of(String key) {
        return json.path(key).asString(key);
    }

    /** The key that bears the name. */
    Optional<String> key(String name) {
        return json.properties().stream()
                .filter(entry -> entry.getValue().asString("").equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
