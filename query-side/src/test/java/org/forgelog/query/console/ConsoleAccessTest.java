package org.forgelog.query.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.query.EventFixtures;
import org.forgelog.query.QueryService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who gets into the console, and what a browser is let do with it. */
class ConsoleAccessTest {

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        service.log().append(EventFixtures.registered(1, "owner"));
        service.log().token(1, "owner", "owner-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Set<String> paths(String method) {
        Set<String> paths = new TreeSet<>();
        service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> {
                    if (mapping.getMethodsCondition().getMethods().toString().contains(method)) {
                        mapping.getPatternValues().stream()
                                .filter(path -> path.startsWith("/console") && !path.equals("/console/sign-in"))
                                .map(path -> path.replaceAll("\\{\\w+}", "1"))
                                .forEach(paths::add);
                    }
                });
        return paths;
    }

    @Test
    void nobodySeesAPageOrChangesAnythingWithoutSigningIn() {
        ConsoleClient stranger = ConsoleClient.stranger(service);
        assertThat(paths("GET")).hasSizeGreaterThan(3).allSatisfy(path -> {
            HttpResponse<String> answer = stranger.get(path);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/console/sign-in");
            assertThat(answer.body()).isEmpty();
            // A token for the API is none for the browser: other pages could have it sent along.
            assertThat(stranger.get(path, "Authorization", "token " + QueryService.ADMIN)
                            .statusCode())
                    .isEqualTo(303);
        });
        assertThat(paths("POST")).hasSizeGreaterThan(1).allSatisfy(path -> assertThat(
                        stranger.post(path, "action", "start").statusCode())
                .isEqualTo(303));
        assertThat(service.get("/operator/projections", QueryService.ADMIN)
                        .json()
                        .path("tables"))
                .hasSize(1);
    }

    @Test
    void whatIsFetchedIntoAPageTakesThePageToTheSignIn() {
        HttpResponse<String> answer = ConsoleClient.stranger(service).get("/console", "HX-Request", "true");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/console/sign-in");
    }

    @Test
    void operatorsAndAdministratorsSignIn() {
        for (String token : List.of("operators", QueryService.ADMIN)) {
            assertThat(ConsoleClient.signedIn(service, token).page("/console")).contains("Sign out");
        }
        ConsoleClient stranger = ConsoleClient.stranger(service);
        for (String token : List.of("", "owner-token", "guess")) {
            HttpResponse<String> answer = stranger.post("/console/sign-in", "token", token);
            assertThat(answer.statusCode()).as(token).isEqualTo(401);
            assertThat(answer.body()).contains("lets nobody operate");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void theCookieIsForTheConsoleAloneAndOutOfReach() {
        HttpResponse<String> answer = ConsoleClient.stranger(service)
                .post("/console/sign-in", "token", "operators", "back", "/console/actions");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("; Path=/console", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("operators", "Max-Age");
        assertThat(answer.headers().firstValue("Location")).hasValue("/console/actions");
        HttpResponse<String> elsewhere = ConsoleClient.stranger(service)
                .post("/console/sign-in", "token", "operators", "back", "//example.org/console");
        assertThat(elsewhere.headers().firstValue("Location")).hasValue("/console");
        HttpResponse<String> out = ConsoleClient.signedIn(service, "operators").post("/console/sign-out");
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }

    @Test
    void anotherSitesPageChangesNothingAndSignsNobodyIn() {
        ConsoleClient operator = ConsoleClient.signedIn(service, "operators");
        for (List<String> headers : List.of(
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"),
                List.of("Origin", "http://example.org"),
                List.of("Origin", "null"))) {
            assertThat(operator.postFrom(headers, "/console/table", "action", "start")
                            .statusCode())
                    .as("%s", headers)
                    .isEqualTo(403);
            assertThat(operator.postFrom(headers, "/console/sign-in", "token", "operators")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(operator.postFrom(List.of("Sec-Fetch-Site", "same-origin"), "/console/table", "action", "nothing")
                        .statusCode())
                .isEqualTo(303);
        assertThat(operator.postFrom(List.of("Origin", service.base()), "/console/table", "action", "nothing")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aPageIsMadeOfWhatIsServedHereAndIsKeptByNobody() {
        ConsoleClient operator = ConsoleClient.signedIn(service, "operators");
        HttpResponse<String> page = operator.get("/console");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(page.body()).doesNotContain("http://", "https://", "style=", "onclick", "<script>");
        Matcher part =
                Pattern.compile("(?:src|href)=\"(/console/assets/[^\"]+)\"").matcher(page.body());
        Set<String> parts = new TreeSet<>();
        while (part.find()) {
            parts.add(part.group(1));
        }
        assertThat(parts).hasSize(7).allSatisfy(path -> {
            HttpResponse<String> answer = ConsoleClient.stranger(service).get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).isPresent();
        });
        assertThat(ConsoleClient.stranger(service)
                        .get("/console/assets/package.json")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/sign-in?a=1&=2",
                "/console/events?=2",
                "/console/events?aggregate=%00",
                "/console/events?repository=%00",
                "/console/events?actor=%00",
                "/console/events?type=%00",
                "/console/events?from=%00",
                "/console/explorer?address=%00",
                "/console/explorer?address=/repos/%00/%00",
                "/console/explorer?address=/repos/ada/engine?%00=%00"
            })
    void whatStandsForNothingIsNoFailureOfOurs(String path) {
        HttpResponse<String> answer =
                ConsoleClient.signedIn(service, QueryService.ADMIN).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    }
}
