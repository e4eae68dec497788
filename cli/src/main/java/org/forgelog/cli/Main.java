package org.forgelog.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.forgelog.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;

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
            "1:done, and something is not right (a demo answer, the directory, a table)",
            "2:the command line was not understood, or not confirmed",
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

    private Main(Map<String, String> environment, Terminal terminal) {
        this.options = new ServiceOptions(environment, terminal);
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        // The launcher knows which of our three streams are terminals.
        Terminal terminal = new Terminal(
                Boolean.getBoolean("cli.terminal"),
                Boolean.getBoolean("cli.colours"),
                Boolean.getBoolean("cli.keyboard")
                        ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                        : null);
        System.exit(run(System.getenv(), terminal, out, err, args));
    }

    /**
     * Runs one command line.
     *
     * @param terminal what {@code out} is
     * @return the exit code, one of {@link ExitCodes}
     */
    public static int run(
            Map<String, String> environment, Terminal terminal, PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main(environment, terminal.in(environment));
        CommandLine line = new CommandLine(main)
                .addSubcommand(new UpCommand())
                .addSubcommand(new DemoCommand(main.options))
                .addSubcommand(new StatusCommand(main.options))
                .addSubcommand(new ProjectionsCommand(main.options))
                .addSubcommand(new ReplayCommand(main.options))
                .addSubcommand(new DeadLettersCommand(main.options))
                .addSubcommand(new EventsCommand(main.options))
                .addSubcommand(new ExplainCommand(main.options))
                .addSubcommand(new DiffCommand(main.options))
                .addSubcommand(new ExportCommand(main.options))
                .addSubcommand(new RestoreCommand(main.options))
                .addSubcommand(new ImportCommand(main.options))
                .addSubcommand(new DirectoryCommand(main.options))
                .addSubcommand(new PersonalDataCommand(main.options))
                .addSubcommand(new CompletionCommand())
                .setColorScheme(Help.defaultColorScheme(main.options.terminal().ansi()))
                .setOut(out)
                .setErr(err)
                .setExitCodeExceptionMapper(Main::exitCode)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    tell(failure, main.options.json(), out, err);
                    return exitCode(failure);
                });
        CommandLine.IParameterExceptionHandler usage = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((failure, words) -> {
            if (!Arrays.asList(words).contains("--json")) {
                return usage.handleParseException(failure, words);
            }
            tell(failure, true, out, err);
            return ExitCodes.USAGE;
        });
        return line.execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    /** For commands that are nothing without a command of theirs. */
    static int help(CommandSpec spec) {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    /** Programs read failures where they read everything else. */
    private static void tell(Exception failure, boolean json, PrintWriter out, PrintWriter err) {
        String message = failure instanceof CliFailure || failure instanceof CommandLine.ParameterException
                ? String.valueOf(failure.getMessage())
                : failure.toString();
        String next = failure instanceof CliFailure known ? known.next() : null;
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("error", message);
            answer.put("exit_code", exitCode(failure));
            if (next != null) {
                answer.put("next", next);
            }
            out.println(JsonMapper.shared().writeValueAsString(answer));
            return;
        }
        Text.print(err, "forgelog: " + message, 2);
        if (next != null) {
            err.println("Next: ./" + next);
        }
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case CliFailure known -> known.exitCode();
            case CommandLine.ParameterException usage -> ExitCodes.USAGE;
            default -> ExitCodes.FAILED;
        };
    }
}
