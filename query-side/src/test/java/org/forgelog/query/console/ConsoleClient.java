package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.query.QueryService;

/** Looks at the console as a browser without scripts does. */
final class ConsoleClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String cookie;

    private ConsoleClient(String base, String cookie) {
        this.base = base;
        this.cookie = cookie;
    }

    static ConsoleClient stranger(QueryService service) {
        return new ConsoleClient(service.base(), "");
    }

    static ConsoleClient signedIn(QueryService service, String token) {
        HttpResponse<String> answer = stranger(service).post("/console/sign-in", "token", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new ConsoleClient(service.base(), cookie.substring(0, cookie.indexOf(';')));
    }

    /** A page that is there. */
    String page(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(base + path)), headers);
    }

    /** @param fields names and values, by turns */
    HttpResponse<String> post(String path, String... fields) {
        return postFrom(List.of(), path, fields);
    }

    HttpResponse<String> postFrom(List<String> headers, String path, String... fields) {
        List<String> body = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            body.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", body))),
                headers.toArray(String[]::new));
    }

    /** Carries out an action; answers the page that tells what came of it. */
    String act(String path, String... fields) {
        HttpResponse<String> answer = post(path, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return page(answer.headers().firstValue("Location").orElseThrow());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
