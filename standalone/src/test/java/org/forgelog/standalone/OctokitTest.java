package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real client from npm against both sides, where there is Node.js to run it. */
class OctokitTest {

    private static final int NEEDED_NODE = 20;
    private static final Path SOURCES = ComposeFileTest.ROOT.resolve("standalone/src/test/octokit");
    /** Kept from run to run, so that the client is fetched once. */
    private static final Path INSTALLED = ComposeFileTest.ROOT.resolve("standalone/target/octokit");

    @TempDir
    Path folder;

    @Test
    void everythingWorksForAnUnmodifiedClient() throws Exception {
        String missing = whatIsMissing();
        if (missing != null) {
            System.out.println("SKIPPED OctokitTest: " + missing);
        }
        assumeTrue(missing == null, String.valueOf(missing));
        try (LocalService local = LocalService.start()) {
            Path output = folder.resolve("octokit.log");
            int code = run(
                    output,
                    Map.of("FORGELOG_URL", local.base(), "FORGELOG_ADMIN_TOKEN", LocalService.ADMIN),
                    "node",
                    "--test",
                    "suite.mjs");
            assertThat(code).as(Files.readString(output)).isZero();
        }
    }

    private @Nullable String whatIsMissing() throws IOException, InterruptedException {
        Path output = folder.resolve("node.log");
        if (run(output, Map.of(), "node", "--version") != 0) {
            return "no node on the PATH";
        }
        String version = Files.readString(output).strip().replaceFirst("^v", "");
        if (Integer.parseInt(version.split("\\.", 2)[0]) < NEEDED_NODE) {
            return "node is " + version + ", the client needs " + NEEDED_NODE;
        }
        Files.createDirectories(INSTALLED);
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "suite.mjs")) {
            Files.copy(SOURCES.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path stamp = INSTALLED.resolve("node_modules/.package-lock.json");
        if (Files.exists(stamp)
                && Files.getLastModifiedTime(stamp)
                                .compareTo(Files.getLastModifiedTime(SOURCES.resolve("package-lock.json")))
                        > 0) {
            return null;
        }
        return run(folder.resolve("npm.log"), Map.of(), "npm", "ci", "--ignore-scripts") == 0
                ? null
                : "npm cannot install the client: " + Files.readString(folder.resolve("npm.log"));
    }

    /** Runs a program in the client's folder; its exit code, or -1 where there is no such program. */
    private static int run(Path output, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return -1;
        }
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }
}
