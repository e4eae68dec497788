package org.forgelog.query.http;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Issues and pull requests in one list, told apart by a first field {@code type}. */
record TypedEntries(JsonMapper json) {

    List<JsonNode> of(List<Map.Entry<String, Object>> entries) {
        return entries.stream().map(this::of).toList();
    }

    private JsonNode of(Map.Entry<String, Object> entry) {
        ObjectNode typed = json.createObjectNode().put("type", entry.getKey());
        json.valueToTree(entry.getValue()).properties().forEach(field -> typed.set(field.getKey(), field.getValue()));
        return typed;
    }
}
