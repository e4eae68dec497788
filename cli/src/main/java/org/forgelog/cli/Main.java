package org.forgelog.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.forgelog.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code forgelog}: the command line. */
@Command(
        name = "forgelog",
        mixinStandardHelpOptions = true,
        version = "Forgelog 0.1.0-SNAPSHOT",
        description = "A software forge's back end on an event log and one DynamoDB table.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, and something is not right (a demo answer, the directory, a replay)",
            "2:the command line was not understood",
            "3:nothing answers at the address",
            "4:no token, or the token was refused",
            "5:the service answered with another error",
            "6:refused as things are (a switch to a table that is behind)",
            "10 to 13:forgelog up: folder in use, port in use, an engine died, start failed",
            "20, 21:the launcher: no JDK or Maven, build failed"
        })
public final class Main {

    @Mixin
    final ServiceOptions options;

    private Main(Map<String, String> environment) {
        this.options = new ServiceOptions(environment);
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(run(System.getenv(), Boolean.getBoolean("forgelog.terminal"), out, err, args));
    }

    /**
     * Runs one command line.
     *
     * @param terminal whether {@code out} is a terminal, where a line can be drawn again
     * @return the exit code, one of {@link ExitCodes}
     */
    public static int run(
            Map<String, String> environment, boolean terminal, PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main(environment);
        CommandLine line = new CommandLine(main)
                .addSubcommand(new UpCommand())
                .addSubcommand(new DemoCommand(main.options))
                .addSubcommand(new StatusCommand(main.options))
                .addSubcommand(new ProjectionsCommand(main.options))
                .addSubcommand(new ReplayCommand(main.options, terminal))
                .addSubcommand(new DeadLettersCommand(main.options))
                .addSubcommand(new EventsCommand(main.options))
                .addSubcommand(new ExplainCommand(main.options))
                .addSubcommand(new ExportCommand(main.options, terminal))
                .addSubcommand(new RestoreCommand(main.options, terminal))
                .addSubcommand(new DirectoryCommand(main.options, terminal))
                .setOut(out)
                .setErr(err)
                .setExitCodeExceptionMapper(Main::exitCode)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    err.println(
                            "forgelog: " + (failure instanceof CliFailure ? failure.getMessage() : failure.toString()));
                    return exitCode(failure);
                });
        return line.execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case CliFailure known -> known.exitCode();
            case CommandLine.ParameterException usage -> ExitCodes.USAGE;
            default -> ExitCodes.FAILED;
        };
    }
}
