package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be said about the images and the compose file without a Docker engine. */
class ComposeFileTest {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern BY_DIGEST = Pattern.compile(".+:[^@]+@sha256:[0-9a-f]{64}");

    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
        return (Map<String, Map<String, Object>>) file.get("services");
    }

    private static String dockerfile() throws IOException {
        return Files.readString(ROOT.resolve("Dockerfile"));
    }

    /** What the Dockerfile does for one of its images. */
    private static String stage(String name) throws IOException {
        String file = dockerfile();
        int begin = file.indexOf(" AS " + name + "\n");
        assertThat(begin).as("an image " + name).isPositive();
        int end = file.indexOf("\nFROM ", begin);
        return file.substring(begin, end < 0 ? file.length() : end);
    }

    private static String gateway() throws IOException {
        return Files.readString(ROOT.resolve("gateway/nginx.conf.template"));
    }

    @Test
    void hasTheEnginesTheSidesTheGatewayAndTheirSecrets() throws IOException {
        assertThat(services())
                .containsOnlyKeys("secrets", "postgres", "dynamodb", "command-side", "query-side", "gateway");
    }

    @Test
    void everyImageIsPinnedByItsDigest() throws IOException {
        services().forEach((name, service) -> {
            if (service.containsKey("image")) {
                assertThat(service.get("image").toString()).matches(BY_DIGEST);
            }
        });
        List<String> bases = Pattern.compile("^FROM (\\S+)", Pattern.MULTILINE)
                .matcher(dockerfile())
                .results()
                .map(match -> match.group(1))
                .filter(image -> !image.equals("base"))
                .toList();
        assertThat(bases).hasSize(3).allMatch(image -> BY_DIGEST.matcher(image).matches());
    }

    @Test
    void everyStepOfTheWorkflowIsPinnedByItsCommit() throws IOException {
        assertThat(Pattern.compile("uses: *(\\S+)")
                        .matcher(Files.readString(ROOT.resolve(".github/workflows/ci.yml")))
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .allMatch(step -> step.matches("[\\w/-]+@[0-9a-f]{40}"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyServiceIsConfinedAndLimited() throws IOException {
        for (Map.Entry<String, Map<String, Object>> entry : services().entrySet()) {
            Map<String, Object> service = entry.getValue();
            assertThat(service).as(entry.getKey()).containsEntry("read_only", true);
            assertThat(service.get("cap_drop")).as(entry.getKey()).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(entry.getKey()).isEqualTo(List.of("no-new-privileges:true"));
            assertThat(service.get("restart"))
                    .as(entry.getKey())
                    .isEqualTo(entry.getKey().equals("secrets") ? "no" : "unless-stopped");
            Map<String, Object> limits = (Map<String, Object>)
                    ((Map<String, Object>) ((Map<String, Object>) service.get("deploy")).get("resources"))
                            .get("limits");
            assertThat(limits).as(entry.getKey()).containsKeys("memory", "cpus");
            if (service.containsKey("image")) {
                assertThat(service.get("user").toString()).as(entry.getKey()).matches("[1-9]\\d*:[1-9]\\d*");
            } else {
                String target = ((Map<String, Object>) service.get("build"))
                        .get("target")
                        .toString();
                assertThat(target).isEqualTo(entry.getKey());
                String users = stage("base") + stage(target);
                assertThat(users.substring(users.lastIndexOf("\nUSER "))).matches("(?s)\nUSER [1-9]\\d*:[1-9]\\d*\n.*");
            }
        }
    }

    @Test
    void everyServiceThatStaysIsAskedForItsHealth() throws IOException {
        for (Map.Entry<String, Map<String, Object>> entry : services().entrySet()) {
            if (entry.getValue().containsKey("image")) {
                assertThat(entry.getValue()).as(entry.getKey()).containsKey("healthcheck");
            }
        }
        assertThat(stage("base")).contains("HEALTHCHECK", "/dev/tcp/127.0.0.1/8081", "GET /actuator/health/readiness ");
        assertThat(stage("dynamodb")).contains("HEALTHCHECK", "/dev/tcp/127.0.0.1/8000");
        assertThat(stage("gateway")).contains("HEALTHCHECK", "http://127.0.0.1:8080/gateway/health");
    }

    @Test
    void eachServiceWaitsForWhatItNeeds() throws IOException {
        assertThat(dependencies("postgres")).containsOnlyKeys("secrets");
        assertThat(dependencies("command-side")).containsOnlyKeys("postgres");
        assertThat(dependencies("query-side")).containsOnlyKeys("command-side", "dynamodb");
        assertThat(dependencies("gateway")).containsOnlyKeys("command-side", "query-side");
    }

    @Test
    void onlyTheGatewayIsOpenAndOnlyToThisMachine() throws IOException {
        services().forEach((name, service) -> {
            if (name.equals("gateway")) {
                assertThat(service.get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080", "127.0.0.1:8090:8090"));
            } else {
                assertThat(service).as(name).doesNotContainKey("ports");
            }
        });
    }

    @Test
    void noSecretIsWrittenDown() throws IOException {
        assertThat(services().toString()).doesNotContainPattern("(?i)PASSWORD=(?!/run)");
        for (String side : List.of("command-side", "query-side")) {
            assertThat(services().get(side).get("environment").toString())
                    .contains("configtree:/run/admin/,configtree:/run/database/", "FORGELOG_GATEWAY=gateway")
                    .doesNotContain("MANAGEMENT", "FORGELOG_ADMIN_TOKEN");
        }
        assertThat(stage("secrets")).contains("/admin/forgelog.admin-token", "/database/spring.datasource.password");
    }

    @Test
    void theImagesStartProgramsThatExist() throws Exception {
        Map<String, String> jars = Map.of(
                "command-side", "command-side/target/forgelog-command-side.jar",
                "query-side", "query-side/target/forgelog-query-side.jar",
                "dynamodb", "embedded-dynamodb/target/embedded-dynamodb.jar");
        for (Map.Entry<String, String> program : jars.entrySet()) {
            String stage = stage(program.getKey());
            assertThat(stage).contains("/source/" + program.getValue());
            String main = Pattern.compile("\"(org\\.forgelog\\.[A-Za-z.]+)\"")
                    .matcher(stage)
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElseThrow()
                    .replace("\"", "");
            assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
        }
    }

    @Test
    void theGatewaySendsReadsAndWritesToTheirSidesAndLooksForThemAgain() throws IOException {
        assertThat(gateway())
                .containsPattern("GET\\s+query_side;")
                .containsPattern("HEAD\\s+query_side;")
                .containsPattern("default\\s+command_side;")
                .contains("resolver ${NGINX_LOCAL_RESOLVERS} valid=5s")
                .containsPattern(
                        "upstream command_side \\{\\s+zone \\S+ 64k;\\s+server \\$\\{COMMAND_SIDE}:8080 resolve;")
                .containsPattern("upstream query_side \\{\\s+zone \\S+ 64k;\\s+server \\$\\{QUERY_SIDE}:8080 resolve;");
        for (String filledIn : List.of("NGINX_LOCAL_RESOLVERS", "COMMAND_SIDE", "QUERY_SIDE")) {
            assertThat(stage("gateway")).containsPattern("NGINX_ENVSUBST_FILTER=\"[^\"]*" + filledIn);
        }
        assertThat(gateway().chars().filter(c -> c == '{').count())
                .isEqualTo(gateway().chars().filter(c -> c == '}').count());
    }

    @Test
    void thePublicPortHidesWhatBelongsToOperators() throws IOException {
        String publicServer =
                gateway().substring(gateway().indexOf("listen 8080;"), gateway().indexOf("listen 8090;"));
        assertThat(publicServer)
                .containsPattern("if \\(\\$of_operators\\) \\{\\s+return 404;")
                .doesNotContain("8081");
        Pattern hidden = map("of_operators");
        for (String path : List.of(
                "/admin",
                "/admin/users",
                "/operator/replay",
                "/console",
                "/console/tables",
                "/actuator",
                "/actuator/prometheus",
                "/api/v3/admin/users",
                "/api/v3/operator/events",
                "/ADMIN/users",
                "/admin;x=y/users")) {
            assertThat(hidden.matcher(path).find()).as(path).isTrue();
        }
        for (String path : List.of("/repos/ada/admin", "/users/operator", "/administrators", "/", "/docs")) {
            assertThat(hidden.matcher(path).find()).as(path).isFalse();
        }
    }

    /** The pattern of the only rule of a map of nginx's. */
    private static Pattern map(String variable) throws IOException {
        String rule = Pattern.compile("map \\$uri \\$" + variable + " \\{\\s+~\\*(\\S+) 1;")
                .matcher(gateway())
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        return Pattern.compile(rule, Pattern.CASE_INSENSITIVE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> dependencies(String service) throws IOException {
        return (Map<String, Object>) services().get(service).get("depends_on");
    }
}
