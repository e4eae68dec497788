package org.forgelog.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The service's endpoints for operators: a refused token and an error answer end the command. */
final class Operator {

    private final Service service;
    private final String token;

    Operator(Service service, String token) {
        this.service = service;
        this.token = token;
    }

    JsonNode get(String path) {
        return successful("GET", path);
    }

    JsonNode post(String path) {
        return successful("POST", path);
    }

    /** {@code null} when there is nothing to delete. */
    @Nullable
    JsonNode deleteIfThere(String path) {
        Answer answer = service.send("DELETE", path, token, null);
        return answer.status() == 404 ? null : successful("DELETE", path, answer);
    }

    /** Sends a file, which may take long. */
    JsonNode upload(String path, Path file) throws IOException {
        return successful("POST", path, service.upload(path, token, file));
    }

    /** A text as part of a path or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode successful(String method, String path) {
        return successful(method, path, service.send(method, path, token, null));
    }

    private JsonNode successful(String method, String path, Answer answer) {
        if (answer.ok()) {
            return answer.body();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new CliFailure(
                    ExitCodes.REFUSED,
                    service.url() + " refused the token (" + answer.status() + " " + answer.message()
                            + "). The site administrator's is needed.");
        }
        if (answer.status() == 409) {
            throw new CliFailure(ExitCodes.NOT_NOW, "refused: " + answer.message() + ".");
        }
        throw new CliFailure(
                ExitCodes.FAILED,
                method + " " + path + " was answered " + answer.status() + ": " + answer.message() + ".");
    }
}
