package org.forgelog.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
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

    /** As the site administrator: makes a user, and answers that user's client. */
    Client user(String login) throws IOException, InterruptedException {
        send("POST", "/admin/users", "{\"login\":\"" + login + "\",\"email\":\"" + login + "@example.org\"}", 201);
        JsonNode authorization =
                json("POST", "/admin/users/" + login + "/authorizations", "{\"scopes\":[\"repo\"]}", 201);
        return new Client(url, authorization.get("token").asString());
    }

    /** The same user of a service elsewhere. */
    Client at(String elsewhere) {
        return new Client(elsewhere, token);
    }

    /** Sends a request whose answer must have {@code status}. */
    HttpResponse<String> send(String method, String path, String body, int status)
            throws IOException, InterruptedException {
        return send(method, path, body, status, Map.of());
    }

    HttpResponse<String> send(String method, String path, String body, int status, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = request(path);
        headers.forEach(request::header);
        HttpResponse<String> response =
                http.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }

    /** Creates something without waiting for the table to hold it. */
    void sendAsync(String path, String body) throws IOException, InterruptedException {
        send("POST", path, body, 201, Map.of("Prefer", "respond-async"));
    }

    JsonNode json(String method, String path, String body, int status) throws IOException, InterruptedException {
        return JSON.readTree(send(method, path, body, status).body());
    }

    /** The status of a read, whatever it is; of the body nothing is kept. */
    int status(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "token " + token);
    }
}
