package org.forgelog.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the service as any client would, over kept connections, as many as there are threads. */
final class Client {

    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** The same service with another token. */
    Client as(String otherToken) {
        return new Client(url, otherToken);
    }

    /** Sends a request whose answer must have {@code status}. */
    HttpResponse<String> send(String method, String path, String body, int status)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpResponse<String> response =
                http.send(request(path).method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }

    /** Creates something without waiting for the table to hold it. */
    void sendAsync(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request(path)
                        .header("Prefer", "respond-async")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("POST " + path + " answered " + response.statusCode() + ": " + response.body());
        }
    }

    JsonNode json(String method, String path, String body, int status) throws IOException, InterruptedException {
        return JSON.readTree(send(method, path, body, status).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "token " + token);
    }
}
