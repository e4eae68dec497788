package org.forgelog.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog directory}: the lookup tables of the write side against the event log. */
@Command(
        name = "directory",
        mixinStandardHelpOptions = true,
        description =
                "Check or rebuild the command side's lookup tables (names, rights, numbers) against the event log.",
        synopsisSubcommandLabel = "COMMAND")
final class DirectoryCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DirectoryCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return Main.help(spec);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Compare the directory with the event log; ends with 1 when they differ.")
    int verify() {
        JsonNode report = job("verify");
        boolean differs = differences(report) > 0;
        tell(
                report,
                differs
                        ? "%,d rows differ from the event log of %,d events. Next: ./forgelog directory rebuild"
                        : "%,d rows differ from the event log of %,d events.");
        return differs ? ExitCodes.WRONG : ExitCodes.OK;
    }

    @Command(mixinStandardHelpOptions = true, description = "Make the directory anew from the event log.")
    int rebuild() {
        tell(job("rebuild"), "%,d rows were repaired from the event log of %,d events.");
        return ExitCodes.OK;
    }

    private JsonNode job(String name) {
        Operator operator = options.operator();
        JsonNode begun = operator.post("/admin/directory/" + name);
        try {
            return ServiceJob.await(
                    operator, begun, options.progress(spec.commandLine().getOut()));
        } catch (CliFailure refused) {
            // An event that cannot be read is what it is refused for.
            throw refused.exitCode() == ExitCodes.NOT_NOW ? refused.next("forgelog dead-letters list") : refused;
        }
    }

    private void tell(JsonNode report, String sentence) {
        options.tell(spec.commandLine().getOut(), report, out -> {
            report.path("examples").forEach(example -> Text.print(out, example.asString(""), 2));
            Text.print(
                    out,
                    String.format(
                            Locale.ROOT,
                            sentence,
                            differences(report),
                            report.path("events").asLong(0)),
                    0);
        });
    }

    private static long differences(JsonNode report) {
        return report.path("differences").asLong(0);
    }
}
