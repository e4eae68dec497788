package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be said about the compose file without a Docker engine. */
class ComposeFileTest {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
        return (Map<String, Map<String, Object>>) file.get("services");
    }

    @Test
    void hasTheTwoEnginesTheTwoSidesAndTheGateway() throws IOException {
        assertThat(services()).containsOnlyKeys("postgres", "dynamodb", "command-side", "query-side", "gateway");
        services().forEach((name, service) -> assertThat(service)
                .as(name)
                .containsKey("healthcheck")
                .satisfiesAnyOf(s -> assertThat(s).containsKey("image"), s -> assertThat(s)
                        .containsKey("build")));
    }

    @Test
    void bothSidesWaitForWhatTheyNeed() throws IOException {
        assertThat(dependencies("command-side")).containsOnlyKeys("postgres");
        assertThat(dependencies("query-side")).containsOnlyKeys("command-side", "dynamodb");
        assertThat(dependencies("gateway")).containsOnlyKeys("command-side", "query-side");
    }

    @Test
    void onlyTheGatewayIsOpenAndOnlyToThisMachine() throws IOException {
        services().forEach((name, service) -> {
            if (name.equals("gateway")) {
                assertThat(service.get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080"));
            } else {
                assertThat(service).as(name).doesNotContainKey("ports");
            }
        });
    }

    @Test
    void theImagesStartProgramsThatExist() throws Exception {
        Map<String, String> jars = Map.of(
                "command-side", "forgelog-command-side.jar",
                "query-side", "forgelog-query-side.jar",
                "dynamodb", "embedded-dynamodb.jar");
        for (Map.Entry<String, String> program : jars.entrySet()) {
            String module = services().get(program.getKey()).get("build").toString();
            String dockerfile = Files.readString(ROOT.resolve(module).resolve("Dockerfile"));
            assertThat(dockerfile).contains("FROM eclipse-temurin:25-jre", "target/" + program.getValue());
            Matcher main = Pattern.compile("\"(org\\.forgelog\\.[A-Za-z.]+)\"").matcher(dockerfile);
            assertThat(main.find()).isTrue();
            assertThat(Class.forName(main.group(1)).getMethod("main", String[].class))
                    .isNotNull();
        }
    }

    @Test
    void healthAndMetricsHaveAPortOfTheirOwnThatTheGatewayDoesNotKnow() throws IOException {
        for (String side : List.of("command-side", "query-side")) {
            assertThat(Files.readString(ROOT.resolve(side).resolve("Dockerfile")))
                    .contains("ENV MANAGEMENT_SERVER_PORT=8081", "http://127.0.0.1:8081/actuator/health/readiness");
            assertThat(services().get(side).get("healthcheck").toString())
                    .contains("http://127.0.0.1:8081/actuator/health/readiness");
            assertThat(services().get(side).get("environment").toString())
                    .contains("FORGELOG_GATEWAY=gateway")
                    .doesNotContain("MANAGEMENT");
        }
        assertThat(Files.readString(ROOT.resolve("gateway").resolve("nginx.conf")))
                .doesNotContain("8081");
    }

    @Test
    void theGatewaySendsReadsAndWritesToTheirSides() throws IOException {
        String nginx = Files.readString(ROOT.resolve("gateway").resolve("nginx.conf"));
        assertThat(nginx)
                .containsPattern("GET\\s+query_side;")
                .containsPattern("HEAD\\s+query_side;")
                .containsPattern("default\\s+command_side;")
                .containsPattern("location /operator/ \\{\\s+proxy_pass http://query_side;")
                .containsPattern("location /admin/ \\{\\s+proxy_pass http://command_side;")
                .containsPattern("upstream command_side \\{\\s+server command-side:8080;")
                .containsPattern("upstream query_side \\{\\s+server query-side:8080;");
        assertThat(nginx.chars().filter(c -> c == '{').count())
                .isEqualTo(nginx.chars().filter(c -> c == '}').count());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> dependencies(String service) throws IOException {
        return (Map<String, Object>) services().get(service).get("depends_on");
    }
}
