package org.forgelog.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command side in a JVM of its own, which can be killed. */
public final class CommandProcess implements AutoCloseable {

    private final Process process;

    private CommandProcess(Process process) {
        this.process = process;
    }

    /** Begins to start one; it is ready when it does something. */
    public static CommandProcess start(String jdbcUrl, Map<String, Object> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Daxoniq.update-checker.disabled=true",
                "-cp",
                System.getProperty("java.class.path"),
                CommandSideApplication.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + freePort(),
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.hikari.maximum-pool-size=12",
                "--spring.datasource.hikari.minimum-idle=1",
                "--forgelog.admin-token=" + CommandNode.ADMIN,
                "--forgelog.personal-data.master-keys=" + CommandNode.MASTER_KEY));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            Path output = Files.createTempFile("command-side", ".out");
            output.toFile().deleteOnExit();
            return new CommandProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Whether it is gone. */
    public boolean isGone() {
        return !process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
