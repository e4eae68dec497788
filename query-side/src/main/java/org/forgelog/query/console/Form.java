package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.forgelog.api.http.HttpFailure;
import org.jspecify.annotations.Nullable;

/** What a form sent. The servlet container is told to parse none, so that the API's clients cannot make it. */
record Form(Map<String, String> fields) {

    /** None is longer, and regular expressions take a part of the stack for each repetition. */
    private static final int LONGEST_BACK = 200;

    /** @throws HttpFailure 400 when it is no form */
    static Form of(HttpServletRequest request) {
        Map<String, String> fields = new HashMap<>();
        try {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            for (String field : body.split("&", -1)) {
                int equals = field.indexOf('=');
                if (equals > 0) {
                    fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw HttpFailure.badRequest("This is no form");
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A field; empty when it is not there. */
    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** A field; {@code null} when it is not there, or empty. */
    @Nullable
    String textOrNull(String name) {
        String value = text(name).strip();
        return value.isEmpty() ? null : value;
    }

    /**
     * A whole number; {@code null} when it is not there, or empty.
     *
     * @throws HttpFailure 400 when it is something else
     */
    @Nullable
    Long number(String name) {
        String value = textOrNull(name);
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,18}")) {
            throw HttpFailure.badRequest(name + " is a whole number");
        }
        return Long.valueOf(value);
    }

    /** The page of the console that the form was on. */
    String back() {
        String back = text("back");
        boolean ours = back.length() <= LONGEST_BACK && back.matches(ConsoleAccess.ROOT + "(/[a-z-]+)*");
        return ours ? back : ConsoleAccess.ROOT;
    }
}
