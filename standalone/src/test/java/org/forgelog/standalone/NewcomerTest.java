package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.cli.ExitCodes;
import org.forgelog.cli.Terminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does with a running {@code up}: the demo, the tour of the README, the operator's commands. */
class NewcomerTest {

    @TempDir
    static Path folder;

    private static UpProcess up;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws InterruptedException {
        up = UpProcess.startReady(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        up.close();
    }

    private int forgelog(String... args) {
        Map<String, String> environment = Map.of(
                "FORGELOG_URL", up.jvm().url(), "FORGELOG_DATA", up.data().toString());
        return org.forgelog.cli.Main.run(
                environment, Terminal.NONE, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void theDemoHoldsTwiceInARow() {
        assertThat(forgelog("demo")).as("%s%n%s", out, err).isEqualTo(ExitCodes.OK);
        assertThat(forgelog("demo")).as("%s%n%s", out, err).isEqualTo(ExitCodes.OK);
        for (int pattern = 1; pattern <= 16; pattern++) {
            assertThat(out.toString()).contains("Pattern " + pattern + ": ");
        }
        assertThat(out.toString()).contains("read units", "checks hold");
    }

    @Test
    void theTrainingRunOfAStartFindsWhatItMade() throws Exception {
        AotTrainingRun.play(up.jvm().url(), up.adminToken());
        assertThat(up.service().get("/repos/training/repo/issues/1", null).status())
                .isEqualTo(200);
    }

    @Test
    void operatorsCommandsWork() {
        assertThat(forgelog("status")).as("%s%n%s", out, err).isEqualTo(ExitCodes.OK);
        assertThat(forgelog("replay", "in-place", "--yes"))
                .as("%s%n%s", out, err)
                .isEqualTo(ExitCodes.OK);
        assertThat(forgelog("directory", "verify")).as("%s%n%s", out, err).isEqualTo(ExitCodes.OK);
        assertThat(forgelog("directory", "rebuild")).as("%s%n%s", out, err).isEqualTo(ExitCodes.OK);
        assertThat(forgelog("replay", "start", "--token", "wrong")).isEqualTo(ExitCodes.REFUSED);
    }

    @Test
    void theTourOfTheReadmeWorks() throws Exception {
        Process tour = new ProcessBuilder("bash", "-euo", "pipefail", "-x", "-c", tour()).start();
        tour.getOutputStream().close();
        String printed = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(tour.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tour.waitFor()).as(errors + printed).isZero();
        assertThat(printed)
                .as(errors)
                .containsIgnoringCase("X-Forgelog-Cost: pattern=5")
                .containsPattern("\\{\\n  \"[a-z_]+\": ")
                .contains("\"Bernoulli numbers\"", "\"Overflow\"", "\"Fix overflow\"", "\"answers\"", "\"closed\"")
                .doesNotContain("\"documentation_url\"");
    }

    /** The commands of the README's tour, for the service under test. */
    private static String tour() throws IOException {
        Path readme = Path.of("").toAbsolutePath().resolveSibling("README.md");
        Matcher block = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
        assertThat(block.find()).as("README.md has a tour").isTrue();
        return "export FORGELOG_URL=" + up.jvm().url() + " FORGELOG_DATA=" + up.data() + "\n" + block.group(1);
    }
}
