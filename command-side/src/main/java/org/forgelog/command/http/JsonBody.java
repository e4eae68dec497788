package org.forgelog.command.http;

import org.forgelog.api.http.HttpFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a request. Content types are not looked at: clients send all kinds with an empty body. */
final class JsonBody {

    private JsonBody() {}

    /**
     * The body as an object; an empty one when there is no body, so that operations without required fields work.
     *
     * @throws HttpFailure 400 when it is not JSON, or not an object
     */
    static ObjectNode parse(JsonMapper json, byte[] bytes) {
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode node;
        try {
            node = json.readTree(bytes);
        } catch (JacksonException e) {
            throw HttpFailure.badRequest("Problems parsing JSON");
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw HttpFailure.badRequest("Body should be a JSON object");
    }
}
