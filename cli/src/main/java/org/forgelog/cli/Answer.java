package org.forgelog.cli;

import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the service answered.
 *
 * @param body the JSON body, a missing node when there was none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** What the read cost, where the service says so. */
    public Optional<Cost> cost() {
        return headers.firstValue("X-Forgelog-Cost").map(Cost::parse);
    }

    /** The address of the next page of a list, where there is one. */
    public Optional<String> nextPage() {
        return headers.firstValue("Link").flatMap(Answer::next);
    }

    private static Optional<String> next(String link) {
        for (String part : link.split(",", -1)) {
            if (part.contains("rel=\"next\"")) {
                return Optional.of(part.substring(part.indexOf('<') + 1, part.indexOf('>')));
            }
        }
        return Optional.empty();
    }

    /** The service's own sentence about an error, with the fields it names. */
    public String message() {
        StringBuilder text = new StringBuilder(body.path("message").asString("no message"));
        for (JsonNode error : body.path("errors")) {
            text.append("; ").append(error.path("field").asString("")).append(' ');
            text.append(error.path("code").asString(""));
        }
        return text.toString();
    }
}
