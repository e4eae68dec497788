package org.forgelog.dynamodb.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.forgelog.dynamodb.item.AttributeValue;
import org.forgelog.dynamodb.item.ItemJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * What is sent back.
 *
 * @param status HTTP status
 * @param body JSON in UTF-8
 */
public record Answer(int status, byte[] body) {

    /** Media type of requests and answers. */
    public static final String MEDIA_TYPE = "application/x-amz-json-1.0";

    /** An answer of the members that {@code content} writes. */
    public static Answer of(Consumer<JsonGenerator> content) {
        return of(200, content);
    }

    private static Answer of(int status, Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = ItemJson.FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return new Answer(status, out.toByteArray());
    }

    /** The answer that tells of an error. */
    public static Answer of(DynamoDbError error) {
        return of(error.status(), json -> {
            json.writeStringProperty("__type", error.type());
            if (!error.reasons().isEmpty()) {
                json.writeName("CancellationReasons");
                json.writeStartArray();
                error.reasons().forEach(reason -> write(reason, json));
                json.writeEndArray();
                json.writeStringProperty("Message", error.getMessage());
            } else if (error.getMessage() != null) {
                json.writeStringProperty("message", error.getMessage());
            }
            writeItem("Item", error.item(), json);
        });
    }

    private static void write(DynamoDbError.CancellationReason reason, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("Code", reason.code());
        if (reason.message() != null) {
            json.writeStringProperty("Message", reason.message());
        }
        writeItem("Item", reason.item(), json);
        json.writeEndObject();
    }

    /** Writes a member that is an item; none for null. */
    public static void writeItem(String name, @Nullable Map<String, AttributeValue> item, JsonGenerator json) {
        if (item != null) {
            json.writeName(name);
            ItemJson.write(item, json);
        }
    }
}
