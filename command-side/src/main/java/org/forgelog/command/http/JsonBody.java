package org.forgelog.command.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.api.http.HttpFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a request. Content types are not looked at: clients send all kinds with an empty body. */
final class JsonBody {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private JsonBody() {}

    /** Where a client may send a list itself instead of an object that holds it, and under what name. */
    private static final Pattern LISTS = Pattern.compile(".*/(?:(?:issues|pulls)/[^/]+/(labels)|user/(emails))/?");

    /**
     * The body as an object; an empty one when there is no body, so that operations without required fields work.
     *
     * @param path what it was sent to
     * @throws HttpFailure 400 when it is not JSON, or not an object
     */
    static ObjectNode parse(JsonMapper json, String path, byte[] bytes) {
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode node;
        try {
            node = json.readTree(text(bytes));
        } catch (JacksonException | CharacterCodingException e) {
            throw HttpFailure.badRequest("Problems parsing JSON");
        }
        ObjectNode object = object(path, node);
        if (object == null) {
            throw HttpFailure.badRequest("Body should be a JSON object");
        }
        return object;
    }

    /** JSON is UTF-8, and each character has one form in it: Jackson by itself takes others, too. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** A body that was read, as an object; {@code null} when it cannot be taken for one. */
    static @Nullable ObjectNode object(String path, JsonNode node) {
        if (node instanceof ArrayNode list) {
            Matcher matcher = LISTS.matcher(path);
            if (matcher.matches()) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                object.set(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), list);
                return object;
            }
        }
        return node instanceof ObjectNode object ? object : null;
    }
}
