package org.forgelog.command;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.Signer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer. */
public record Answered(int status, HttpHeaders headers, String text) {

    private static final JsonMapper JSON = new JsonMapper();

    public JsonNode json() {
        return JSON.readTree(text);
    }

    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    public Position position() {
        byte[] signed = Base64.getUrlDecoder().decode(header("X-Forgelog-Position"));
        return Position.parse(new String(signed, Signer.LENGTH, signed.length - Signer.LENGTH, StandardCharsets.UTF_8));
    }

    public long number() {
        return json().get("number").longValue();
    }

    /** The only field error, as {@code field:code}. */
    public String fieldError() {
        JsonNode errors = json().get("errors");
        return errors == null || errors.isEmpty()
                ? "none"
                : errors.get(0).get("field").stringValue() + ":"
                        + errors.get(0).get("code").stringValue();
    }
}
