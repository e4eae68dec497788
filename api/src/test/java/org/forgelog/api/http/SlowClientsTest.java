package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clients that begin a request and do not end it stop nobody else, and are not waited for for long. */
@Timeout(600)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.flyway.enabled=false",
            "forgelog.rate-limit.anonymous=0",
            "forgelog.http.silence=10m",
            "forgelog.http.headers=2s",
            "forgelog.http.body=2s",
            "forgelog.http.per-address=330"
        })
class SlowClientsTest {

    private static final int SLOW = 300;
    private static final int MOST_CONNECTIONS = 330;
    private static final long DRIP_MILLIS = 50;
    private static final int LONGEST_MILLIS = 300_000;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/plain")
        Map<String, String> plain(HttpServletRequest request) {
            return Map.of("caller", Callers.of(request).key());
        }

        @PostMapping("/reads")
        Map<String, Integer> reads(InputStream body) throws IOException {
            return Map.of("length", body.readAllBytes().length);
        }

        @PostMapping("/refuses")
        Map<String, Integer> refuses() {
            throw HttpFailure.authenticationRequired();
        }
    }

    @LocalServerPort
    private int port;

    private final List<Socket> sockets = new ArrayList<>();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = SharedEngines.freshDatabase();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        EventLogSchema.migrate(dataSource, true);
        properties.add("spring.datasource.url", () -> url);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String unfinished(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{";
    }

    private int get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(5));
        if (headers.length > 0) {
            request.headers(headers);
        }
        // One connection each, that is closed again: connections are counted here.
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode();
        }
    }

    /** What comes back until the other side closes. */
    private static String untilClosed(Socket socket) throws IOException {
        socket.setSoTimeout(LONGEST_MILLIS);
        StringBuilder read = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                read.append((char) b);
            }
        } catch (SocketException e) {
            // Closed while there was something to read for the other side.
        }
        return read.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reads", "/refuses"})
    void threeHundredBodiesThatDoNotEndTakeNoThreadAndStopNobody(String path) throws Exception {
        get("/plain");
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        for (int i = 0; i < SLOW; i++) {
            send(unfinished(path));
        }
        assertThat(get("/plain")).isEqualTo(200);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + SLOW / 2);
        assertThat(get("/plain")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "multipart/form-data", "multipart/mixed", "nonsense"})
    void aBodyThatNobodyWantsIsNotLookedAt(String contentType) throws Exception {
        Socket socket = send("GET /plain HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 1000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb");
        socket.setSoTimeout(LONGEST_MILLIS);
        assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 ");
    }

    @Test
    void whoAsksWhetherToSendItIsRefusedAtOnce() throws Exception {
        Socket socket = send(unfinished("/refuses").replace("\r\n\r\n{", "\r\nExpect: 100-continue\r\n\r\n"));
        socket.setSoTimeout(LONGEST_MILLIS);
        assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 401 ");
    }

    @Test
    void whoAsksWhetherToSendItMayWhereItIsWanted() throws Exception {
        Socket socket = send("POST /reads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
        socket.setSoTimeout(LONGEST_MILLIS);
        assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 100 ");
        socket.getOutputStream().write(new byte[] {'{', '}'});
        assertThat(untilClosed(socket)).contains("HTTP/1.1 200 ", "{\"length\":2}");
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = socket.getInputStream().read();
                b >= 0 && b != '\r';
                b = socket.getInputStream().read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    /** All at once, as it takes its time with each. */
    @Test
    void whatDripsIsGivenUp() throws Exception {
        Map<String, String> answers = Map.of(
                unfinished("/reads"),
                "HTTP/1.1 408",
                unfinished("/refuses"),
                "HTTP/1.1 401",
                "GET /pl",
                "",
                "GET /plain HTTP/1.1\r\nHost: localhost\r\nX-Drip: ",
                "");
        Map<String, Socket> dripping = new HashMap<>();
        for (String beginning : answers.keySet()) {
            Socket socket = send(beginning);
            drip(socket, beginning.endsWith("{") ? "{" : "x");
            dripping.put(beginning, socket);
        }
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            String read = untilClosed(dripping.get(answer.getKey()));
            assertThat(read).as(answer.getKey()).startsWith(answer.getValue());
            assertThat(read.isEmpty())
                    .as(answer.getKey())
                    .isEqualTo(answer.getValue().isEmpty());
        }
    }

    /** Sends on, byte by byte, in the background. Tomcat's own time-out begins anew with each of them. */
    private static void drip(Socket socket, String what) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(what.getBytes(StandardCharsets.US_ASCII));
                    Thread.sleep(DRIP_MILLIS);
                }
            } catch (IOException | InterruptedException e) {
                // Closed: what the test waits for.
            }
        });
    }

    @Test
    void oneAddressHasSoManyConnectionsAndNoMore() throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            open.add(send(""));
        }
        Socket first = open.getFirst();
        first.setSoTimeout(LONGEST_MILLIS);
        first.getOutputStream()
                .write("GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(firstLine(first)).isEqualTo("HTTP/1.1 200 ");

        assertThat(untilClosed(send("GET /plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")))
                .isEmpty();

        for (Socket socket : open) {
            socket.close();
        }
        assertThat(eventually("/plain")).isEqualTo(200);
    }

    /** The server hears of closed connections a moment later. */
    private int eventually(String path) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (true) {
            try {
                return get(path);
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
