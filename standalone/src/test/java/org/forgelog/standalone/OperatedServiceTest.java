package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service as it runs in production: people sign in elsewhere, and it is watched by metrics, traces and JSON logs. */
class OperatedServiceTest {

    private static final Path DEPLOY = ComposeFileTest.ROOT.resolve("deploy");
    /** What Prometheus says itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    @TempDir
    static Path folder;

    /** Generous: the machine may be busy with other things. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static HttpServer elsewhere;
    private static RSAKey key;
    private static UpProcess up;
    private static final ByteArrayOutputStream TRACES = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/keys", exchange -> {
            byte[] body = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        elsewhere.createContext("/v1/traces", exchange -> {
            synchronized (TRACES) {
                exchange.getRequestBody().transferTo(TRACES);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
        up = UpProcess.startReady(
                folder.resolve("data"),
                Map.of(
                        "FORGELOG_OIDC_ISSUER", address(),
                        "FORGELOG_OIDC_JWK_SET_URI", address() + "/keys",
                        "FORGELOG_OIDC_AUDIENCE", "forgelog",
                        "FORGELOG_OIDC_ADMIN_GROUPS", "forge-admins",
                        "LOGGING_STRUCTURED_FORMAT_FILE", "ecs",
                        "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", address() + "/v1/traces",
                        "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULE_DELAY", "200ms"));
        Service service = up.service();
        UpProcess.created(service.send("POST", "/admin/users", up.adminToken(), Map.of("login", "ada")));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (up != null) {
            up.close();
        }
        elsewhere.stop(0);
    }

    private static String address() {
        return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
    }

    private static String token(String... groups) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer(address())
                        .audience("forgelog")
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .claim("preferred_username", "ada")
                        .claim("groups", List.of(groups))
                        .build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    @Test
    void whoSignedInElsewhereWritesAndReads() throws Exception {
        Service service = up.service();
        Answer made = service.send("POST", "/user/repos", token(), Map.of("name", "secret", "private", true));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(service.get("/repos/ada/secret", token()).status()).isEqualTo(200);
        assertThat(service.get("/repos/ada/secret", null).status()).isEqualTo(404);
        assertThat(service.send("POST", "/admin/users", token(), Map.of("login", "bob"))
                        .status())
                .isEqualTo(403);
        assertThat(service.send("POST", "/admin/users", token("forge-admins"), Map.of("login", "bob"))
                        .status())
                .isEqualTo(201);
        assertThat(service.get("/operator/status", token("forge-admins")).status())
                .isEqualTo(200);
        assertThat(service.get("/operator/status", token()).status()).isEqualTo(403);
        assertThat(service.get("/user", token() + "x").status()).isEqualTo(401);
    }

    @Test
    void aTraceGoesFromTheRequestToTheTableAndHasTheRequestsId() throws Exception {
        Service service = up.service();
        UpProcess.created(service.send("POST", "/user/repos", token(), Map.of("name", "traced")));
        Answer read = service.get("/repos/ada/traced", null);
        String id = read.headers().firstValue("X-GitHub-Request-Id").orElseThrow();
        await().atMost(LIMIT).until(() -> traces().contains(id));
        for (String name : List.of(
                "http post /user/repos",
                "command repos/create-for-authenticated-user",
                "append",
                "projection batch",
                "table TransactWriteItems",
                "http get /repos/{owner}/{repo}",
                "forgelog.request.id")) {
            await(name).atMost(LIMIT).until(() -> traces().contains(name));
        }
    }

    private static String traces() {
        synchronized (TRACES) {
            return TRACES.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void logsAreJsonWithTheIdOfTheRequest() throws Exception {
        List<String> lines = Files.readAllLines(up.data().resolve("forgelog.log"));
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode entry = JsonMapper.shared().readTree(line);
            assertThat(entry.path("@timestamp").isString()).isTrue();
            assertThat(entry.path("message").isMissingNode()).isFalse();
        });
    }

    @Test
    void everyMetricOfTheDashboardAndTheAlertsIsOneThatTheServiceHas() throws Exception {
        Service service = up.service();
        UpProcess.created(service.send("POST", "/user/repos", token(), Map.of("name", "measured")));
        UpProcess.created(service.send("POST", "/repos/ada/measured/issues", token(), Map.of("title", "one")));
        service.get("/repos/ada/measured/issues", null);
        Set<String> asked = new TreeSet<>(metricsIn(expressionsOfDashboard()));
        asked.addAll(metricsIn(expressionsOfAlerts()));
        asked.removeAll(OF_PROMETHEUS);
        assertThat(asked).hasSizeGreaterThan(25);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(exposed()).containsAll(asked));
        String scraped = scrape();
        assertThat(scraped)
                .containsPattern("http_server_requests_seconds_count\\{[^}]*method=\"POST\"[^}]*uri=\"/user/repos\"")
                .containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/repos/\\{owner}/\\{repo}/issues\"")
                .containsPattern("forgelog_commands_seconds_count\\{command=\"issues/create\"[^}]*outcome=\"done\"")
                .containsPattern("forgelog_append_seconds_bucket\\{")
                .containsPattern("forgelog_append_lock_wait_seconds_count [1-9]")
                .containsPattern("forgelog_visible_seconds_count [1-9]");
    }

    @Test
    void noMeterIsWarnedOf() throws Exception {
        Service service = up.service();
        String repository = "/repos/ada/metered";
        UpProcess.created(service.send("POST", "/user/repos", token(), Map.of("name", "metered")));
        for (int i = 0; i < 5; i++) {
            UpProcess.created(service.send("POST", repository + "/issues", token(), Map.of("title", "one")));
        }
        scrape();
        assertThat(Files.readAllLines(up.data().resolve("forgelog.log")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("WARN") && line.contains("micrometer"));
    }

    @Test
    void refusedCommandsAreCountedByTheirOutcome() throws Exception {
        Service service = up.service();
        assertThat(service.send("POST", "/repos/ada/nothing/issues", token(), Map.of("title", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(scrape())
                .containsPattern(
                        "forgelog_commands_seconds_count\\{command=\"issues/create\"[^}]*outcome=\"rejected\"");
    }

    @Test
    void everyAlertHasASectionInTheRunbook() throws IOException {
        String runbook = Files.readString(ComposeFileTest.ROOT.resolve("docs/operating/runbook.md"));
        Set<String> sections = Pattern.compile("^## (Forgelog\\w+)$", Pattern.MULTILINE)
                .matcher(runbook)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> alerts =
                alerts().stream().map(rule -> rule.get("alert").toString()).collect(Collectors.toSet());
        assertThat(sections).isEqualTo(alerts);
        assertThat(alerts()).allSatisfy(rule -> {
            String name = rule.get("alert").toString();
            assertThat(rule.get("annotations").toString())
                    .contains("summary=", "docs/operating/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(rule.get("labels").toString()).contains("severity=");
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> alerts() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(DEPLOY.resolve("prometheus/forgelog.rules.yaml")));
        return ((List<Map<String, Object>>) file.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                        .toList();
    }

    private static List<String> expressionsOfAlerts() throws IOException {
        return alerts().stream().map(rule -> rule.get("expr").toString()).toList();
    }

    private static List<String> expressionsOfDashboard() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DEPLOY.resolve("grafana/forgelog.json")));
        return dashboard
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString())
                .toList();
    }

    /** Names that are no functions, labels or words of the query language. */
    private static Set<String> metricsIn(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            String plain = expression
                    .replaceAll("\\{[^}]*}", "")
                    .replaceAll("\\[[^\\]]*]", "")
                    .replaceAll("\\b(by|without) \\([^)]*\\)", "");
            names.addAll(Pattern.compile("\\b[a-z][a-z_]*\\b(?!\\s*\\()")
                    .matcher(plain)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> name.contains("_") || name.equals("up"))
                    .toList());
        }
        return names;
    }

    private static Set<String> exposed() {
        return scrape().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scrape() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(up.jvm().url() + "/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
