package org.forgelog.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.forgelog.command.CommandNode;
import org.junit.jupiter.api.Test;

/** The live feed tells what happens while it happens, and goes on where a client was. */
class EventStreamTest {

    private static final CommandNode NODE = CommandNode.shared();

    private final CommandNode.User ada = NODE.newUser();
    private final String repository = ada.sharingRepository("engine");

    private HttpResponse<Stream<String>> stream(String token, String lastEventId, int wait) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(NODE.url() + repository + "/events/stream?wait=" + wait));
        if (token != null) {
            request.header("Authorization", "token " + token);
        }
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    private static List<String> ids(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void givenSomebodyWhoListens_thenTheyHearOfItWhileItHappens() throws Exception {
        HttpResponse<Stream<String>> listening = stream(null, null, 3_600);
        assertThat(listening.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> listening
                .body()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow());
        ada.post(repository + "/issues", "{\"title\":\"Just now\"}");
        assertThat(heard.get()).contains("\"action\":\"opened\"", "\"title\":\"Just now\"");
    }

    @Test
    void givenOnlyTheHeadIsWanted_thenNothingIsWaitedFor() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create(NODE.url() + repository + "/events/stream"))
                .HEAD()
                .build();
        HttpResponse<Void> first = HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.discarding());
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (Socket connection = new Socket("127.0.0.1", URI.create(NODE.url()).getPort())) {
            connection.setSoTimeout(60_000);
            String twice = ("HEAD " + repository + "/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(2);
            connection.getOutputStream().write(twice.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.lines()
                            .filter(line -> line.startsWith("HTTP/1.1 200"))
                            .limit(2))
                    .as("the connection is free for the next request")
                    .hasSize(2);
        }
    }

    @Test
    void givenTheLastIdThatAClientSaw_thenItGoesOnAfterIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            ada.post(repository + "/issues", "{\"title\":\"Issue\"}");
        }
        List<String> all = ids(stream(null, "0", 0).body());
        assertThat(all).hasSize(4);
        assertThat(ids(stream(null, all.get(1), 0).body())).isEqualTo(all.subList(2, 4));
        assertThat(ids(stream(null, null, 0).body())).isEmpty();
    }

    @Test
    void givenARepositoryThatBecomesPrivate_thenStrangersHearNothingMore() throws Exception {
        HttpResponse<Stream<String>> listening = stream(null, null, 3_600);
        CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(
                () -> listening.body().filter(l -> l.startsWith("event: ")).toList());
        ada.patch(repository, "{\"private\":true}");
        ada.post(repository + "/issues", "{\"title\":\"Secret\"}");
        assertThat(heard.get()).isEmpty();
        assertThat(stream(null, "0", 0).statusCode()).isEqualTo(404);
        assertThat(ids(stream(ada.token(), "0", 0).body())).hasSize(3);
    }
}
