package org.forgelog.command.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;
import org.forgelog.command.CommandNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has files imported as the command line does, and waits for the end of it. */
record Importer(CommandNode node) {

    /** What tests lock that use {@link #shared()}: a node runs one job at a time. */
    static final String LOCK = "the node for imports";

    private static final JsonMapper JSON = new JsonMapper();

    private static final class Shared {
        static final Importer IMPORTER = new Importer(CommandNode.onFreshDatabase());
    }

    /** Into a node of imports alone, where each test works with accounts of its own. */
    static Importer shared() {
        return Shared.IMPORTER;
    }

    /** The job as it ended. */
    JsonNode job(byte[] file, String onError) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/admin/imports?on_error=" + onError))
                .header("Authorization", "token " + CommandNode.ADMIN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> begun = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
            JsonNode job = JSON.readTree(begun.body());
            while (job.get("state").stringValue().equals("running")) {
                LockSupport.parkNanos(10_000_000);
                job = node.call("GET", "/admin/jobs/" + job.get("id").stringValue(), CommandNode.ADMIN, null)
                        .json();
            }
            return job;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it reports of a file whose broken records are passed by. */
    JsonNode report(byte[] file) {
        JsonNode job = job(file, "skip");
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("done");
        return job.get("report");
    }

    JsonNode report(String... lines) {
        return report(String.join("\n", lines).getBytes(UTF_8));
    }

    /** Why an import stops. */
    String failure(byte[] file) {
        JsonNode job = job(file, "stop");
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("failed");
        return job.get("failure").get("message").stringValue();
    }
}
