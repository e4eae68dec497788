package org.forgelog.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A short life of the service on an empty log: writes, reads and a rebuild of the table. The JVM notes meanwhile which
 * classes and methods that takes, and starts quicker with its notes.
 */
final class AotTrainingRun {

    private static final int BATCHES = 15;
    private static final int COMMANDS = 20;
    private static final int READS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String address;
    private String token;

    private AotTrainingRun(HttpClient http, String address, String token) {
        this.http = http;
        this.address = address;
        this.token = token;
    }

    /**
     * Plays it.
     *
     * @param token the administrator's
     * @throws IOException when the service does not answer as it should
     */
    static void play(String address, String token) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            new AotTrainingRun(http, address, token).play();
        }
    }

    private void play() throws IOException, InterruptedException {
        call("POST", "/admin/users", "{\"login\":\"training\",\"email\":\"training@example.org\"}");
        String administrator = token;
        token = tokenIn(call("POST", "/admin/users/training/authorizations", "{\"scopes\":[\"repo\"]}"));
        call("POST", "/user/repos", "{\"name\":\"repo\"}");
        call("PUT", "/user/starred/training/repo", "");
        String commands = IntStream.range(0, COMMANDS)
                .mapToObj(i ->
                        "{\"method\":\"POST\",\"path\":\"/repos/training/repo/issues\",\"body\":{\"title\":\"Issue " + i
                                + "\",\"body\":\"Lines\"}}")
                .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
        for (int i = 0; i < BATCHES; i++) {
            call("POST", "/batch", commands);
        }
        call("PATCH", "/repos/training/repo/issues/1", "{\"state\":\"closed\"}");
        for (int i = 0; i < READS; i++) {
            call("GET", "/repos/training/repo/issues", "");
            call("GET", "/repos/training/repo/issues/" + (i + 1), "");
            call("GET", "/repos/training/repo/activity", "");
        }
        call("GET", "/user/starred", "");
        token = administrator;
        call("POST", "/operator/replay", "");
        awaitReady();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (send("GET", "/actuator/health/readiness", "").statusCode() != 200
                || !call("GET", "/operator/replay", "").contains("\"state\":\"done\"")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the table is not rebuilt");
            }
            Thread.sleep(50);
        }
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() >= 400) {
            throw new IOException(method + " " + path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Authorization", "token " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String tokenIn(String answer) throws IOException {
        Matcher matcher = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(answer);
        if (!matcher.find()) {
            throw new IOException("no token in the answer");
        }
        return matcher.group(1);
    }
}
