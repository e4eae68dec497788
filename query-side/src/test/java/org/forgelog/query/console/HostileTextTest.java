package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.forgelog.query.Eventually.until;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.forgelog.query.TestLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages show what anybody writes, and what links to them say, to those who may do everything. */
class HostileTextTest {

    private static final String HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)> hx-get=\"/x\"";

    private static QueryService service;
    private static ConsoleClient operator;
    private static long broken;
    private static long edited;

    @BeforeAll
    static void start() throws InterruptedException {
        service = QueryService.start();
        TestLog log = service.log();
        log.append(EventFixtures.registered(1, "ada"), EventFixtures.created(10, 1, "ada", "engine"));
        log.token(1, "ada", "ada-token");
        log.name(10, 1, "engine");
        log.append(
                EventFixtures.label(10, 11, HOSTILE),
                EventFixtures.issue(10, 1, 1, HOSTILE, HOSTILE),
                EventFixtures.commented(10, 1, 12, 1, HOSTILE),
                EventFixtures.milestone(10, 1, HOSTILE));
        edited = log.append(
                List.of(EventFixtures.edited(10, 1, HOSTILE + " again", HOSTILE + " again")),
                "{\"actor\": \"a:1\", \"requestId\": \"" + escaped() + "\"}");
        service.await();
        log.append(EventFixtures.created(20, 1, "ada", "blocked"));
        log.name(20, 1, "blocked");
        broken = log.appendRows(List.of(new TestLog.Row(HOSTILE, 1, "{\"text\": \"" + escaped() + "\"}", "r:20")));
        operator = ConsoleClient.signedIn(service, QueryService.ADMIN);
        until(() -> operator.page("/console/dead-letters").contains("ada/blocked"));
        operator.post(
                "/console/dead-letters/skip", "sequence", "r:20", "position", Long.toString(broken), "reason", HOSTILE);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String escaped() {
        return HOSTILE.replace("\"", "\\\"");
    }

    private static void assertHarmless(String path) {
        HttpResponse<String> answer = operator.get(path);
        assertThat(answer.statusCode()).as(path).isLessThan(500);
        assertThat(answer.body())
                .as(path)
                .doesNotContain("<script>alert", "<img src=x", "href=\"javascript:")
                .doesNotContainPattern("<[^>]*hx-get=\"/x");
        if (answer.statusCode() == 200) {
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void whatSomebodyWroteIsText() {
        for (String path : List.of(
                "/console",
                "/console/dead-letters",
                "/console/events",
                "/console/events?about=ada/engine",
                "/console/events/" + edited,
                "/console/events/" + broken,
                "/console/dead-letters/step?table=forgelog&position=" + broken,
                "/console/explorer?address=/repos/ada/engine",
                "/console/explorer?address=/repos/ada/engine/issues/1",
                "/console/explorer?address=/repos/ada/engine/labels",
                "/console/explorer?address=/repos/ada/engine/milestones",
                "/console/explorer?address=/repos/ada/engine/issues/1/comments",
                "/console/actions",
                "/console/cost",
                "/console/deployment")) {
            assertHarmless(path);
        }
        assertThat(operator.page("/console/events/" + edited)).contains("&lt;script&gt;alert(1)");
        assertThat(operator.page("/console/dead-letters")).contains("&lt;script&gt;alert(1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/sign-in?back=",
                "/console?done=",
                "/console/events?about=",
                "/console/events?actor=",
                "/console/events?type=",
                "/console/events?request=",
                "/console/events?from=",
                "/console/events?to=",
                "/console/events?before=",
                "/console/explorer?address=",
                "/console/explorer?address=/repos/ada/",
                "/console/explorer?address=/repos/ada/engine&as=",
                "/console/explorer?address=/repos/ada/engine&at=",
                "/console/dead-letters/step?position=1&table=",
                "/console/deployment?table="
            })
    void whatAnAddressSaysIsText(String address) {
        for (String hostile : List.of(HOSTILE, "javascript:alert(1)")) {
            assertHarmless(address + URLEncoder.encode(hostile, StandardCharsets.UTF_8));
        }
    }

    @Test
    void nobodyIsLedElsewhere() {
        ConsoleClient stranger = ConsoleClient.stranger(service);
        for (String back : List.of(
                "//example.org/console",
                "https://example.org/console",
                "/console@example.org",
                "/console/../../example.org",
                "/console\\example.org",
                "/console\r\nSet-Cookie: a=b",
                "/consolee",
                "javascript:alert(1)")) {
            HttpResponse<String> answer = stranger.post("/console/sign-in", "token", "operators", "back", back);
            assertThat(answer.headers().firstValue("Location")).as(back).hasValue("/console");
            assertThat(answer.headers().allValues("Set-Cookie")).hasSize(1);
        }
        for (String path :
                List.of("/console//example.org", "/console/%0d%0aSet-Cookie:a=b", "/console/%5cexample.org")) {
            assertThat(stranger.get(path).headers().firstValue("Location").orElse("/console/sign-in"))
                    .startsWith("/console/sign-in");
        }
    }

    @Test
    void anAddressWithoutAnEndIsNoFailureOfOurs() {
        HttpResponse<String> answer = ConsoleClient.stranger(service)
                .post("/console/sign-in", "token", "operators", "back", "/console" + "/a".repeat(100_000));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/console");
    }

    @Test
    void aSessionIsNobodyElsesToGive() {
        // The cookie is the token: one that somebody else set signs nobody in as more than they know.
        for (String cookie :
                List.of("forgelog-console=", "forgelog-console=Z3Vlc3M", "forgelog-console=%%%", "JSESSIONID=1")) {
            HttpResponse<String> answer = ConsoleClient.stranger(service).get("/console", "Cookie", cookie);
            assertThat(answer.statusCode()).as(cookie).isEqualTo(303);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }
}
