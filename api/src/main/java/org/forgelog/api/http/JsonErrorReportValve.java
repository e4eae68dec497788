package org.forgelog.api.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.forgelog.api.representation.ErrorJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Requests that Tomcat refuses before any servlet sees them get a JSON error too. Tomcat makes it by its class name. */
public class JsonErrorReportValve extends ErrorReportValve {

    private static final JsonMapper JSON = ApiJson.mapper();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(ConventionsFilter.MEDIA_TYPE, ConventionsFilter.JSON);
        AcceptedScopes.NONE.tell(response);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(
                        JSON.writeValueAsString(ErrorJson.of(status, status < 500 ? "Bad Request" : "Server Error")));
                response.finishResponse();
            }
        } catch (IOException e) {
            // The client is gone: nobody is left to be told.
            getContainer().getLogger().debug("an error report found no reader", e);
        }
    }
}
