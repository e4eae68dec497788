package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.forgelog.domain.Digests;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The conventions of {@code github-rest}, through a real server and a client that knows nothing of them. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "forgelog.admin-token=secret-of-the-admin",
            "server.address=127.0.0.1",
            "spring.flyway.enabled=false"
        })
class HttpConventionsTest {

    private static final String TOKEN = "fl_of-octocat";
    private static final String SUSPENDED = "fl_of-somebody-suspended";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/echo/{text}")
        Map<String, String> echo(@PathVariable String text, HttpServletRequest request) {
            return Map.of("text", text, "caller", Callers.of(request).key());
        }

        @PostMapping("/length")
        Map<String, Integer> length(InputStream body) throws IOException {
            return Map.of("length", body.readAllBytes().length);
        }

        @GetMapping("/fails")
        String fails() {
            throw new IllegalStateException("something with a password in it");
        }
    }

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = SharedEngines.freshDatabase();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        EventLogSchema.migrate(dataSource, true);
        properties.add("spring.datasource.url", () -> url);
    }

    @BeforeAll
    static void octocatHasAToken(@Autowired JdbcClient jdbc) {
        jdbc.sql("insert into account values (1, 'octocat', 'octocat', 'USER', false, false)")
                .update();
        jdbc.sql("insert into token values (2, 1, ?, '-octocat', '{}', null, now())")
                .param(Digests.sha256(TOKEN))
                .update();
        jdbc.sql("insert into account values (3, 'gone', 'gone', 'USER', true, false)")
                .update();
        jdbc.sql("insert into token values (4, 3, ?, 'f-gone__', '{}', null, now())")
                .param(Digests.sha256(SUSPENDED))
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/x", "/rate_limit", "/nowhere"})
    void whoIsSuspendedIsToldSoAndNothingElse(String path) throws Exception {
        HttpResponse<String> answer = get(path, "Authorization", "token " + SUSPENDED);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"message\":\"Sorry. Your account was suspended.\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token ", "bearer ", "Token ", "BEARER  "})
    void aTokenMayComeUnderEitherNameInAnyCase(String scheme) throws Exception {
        assertThat(get("/echo/x", "Authorization", scheme + TOKEN).body()).contains("\"caller\":\"a:1\"");
    }

    @Test
    void theAdministratorIsKnownByTheTokenOfTheConfiguration() throws Exception {
        assertThat(get("/echo/x", "Authorization", "token secret-of-the-admin").body())
                .contains("\"caller\":\"admin\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token wrong", "Basic b2N0b2NhdDp4", "token", "nonsense"})
    void aBadTokenIsRefusedEverywhere(String authorization) throws Exception {
        HttpResponse<String> answer = get("/echo/x", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"message\":\"Bad credentials\"", "\"status\":\"401\"", "\"documentation_url\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.github.v3+json",
                "application/vnd.github+json",
                "application/json",
                "*/*",
                "application/vnd.github.v3.star+json",
                "text/html",
                "nonsense"
            })
    void whateverIsAcceptedTheAnswerIsJson(String accept) throws Exception {
        HttpResponse<String> answer = get("/echo/x", "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    @Test
    void everyAnswerHasARequestIdAndSaysItsMediaType() throws Exception {
        HttpResponse<String> answer = get("/nowhere");
        assertThat(answer.headers().firstValue("x-github-request-id")).isPresent();
        assertThat(answer.headers().firstValue("x-github-media-type")).hasValue("github.v3; format=json");
        assertThat(get("/nowhere", "Accept", "application/vnd.github.star+json")
                        .headers()
                        .firstValue("x-github-media-type"))
                .hasValue("github.v3; param=star; format=json");
    }

    @Test
    void everyAnswerSaysWhichScopesAreAcceptedAndWhichATokenHas() throws Exception {
        String none = "token " + TOKEN;
        for (String[] refused : new String[][] {
            {"/nowhere", none}, {"/fails", none}, {"/echo/x;a=b", null}, {"/echo/x", "token wrong"}, {"/echo/x", null}
        }) {
            HttpResponse<String> answer =
                    refused[1] == null ? get(refused[0]) : get(refused[0], "Authorization", refused[1]);
            assertThat(answer.headers().firstValue("X-Accepted-OAuth-Scopes"))
                    .as(refused[0] + " " + refused[1])
                    .hasValue("");
            assertThat(answer.headers().firstValue("X-OAuth-Scopes"))
                    .as(refused[0] + " " + refused[1])
                    .isEqualTo(none.equals(refused[1]) ? Optional.of("") : Optional.empty());
        }
        assertThat(get("/echo/x", "Authorization", "token " + SUSPENDED)
                        .headers()
                        .firstValue("X-OAuth-Scopes"))
                .isPresent();
    }

    @Test
    void webPagesOfAnyOriginMayReadAnswersAndTypesAreNotGuessed() throws Exception {
        for (String path : new String[] {"/echo/x", "/nowhere", "/fails"}) {
            HttpResponse<String> answer = get(path, "Origin", "https://example.org");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(answer.headers()
                            .firstValue("Access-Control-Expose-Headers")
                            .orElseThrow())
                    .contains("ETag", "Link", "X-RateLimit-Remaining", "X-OAuth-Scopes");
        }
        HttpResponse<String> preflight = send(request("/echo/x")
                .headers("Origin", "https://example.org", "Access-Control-Request-Method", "PATCH")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElseThrow())
                .contains("PATCH");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/x;a=b", "/echo;a/x", "/actuator;x/health", "/;/echo/x", "/echo/x;"})
    void aPathHasNoParameters(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownVersionOfTheInterfaceIsRefused() throws Exception {
        assertThat(get("/echo/x", "X-GitHub-Api-Version", "2022-11-28").statusCode())
                .isEqualTo(200);
        assertThat(get("/echo/x", "X-GitHub-Api-Version", "1999-01-01").statusCode())
                .isEqualTo(400);
    }

    @Test
    void anUnknownRouteIsNotFoundInJson() throws Exception {
        HttpResponse<String> answer = get("/nowhere/at/all");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"message\":\"Not Found\"");
        assertThat(send(request("/echo/x").DELETE()).statusCode()).isEqualTo(404);
    }

    @Test
    void aFailureOfOursSaysNothingOfItself() throws Exception {
        HttpResponse<String> answer = get("/fails");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("Server Error").doesNotContain("password");
    }

    @Test
    void aPathPartMayHoldASlashAndAnyScript() throws Exception {
        assertThat(get("/echo/area%2Fcore").body()).contains("\"text\":\"area/core\"");
        assertThat(get("/echo/%E3%83%A9%E3%83%99%E3%83%AB").body()).contains("ラベル");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/%", "/echo/%zz", "/echo/a\\b", "/echo/%00", "/a b", "/echo/{x}"})
    void whatTomcatItselfRefusesIsJsonToo(String target) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("<html", "exception");
            assertThat(answer).contains("\"message\":", "x-github-media-type: github.v3; format=json");
        }
    }

    @Test
    void aBodyOfAMegabyteIsTakenAndOneByteMoreIsNot() throws Exception {
        byte[] largest = new byte[1 << 20];
        assertThat(send(request("/length").POST(BodyPublishers.ofByteArray(largest)))
                        .body())
                .isEqualTo("{\"length\":1048576}");
        HttpRequest.Builder larger = request("/length").POST(BodyPublishers.ofByteArray(new byte[largest.length + 1]));
        assertThat(send(larger).statusCode()).isEqualTo(413);
    }

    @Test
    void tenMegabytesAreRefusedWhetherOrNotTheirLengthIsTold() throws Exception {
        byte[] huge = new byte[10 << 20];
        assertThat(send(request("/length").POST(BodyPublishers.ofByteArray(huge)))
                        .statusCode())
                .isEqualTo(413);
        HttpResponse<String> chunked =
                send(request("/length").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("\"message\":\"Payload too large\"");
    }

    @Test
    void whatTheClientHasAlreadyIsNotSentAgain() throws Exception {
        String tag = get("/echo/x").headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            HttpResponse<String> answer = get("/echo/x", "If-None-Match", known);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("ETag")).hasValue(tag);
        }
        assertThat(get("/echo/x", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/x", "/nowhere"})
    void curlGetsWhatPeopleCanRead(String path) throws Exception {
        HttpResponse<String> compact = get(path);
        HttpResponse<String> pretty = get(path, "User-Agent", "curl/8.5.0");
        assertThat(pretty.statusCode()).isEqualTo(compact.statusCode());
        assertThat(compact.body()).doesNotContain("\n");
        assertThat(pretty.body()).startsWith("{\n  \"").contains("\": \"").endsWith("\n}\n");
        assertThat(ApiJson.mapper().readTree(pretty.body()))
                .isEqualTo(ApiJson.mapper().readTree(compact.body()));
        assertThat(pretty.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(pretty.body().length()));
    }

    @Test
    void whatIsIndentedHasAnotherTag() throws Exception {
        String tag = get("/echo/x").headers().firstValue("ETag").orElseThrow();
        String other = get("/echo/x", "User-Agent", "curl/8.5.0")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(other).isNotEqualTo(tag);
        HttpResponse<String> known = get("/echo/x", "User-Agent", "curl/8.5.0", "If-None-Match", other);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void whatTheClientHasAlreadyIsFreeAndWhatItOnlyClaimsToHaveIsNot() throws Exception {
        String token = "token " + TOKEN;
        HttpResponse<String> first = get("/echo/x", "Authorization", token);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        long used = used(first);
        assertThat(used(get("/echo/x", "Authorization", token, "If-None-Match", "*")))
                .isEqualTo(used + 1);
        assertThat(used(get("/echo/x", "Authorization", token, "If-None-Match", " * ")))
                .isEqualTo(used + 2);
        assertThat(used(get("/echo/x", "Authorization", token, "If-None-Match", tag)))
                .isEqualTo(used + 2);
    }

    private static long used(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("x-ratelimit-used").orElseThrow();
    }

    @Test
    void aTagIsGoodForOneCallerAndOneMediaType() throws Exception {
        String tag = get("/echo/x").headers().firstValue("ETag").orElseThrow();
        assertThat(get("/echo/x", "Authorization", "token " + TOKEN).headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(Optional.of(tag));
        assertThat(get("/echo/x", "Accept", "application/vnd.github.v3.star+json")
                        .headers()
                        .firstValue("ETag"))
                .isNotEqualTo(Optional.of(tag));
    }

    @Test
    void headAnswersWhatGetDoesWithoutABody() throws Exception {
        HttpResponse<String> answer = send(request("/echo/x").method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("ETag"))
                .isEqualTo(get("/echo/x").headers().firstValue("ETag"));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void errorsOfOperationsThatAreOursLeadToOurDocumentation() throws Exception {
        String base = "http://127.0.0.1:" + port;
        HttpResponse<String> ours = http.send(
                HttpRequest.newBuilder(URI.create(base + "/batch"))
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(ours.body()).contains("\"documentation_url\":\"" + base + "/docs#/batch\"");
        HttpResponse<String> githubs = http.send(
                HttpRequest.newBuilder(URI.create(base + "/repos/ada/engine")).build(), BodyHandlers.ofString());
        assertThat(githubs.body()).contains("\"documentation_url\":\"https://docs.github.com/rest\"");
    }
}
