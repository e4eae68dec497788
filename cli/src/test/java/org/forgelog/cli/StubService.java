package org.forgelog.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service that gives the answers it was told to give; the last one of a request again and again. */
final class StubService implements AutoCloseable {

    private record Canned(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Canned>> answers = new HashMap<>();
    final List<String> requests = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();

    StubService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(request);
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Deque<Canned> queue = answers.getOrDefault(request, new ArrayDeque<>());
            Canned answer = queue.size() > 1 ? queue.removeFirst() : queue.peekFirst();
            if (answer == null) {
                answer = new Canned(404, "{\"message\": \"Not Found\"}");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    StubService answer(String request, int status, String body) {
        answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Canned(status, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
