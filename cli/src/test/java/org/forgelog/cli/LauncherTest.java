package org.forgelog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's search for a JDK, and what others have built for it; what else it does is tried by starting it. */
class LauncherTest {

    private static final Path LAUNCHER = launcher();

    @TempDir
    Path folder;

    private record Run(int exitCode, String output) {}

    private static Path launcher() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("forgelog")) ? here.resolve("forgelog") : here.resolveSibling("forgelog");
    }

    private Run forgelog(Map<String, String> environment) throws IOException, InterruptedException {
        return forgelog("--version", environment);
    }

    private Run forgelog(String argument, Map<String, String> environment) throws IOException, InterruptedException {
        // A copy: whatever it builds, it builds nothing here.
        Path copy = Files.copy(LAUNCHER, folder.resolve("forgelog"), StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder("bash", copy.toString(), argument).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("FORGELOG_TRACE", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Run(
                process.exitValue(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** A folder that looks like a JDK, whose {@code java} only says where it is. */
    private Path fakeJdk(String name, String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\necho ran " + name + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(folder.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(name);
    }

    @Test
    void aJdkThatIsTooOldIsRefusedByName() throws Exception {
        Path old = fakeJdk("old", "17.0.15");
        Run run = forgelog(Map.of("FORGELOG_JAVA_HOME", old.toString()));
        assertThat(run.exitCode()).isEqualTo(20);
        assertThat(run.output()).contains("FORGELOG_JAVA_HOME=" + old, "21 or later");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        Path old = fakeJdk("old", "17.0.15");
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve(".jdks"));
        Files.move(fakeJdk("enormous", "999.0.1"), home.resolve(".jdks").resolve("enormous"));
        Run run = forgelog(Map.of("JAVA_HOME", old.toString(), "HOME", home.toString(), "PATH", oldFirst(old)));
        assertThat(run.output()).contains("JDK " + home.resolve(".jdks").resolve("enormous"));
    }

    @Test
    void whereNoJdkIsNewEnoughItSaysWhatIsMissing() throws Exception {
        // A copy that thinks a version is needed which nobody has.
        Path copy = folder.resolve("forgelog");
        Files.writeString(copy, Files.readString(LAUNCHER).replace("readonly NEEDED=21", "readonly NEEDED=4711"));
        Process process = new ProcessBuilder("bash", copy.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(20);
        assertThat(output).contains("no JDK of version 4711 or later", "FORGELOG_JAVA_HOME");
    }

    @Test
    void whatSomebodyElseHasBuiltIsStartedAllTheSame() throws Exception {
        Path jdk = fakeJdk("enormous", "999.0.1");
        Files.createFile(Files.createDirectories(folder.resolve("target")).resolve("up.stamp"));
        // Root may write anywhere.
        Path touch =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("touch"), "exit 1\n");
        assertThat(touch.toFile().setExecutable(true)).isTrue();
        Run run = forgelog(
                "up", Map.of("FORGELOG_JAVA_HOME", jdk.toString(), "PATH", touch.getParent() + ":/usr/bin:/bin"));
        assertThat(run.output()).contains("ran enormous");
        assertThat(run.exitCode()).isZero();
    }

    private static String oldFirst(Path old) {
        return old.resolve("bin") + ":/usr/bin:/bin";
    }
}
