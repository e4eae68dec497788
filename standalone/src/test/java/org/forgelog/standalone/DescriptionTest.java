package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.command.http.Routes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The OpenAPI description tells of every route, and answers are what it says. */
class DescriptionTest {

    private static DescribedService service;

    @BeforeAll
    static void start() {
        service = DescribedService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsOfEveryRouteAndOfNoOther() {
        Set<String> served = servedRoutes();
        Set<String> described = service.description().routes();
        assertThat(served).hasSizeGreaterThan(200);
        assertThat(without(served, described))
                .as("Served, but not described: add them to org.forgelog.api.openapi.Catalogue,"
                        + " then run OpenApiTest with -Ddocs.write=true")
                .isEmpty();
        assertThat(without(described, served))
                .as("Described, but not served: take them out of org.forgelog.api.openapi.Catalogue")
                .isEmpty();
    }

    private static Set<String> servedRoutes() {
        Set<String> routes = new TreeSet<>();
        // It is no route of the table, since no batch can be part of one.
        routes.add("POST /batch");
        new Routes().all().forEach(route -> routes.add(Description.route(route.method(), route.path())));
        RequestMappingHandlerMapping controllers =
                service.application().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        controllers.getHandlerMethods().forEach((mapping, handler) -> {
            if (!ErrorController.class.isAssignableFrom(handler.getBeanType())) {
                mapping.getMethodsCondition().getMethods().forEach(method -> mapping.getPatternValues().stream()
                        // Pages for people are not part of the API.
                        .filter(pattern -> !pattern.startsWith("/console"))
                        .forEach(pattern -> routes.add(Description.route(method.name(), pattern))));
            }
        });
        return routes;
    }

    private static Set<String> without(Set<String> these, Set<String> those) {
        Set<String> left = new TreeSet<>(these);
        left.removeAll(those);
        return left;
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        new Journey(service).go();
        assertThat(String.join("\n\n", service.problems())).isEmpty();
        assertThat(without(service.description().ids(), service.called()))
                .as("Described operations that the journey does not carry out: add them to it")
                .isEmpty();
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsNoticed() throws Exception {
        Description description = service.description();
        URI uri = URI.create("http://example.org/users/ada");
        Description.Operation operation = description.operation("GET", uri).orElseThrow();
        assertThat(operation.id()).isEqualTo("users/get-by-username");
        HttpResponse<String> answer = get("/versions");
        assertThat(description.problems(operation, 200, answer.headers(), answer.body()))
                .anyMatch(problem -> problem.contains("array found, object expected"));
        assertThat(description.problems(operation, 200, answer.headers(), "{\"nickname\": \"ada\"}"))
                .anyMatch(problem -> problem.contains("'login'"))
                .anyMatch(problem -> problem.contains("'nickname'"));
        assertThat(description.problems(operation, 418, answer.headers(), "{}"))
                .containsExactly("the status is not described");
        assertThat(description.problems(operation, URI.create("http://example.org/users/ada?colour=red"), "{}"))
                .hasSize(2);
    }

    @Test
    void theDescriptionIsTheOneInTheRepository() throws Exception {
        assertThat(get("/openapi.json").body()).isEqualTo(Files.readString(Path.of("../docs/openapi.json")));
    }

    @Test
    void thePageToBrowseItIsMadeOfWhatIsServedHere() throws Exception {
        HttpResponse<String> page = get("/docs");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'");
        Map<String, String> types = Map.of("css", "text/css", "js", "text/javascript");
        Matcher part = Pattern.compile("(?:src|href)=\"([^\"]+\\.(css|js))\"").matcher(page.body());
        Set<String> parts = new TreeSet<>();
        while (part.find()) {
            parts.add(part.group(1));
            HttpResponse<String> answer = get("/" + part.group(1));
            assertThat(answer.statusCode()).as(part.group(1)).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(types.get(part.group(2)));
            assertThat(answer.headers().firstValue("ETag")).isPresent();
        }
        assertThat(parts).hasSize(3);
        assertThat(page.body()).doesNotContain("//");
        assertThat(get("/docs/start.js").body()).contains("\"openapi.json\"").doesNotContain("http");
    }

    @Test
    void nothingElseOfTheLibraryIsServed() throws Exception {
        for (String path : Set.of("/docs/index.html", "/webjars/swagger-ui/index.html", "/docs/../page.html")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(service.base() + path)).build(), BodyHandlers.ofString());
        }
    }
}
