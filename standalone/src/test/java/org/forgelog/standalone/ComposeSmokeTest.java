package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/** The parts of the compose file, run together where there is a Docker engine. */
class ComposeSmokeTest {

    private static final String ADMIN_TOKEN = "the-administrators-token";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    @BeforeAll
    static void needsDockerAndJars() {
        boolean docker = dockerIsThere();
        boolean jars = Files.exists(jar("command-side")) && Files.exists(jar("query-side"));
        if (!docker || !jars) {
            System.out.println("SKIPPED ComposeSmokeTest: " + (docker ? "the jars are not built" : "no Docker engine"));
        }
        assumeTrue(docker, "no Docker engine");
        assumeTrue(jars, "the jars are not built (mvn package)");
    }

    private static boolean dockerIsThere() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Path jar(String module) {
        String name = module.startsWith("embedded") ? module : "forgelog-" + module;
        return ComposeFileTest.ROOT.resolve(module).resolve("target/" + name + ".jar");
    }

    @Test
    void aWriteThroughTheGatewayIsReadThroughTheGateway() throws Exception {
        Map<String, Map<String, Object>> services = ComposeFileTest.services();
        try (Network network = Network.newNetwork();
                GenericContainer<?> postgres = engine(services, "postgres", network, 5432);
                GenericContainer<?> dynamodb = built(services, "dynamodb", "embedded-dynamodb", network, 8000)
                        .waitingFor(Wait.forHttp("/").forStatusCode(200).withStartupTimeout(START_LIMIT));
                GenericContainer<?> commands = side(services, "command-side", network);
                GenericContainer<?> queries = side(services, "query-side", network);
                GenericContainer<?> gateway = engine(services, "gateway", network, 8080)
                        .withCopyFileToContainer(
                                MountableFile.forHostPath(ComposeFileTest.ROOT.resolve("gateway/nginx.conf")),
                                "/etc/nginx/nginx.conf")) {
            for (GenericContainer<?> container : List.of(postgres, dynamodb, commands, queries, gateway)) {
                container.start();
            }
            Service service =
                    new Service(URI.create("http://" + gateway.getHost() + ":" + gateway.getMappedPort(8080)));
            String token = UpProcess.userWithRepository(service, ADMIN_TOKEN, "ada", "engine");
            UpProcess.created(service.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note G")));
            Answer read = service.get("/repos/ada/engine/issues/1", null);
            assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
        }
    }

    @SuppressWarnings("unchecked")
    private static GenericContainer<?> engine(
            Map<String, Map<String, Object>> services, String name, Network network, int port) {
        Map<String, Object> service = services.get(name);
        GenericContainer<?> container =
                new GenericContainer<>(service.get("image").toString());
        configure(container, service, name, network, port);
        if (service.get("command") instanceof List<?> command) {
            container.withCommand(((List<String>) command).toArray(String[]::new));
        }
        return container.waitingFor(Wait.forListeningPort().withStartupTimeout(START_LIMIT));
    }

    private static GenericContainer<?> side(Map<String, Map<String, Object>> services, String name, Network network) {
        return built(services, name, name, network, 8080, 8081)
                .waitingFor(Wait.forHttp("/actuator/health/readiness")
                        .forPort(8081)
                        .forStatusCode(200)
                        .withStartupTimeout(START_LIMIT));
    }

    private static GenericContainer<?> built(
            Map<String, Map<String, Object>> services, String name, String module, Network network, Integer... port) {
        Path folder = ComposeFileTest.ROOT.resolve(module);
        String jar = "target/" + jar(module).getFileName();
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", folder.resolve("Dockerfile"))
                .withFileFromPath("target/lib", folder.resolve("target/lib"))
                .withFileFromPath(jar, folder.resolve(jar));
        GenericContainer<?> container = new GenericContainer<>(image);
        configure(container, services.get(name), name, network, port);
        return container;
    }

    @SuppressWarnings("unchecked")
    private static void configure(
            GenericContainer<?> container,
            Map<String, Object> service,
            String name,
            Network network,
            Integer... ports) {
        container.withNetwork(network).withNetworkAliases(name).withExposedPorts(ports);
        if (service.get("environment") instanceof Map<?, ?> environment) {
            ((Map<String, Object>) environment)
                    .forEach((key, value) -> container.withEnv(
                            key,
                            value.toString().startsWith("${FORGELOG_ADMIN_TOKEN") ? ADMIN_TOKEN : value.toString()));
        }
    }
}
