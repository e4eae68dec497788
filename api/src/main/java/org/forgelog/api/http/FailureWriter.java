package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.forgelog.api.representation.ErrorJson;
import tools.jackson.databind.json.JsonMapper;

/** Answers a failure from a filter, where no handler is involved yet. */
record FailureWriter(JsonMapper json) {

    void write(HttpServletResponse response, HttpFailure failure) throws IOException {
        byte[] body = json.writeValueAsBytes(ErrorJson.of(failure.status(), String.valueOf(failure.getMessage())));
        response.setStatus(failure.status());
        failure.headers().forEach(response::setHeader);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
