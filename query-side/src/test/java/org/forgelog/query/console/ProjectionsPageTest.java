package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The page of all tables, and what is done from there. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProjectionsPageTest {

    private static QueryService service;
    private static ConsoleClient operator;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log()
                .append(
                        EventFixtures.registered(1, "owner"),
                        EventFixtures.created(10, 1, "owner", "repo"),
                        EventFixtures.issue(10, 1, 1, "first"));
        service.await();
        operator = ConsoleClient.signedIn(service, QueryService.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> buttons(String page) {
        return page.lines()
                .filter(line -> line.contains("name=\"action\""))
                .map(line -> line.replaceAll(".*value=\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    @Order(0)
    void whatANewTableWillTakeIsToldBeforehand() {
        String page = operator.page("/console/deployment");
        for (String told : List.of("Events", "Items", "Write units", "Money", "Time at 1,000 units/s")) {
            assertThat(page).contains("<dt>" + told + "</dt>");
        }
        assertThat(page).containsPattern("<dt>Items</dt><dd>[1-9][0-9]* <small>[0-9.,]+ [KM]B without indexes");
    }

    @Test
    @Order(1)
    void aTableIsBuiltVerifiedSwitchedToRolledBackAndDropped() throws InterruptedException {
        assertThat(operator.page("/console")).contains(">forgelog<", ">serving<", "3 events", "never");
        assertThat(buttons(operator.page("/console"))).containsExactly("verify", "start", "in-place");
        assertThat(operator.act("/console/table", "action", "start", "table", "forgelog", "rate", "1000000"))
                .contains("table forgelog-2 is being built");
        until(() -> operator.page("/console").contains(">ready<"));
        assertThat(buttons(operator.page("/console")))
                .as("no switch before it is verified, no second one while one is there")
                .containsExactly("verify", "in-place", "verify", "pause", "abort");
        operator.act("/console/table", "action", "verify", "table", "forgelog-2");
        until(() -> operator.page("/console/actions").contains("items, 0 differences"));
        assertThat(buttons(operator.page("/console")))
                .containsExactly("verify", "in-place", "switch", "verify", "pause", "abort");
        operator.act("/console/table", "action", "switch", "table", "forgelog-2");
        assertThat(service.get("/repos/owner/repo/issues/1").status()).isEqualTo(200);
        assertThat(buttons(operator.page("/console")))
                .containsExactly("rollback", "verify", "pause", "drop", "verify", "start", "in-place");
        operator.act("/console/table", "action", "rollback", "table", "forgelog");
        operator.act("/console/table", "action", "drop", "table", "forgelog-2");
        until(() -> !operator.page("/console").contains("name-" + new TableCardId("forgelog-2")));
        assertThat(operator.page("/console/actions"))
                .contains("site administrator", ">rollback<", ">drop<", ">switch<");
    }

    /** What stands for a table in ids. */
    private record TableCardId(String name) {
        @Override
        public String toString() {
            return "t" + Integer.toHexString(name.hashCode());
        }
    }

    @Test
    void whatIsRefusedSaysWhyAndIsRecorded() {
        assertThat(operator.act("/console/table", "action", "switch", "table", "nothing"))
                .contains("nothing is no table that is a candidate", "refused");
        assertThat(operator.page("/console/actions")).contains("nothing is no table that is a candidate");
        assertThat(operator.post("/console/table", "action", "resume", "rate", "fast")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatTheCommandLineDoesIsRecordedToo() {
        service.send("POST", "/operator/replay/pause", null, "X-Forgelog-Operator-Token", "operators");
        assertThat(operator.page("/console/actions"))
                .contains(">operator<", ">pause<", "there is no table that is a candidate");
    }

    @Test
    void namesAreWrittenSoThatTheyAreNothingElse() {
        String name = "<b>&amp;\"x";
        assertThat(operator.act("/console/table", "action", "drop", "table", name))
                .doesNotContain("<b>")
                .contains("&lt;b&gt;&amp;amp;");
    }

    @Test
    void theLastHourIsALine() throws InterruptedException {
        until(() -> operator.page("/console/lag?table=forgelog").matches("\\{\"times\":\\[\\d+.*\"events\":\\[\\d+.*"));
        assertThat(operator.page("/console/lag?table=none")).contains("\"times\":[]");
    }

    /** An answer without a body that goes on would keep its connection from the next request. */
    @Test
    void whoOnlyWantsTheHeadIsNotMadeToWait() throws Exception {
        HttpResponse<String> signedIn = ConsoleClient.stranger(service).post("/console/sign-in", "token", "operators");
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        URI url = URI.create(service.base());
        String head = "HEAD /console/changes HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n";
        try (Socket connection = new Socket(url.getHost(), url.getPort())) {
            connection.setSoTimeout(300_000);
            connection.getOutputStream().write(head.repeat(2).getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.lines()
                            .filter(line -> line.startsWith("HTTP/1.1 200"))
                            .limit(2))
                    .hasSize(2);
        }
    }

    @Test
    void anOpenPageIsToldWhatHasChanged() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader lines = changes(http)) {
            read(lines, "event:progress");
            service.log().append(EventFixtures.issue(10, 2, 1, "second"));
            read(lines, "event:progress");
            operator.act("/console/table", "action", "pause");
            read(lines, "event:actions");
        }
    }

    @Test
    void whatChangedBeforeAPageListenedItIsToldAtOnce() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader first = changes(http)) {
            assertThat(toldOf("blocked", first)).isTrue();
            // The console has looked twice: nothing is new to it.
            assertThat(toldOf("nothing", first)).isFalse();
            try (BufferedReader second = changes(http)) {
                assertThat(toldOf("blocked", second)).isTrue();
            }
        }
    }

    /** Whether a page is told of a part, before it is told three times of what always changes, or that nothing does. */
    private static boolean toldOf(String part, BufferedReader lines) throws IOException {
        int ofProgress = 0;
        String line = lines.readLine();
        while (ofProgress < 3 && !":still here".equals(line)) {
            if (("event:" + part).equals(line)) {
                return true;
            }
            ofProgress += "event:progress".equals(line) ? 1 : 0;
            line = lines.readLine();
        }
        return false;
    }

    private static BufferedReader changes(HttpClient http) throws Exception {
        HttpResponse<String> signedIn = ConsoleClient.stranger(service).post("/console/sign-in", "token", "operators");
        String cookie =
                signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
        HttpResponse<java.io.InputStream> stream = http.send(
                HttpRequest.newBuilder(URI.create(service.base() + "/console/changes"))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static void read(BufferedReader lines, String wanted) throws Exception {
        String line = lines.readLine();
        while (!wanted.equals(line)) {
            assertThat(line).isNotNull();
            line = lines.readLine();
        }
    }
}
