package org.forgelog.command.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever is told by webhooks; it can fail, hang, lead elsewhere and be away. */
final class Receiver implements AutoCloseable {

    /** What it was told. */
    record Got(String event, String guid, Map<String, String> headers, String body) {

        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        String said() {
            JsonNode json = json();
            JsonNode number = json.path("issue").path("number");
            return event + "." + json.path("action").asString("")
                    + (number.isMissingNode() ? "" : " " + number.asInt());
        }
    }

    /** How it answers, once each; what is not said is 200. */
    enum Mood {
        FAILS,
        HANGS,
        /** Takes it, and does not say so. */
        TAKES_AND_HANGS,
        REDIRECTS
    }

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final AtomicInteger interrupted = new AtomicInteger();
    private HttpServer server;
    private int port;

    Receiver() {
        open(0);
    }

    private void open(int at) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
        port = server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Mood mood = moods.poll();
        if (mood == Mood.TAKES_AND_HANGS) {
            take(headers, body);
        }
        if (mood == Mood.HANGS || mood == Mood.TAKES_AND_HANGS) {
            // Answers nothing; whoever waits gives up.
            interrupted.incrementAndGet();
            return;
        }
        int status = 200;
        if (mood == Mood.REDIRECTS) {
            exchange.getResponseHeaders().add("Location", url() + "elsewhere");
            status = 302;
        } else if (mood == Mood.FAILS) {
            status = 500;
        } else {
            take(headers, body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void take(Map<String, String> headers, byte[] body) {
        got.add(new Got(
                headers.get("x-github-event"),
                headers.get("x-github-delivery"),
                headers,
                new String(body, StandardCharsets.UTF_8)));
    }

    /** How often it was told something and did not answer. */
    int interrupted() {
        return interrupted.get();
    }

    void will(Mood... next) {
        moods.addAll(List.of(next));
    }

    void die() {
        server.stop(0);
    }

    void comeBack() {
        open(port);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    List<Got> got() {
        return got;
    }

    /** How often it got the delivery of that name: more than once where it was too slow for the sender. */
    long times(String guid) {
        return got.stream().filter(g -> g.guid.equals(guid)).count();
    }

    /** What it was told, without the ping, each delivery once. */
    List<String> said() {
        Set<String> seen = new HashSet<>();
        return got.stream()
                .filter(g -> !g.event.equals("ping"))
                .filter(g -> seen.add(g.guid))
                .map(Got::said)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
