package org.forgelog.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The running service, over HTTP. Remembers the position of the last write and sends it with every read, so that a
 * read here always sees the writes before it. For one thread.
 */
public final class Service {

    /** Longer than any command waits inside the service. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private static final String POSITION = "X-Forgelog-Position";

    private final JsonMapper json = JsonMapper.builder()
            // What is exported is to the letter what is stored.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;
    private @Nullable String position;

    public Service(URI url) {
        this.url = url;
    }

    /** Reads from here on are to see what was written at this position, as if it had been written here. */
    public Service at(String positionOfAWrite) {
        position = positionOfAWrite;
        return this;
    }

    public URI url() {
        return url;
    }

    public Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    /**
     * Sends one request and waits for its answer, whatever its status.
     *
     * @param path with its query, or a whole address of this service (the link of a next page)
     * @param body sent as JSON, or {@code null}
     * @throws CliFailure when nothing answers
     */
    public Answer send(String method, String path, @Nullable String token, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/vnd.github+json, application/json")
                .header("User-Agent", "forgelog-cli");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        }
        if (position != null && method.equals("GET")) {
            request.header(POSITION, position);
        }
        HttpResponse<String> response = exchange(request.build());
        if (!method.equals("GET")) {
            response.headers().firstValue(POSITION).ifPresent(value -> position = value);
        }
        return new Answer(response.statusCode(), response.headers(), parse(response.body()));
    }

    /** Posts a file and waits for the answer, however long that takes. */
    Answer upload(String path, String token, Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/x-ndjson")
                .header("User-Agent", "forgelog-cli")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), response.headers(), parse(response.body()));
    }

    private URI address(String path) {
        if (path.startsWith("http://") || path.startsWith("https://")) {
            return URI.create(path);
        }
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException e) {
            throw new CliFailure(
                    ExitCodes.UNREACHABLE,
                    "nothing answers at " + url + ". Start it with ./forgelog up, or name it with --url.");
        } catch (HttpTimeoutException e) {
            throw new CliFailure(
                    ExitCodes.UNREACHABLE,
                    url + " did not answer " + request.method() + " "
                            + request.uri().getPath() + " within " + REQUEST_TIMEOUT.toSeconds() + " s.");
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCodes.UNREACHABLE, "the connection to " + url + " failed: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure(ExitCodes.FAILED, "interrupted.");
        }
    }

    private JsonNode parse(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
