package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.forgelog.cli.Answer;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole set, built and started by the one command of the README, where there is a Docker engine. */
class ComposeSmokeTest {

    private static boolean started;

    @BeforeAll
    static void up() throws Exception {
        boolean docker = succeeds("docker", "info") && succeeds("docker", "compose", "version");
        if (!docker) {
            System.out.println("SKIPPED ComposeSmokeTest: no Docker engine, or no docker compose");
        }
        assumeTrue(docker, "no Docker engine, or no docker compose");
        started = true;
        assertThat(run(compose("up", "--build", "--detach", "--wait")))
                .as("docker compose up")
                .isZero();
    }

    @AfterAll
    static void down() throws Exception {
        if (started) {
            run(compose("down", "--volumes"));
        }
    }

    @Test
    void aWriteThroughTheGatewayIsReadThroughTheGateway() throws Exception {
        Service operators = new Service(URI.create("http://127.0.0.1:8090"));
        Service everybody = new Service(URI.create("http://127.0.0.1:8080"));
        String admin = output(compose("exec", "-T", "command-side", "cat", "/run/admin/forgelog.admin-token"));
        String token = UpProcess.userWithRepository(operators, admin, "ada", "engine");
        UpProcess.created(everybody.send("POST", "/repos/ada/engine/issues", token, Map.of("title", "Note G")));
        Answer read = everybody.get("/repos/ada/engine/issues/1", null);
        assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
        for (String path : List.of("/admin/users", "/operator/status", "/actuator/health", "/console")) {
            assertThat(everybody.get(path, admin).status()).as(path).isEqualTo(404);
        }
    }

    private static List<String> compose(String... words) {
        List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-name", "forgelog-test"));
        command.addAll(List.of(words));
        return command;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(ComposeFileTest.ROOT.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(ComposeFileTest.ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.strip();
    }
}
