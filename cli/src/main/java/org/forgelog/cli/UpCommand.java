package org.forgelog.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Describes {@code forgelog up}; the launcher script starts the service itself, as a program of its own. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the service: both sides in one process, on an embedded PostgreSQL and DynamoDB.")
final class UpCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "PORT", description = "Port on 127.0.0.1 (default 8080).")
    private int port = 8080;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (FORGELOG_DATA; default .forgelog beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        throw new CliFailure(
                ExitCodes.USAGE,
                "start the service with the launcher: ./forgelog up --port " + port
                        + (data == null ? "" : " --data " + data));
    }
}
