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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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
            connection.setSoTimeout(300_000);
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
    void givenWhatWasDeletedSince_thenNobodyIsToldWhatItSaid() throws Exception {
        ada.post(repository + "/issues", "{\"title\":\"Issue\",\"labels\":[\"offensive\"]}");
        ada.post(repository + "/issues/1/labels", "{\"labels\":[\"offensive\"]}");
        String comment = ada.post(repository + "/issues/1/comments", "{\"body\":\"indiscreet\"}")
                .json()
                .get("id")
                .toString();
        assertThat(stream(null, "0", 0).body().toList().toString()).contains("indiscreet", "offensive");
        assertThat(ada.delete(repository + "/issues/comments/" + comment).status())
                .isEqualTo(204);
        assertThat(ada.delete(repository + "/labels/offensive").status()).isEqualTo(204);
        assertThat(stream(null, "0", 0).body().toList().toString())
                .contains("\"action\":\"deleted\"", "\"title\":\"Issue\"")
                .doesNotContain("indiscreet", "offensive");
    }

    @Test
    void givenAForkOfWhatIsHidden_thenWhoSeesTheForkIsToldNothingOfIt() throws Exception {
        CommandNode.User bob = NODE.newUser();
        CommandNode.User carol = NODE.newUser();
        String secret = ada.repository("secret-plans", ",\"private\":true,\"description\":\"hush\"");
        ada.put(secret + "/collaborators/" + bob.login(), "{\"permission\":\"pull\"}");
        assertThat(bob.post(secret + "/forks", "{\"name\":\"mine\"}").status()).isEqualTo(202);
        String fork = "/repos/" + bob.login() + "/mine";
        bob.put(fork + "/collaborators/" + carol.login(), "{\"permission\":\"pull\"}");
        bob.put(fork + "/collaborators/" + carol.login(), "{\"permission\":\"push\"}");
        String told = NODE.call("GET", fork + "/events/stream?wait=0", carol.token(), null, "Last-Event-ID", "0")
                .text();
        assertThat(told)
                .contains("\"action\":\"created\"", "\"action\":\"added\"")
                .doesNotContain("secret-plans", "event: fork", "\"action\":\"edited\"");
    }

    @Test
    void givenLongTexts_thenAllOfThemAreTold() throws Exception {
        String body = "\u4e00".repeat(65_536);
        for (int i = 0; i < 8; i++) {
            assertThat(ada.post(repository + "/issues", "{\"title\":\"Long\",\"body\":\"" + body + "\"}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(ids(stream(ada.token(), "0", 0).body()).stream().map(Long::valueOf))
                .hasSize(9)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void givenManyStreamsOfOneCaller_thenNoneIsLeftToTake_butOthersGetTheirs() throws Exception {
        CommandNode.User bob = NODE.newUser();
        List<HttpResponse<Stream<String>>> open = new ArrayList<>();
        String another = NODE.token(ada.login());
        for (int i = 0; i < Streams.MOST_OF_ONE; i++) {
            open.add(stream(i % 2 == 0 ? ada.token() : another, null, 3_600));
            assertThat(open.getLast().statusCode()).isEqualTo(200);
        }
        HttpResponse<Stream<String>> refused = stream(ada.token(), null, 0);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(stream(bob.token(), null, 0).statusCode()).isEqualTo(200);
        // Whoever is gone is noticed when something is told.
        open.forEach(stream -> stream.body().close());
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
            ada.post(repository + "/issues", "{\"title\":\"Is anybody there?\"}");
            assertThat(stream(ada.token(), null, 0).statusCode()).isEqualTo(200);
        });
    }

    @Test
    void givenSomebodyWhoIsSuspended_thenTheyHearNothingMore() throws Exception {
        CommandNode.User bob = NODE.newUser();
        ada.patch(repository, "{\"private\":true}");
        ada.put(repository + "/collaborators/" + bob.login(), "{\"permission\":\"push\"}");
        HttpResponse<Stream<String>> listening = stream(bob.token(), null, 3_600);
        assertThat(listening.statusCode()).isEqualTo(200);
        CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(
                () -> listening.body().filter(l -> l.startsWith("event: ")).toList());
        NODE.put("/users/" + bob.login() + "/suspended", CommandNode.ADMIN, "");
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> assertThat(
                        stream(bob.token(), null, 0).statusCode())
                .isEqualTo(403));
        ada.post(repository + "/issues", "{\"title\":\"Secret\"}");
        assertThat(heard.get()).isEmpty();
    }

    @Test
    void givenWhatHappensElsewhere_thenNobodyLooksAtTheLogForIt() throws Exception {
        try (CommandNode node = CommandNode.counting(CommandNode.freshDatabase())) {
            CommandNode.User bob = node.newUser();
            String quiet = bob.sharingRepository("quiet");
            String busy = bob.sharingRepository("busy");
            List<CompletableFuture<String>> told = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + quiet + "/events/stream"))
                        .build();
                HttpResponse<Stream<String>> listening =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
                told.add(CompletableFuture.supplyAsync(() -> listening
                        .body()
                        .filter(line -> line.startsWith("data: "))
                        .findFirst()
                        .orElseThrow()));
            }
            node.trips();
            for (int i = 0; i < 20; i++) {
                bob.post(busy + "/issues", "{\"title\":\"Elsewhere\"}");
            }
            bob.post(quiet + "/issues", "{\"title\":\"Here\"}");
            for (CompletableFuture<String> each : told) {
                assertThat(each.get()).contains("Here");
            }
            assertThat(node.trips().stream()
                            .filter(sql -> sql.contains("where sequence_key = ? and global_index > ?"))
                            .toList())
                    .as("each looks when it has something to tell, and whether there is more")
                    .hasSizeLessThan(60);
        }
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
