package org.forgelog.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code forgelog up}. Runs until it is stopped; the exit codes are those of {@link StartFailure}. */
@Command(
        name = "forgelog up",
        mixinStandardHelpOptions = true,
        description = "Start the service: both sides in one process, on an embedded PostgreSQL and DynamoDB.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "10:another up runs on the data folder",
            "11:the port is taken",
            "12:PostgreSQL ended by itself",
            "13:it could not start",
            "130, 143:stopped by Ctrl-C, by SIGTERM"
        })
public final class Main implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Port on 127.0.0.1 (8080).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (FORGELOG_DATA; default .forgelog beside the launcher).")
    private @Nullable Path data;

    @Option(names = "--training-run", hidden = true, description = "Start on an empty folder, do a little, and stop.")
    private boolean trainingRun;

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main(System.getenv()))
                .setExecutionExceptionHandler((failure, line, result) -> {
                    System.err.println("forgelog: " + failure.getMessage());
                    return failure instanceof StartFailure known ? known.exitCode() : StartFailure.NOT_STARTED;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (port < 1 || port > LAST_PORT) {
            throw new CommandLine.ParameterException(spec.commandLine(), port + " is not a port");
        }
        if (trainingRun) {
            return trained();
        }
        Path folder = data != null ? data : Path.of(environment.getOrDefault("FORGELOG_DATA", ".forgelog"));
        Standalone.Settings settings = new Standalone.Settings(folder, port, environment.get("FORGELOG_ADMIN_TOKEN"));
        return Standalone.run(settings, System.out);
    }

    private Integer trained() throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("forgelog-training-run");
        try {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            Standalone.trainingRun(
                    new Standalone.Settings(folder, free, UUID.randomUUID().toString()));
            return 0;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
