package org.forgelog.cli;

import java.util.Locale;
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
final class DirectoryCommand {

    private final ServiceOptions options;
    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DirectoryCommand(ServiceOptions options, boolean terminal) {
        this.options = options;
        this.terminal = terminal;
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
                        ? "%,d rows differ from the event log of %,d events. ./forgelog directory rebuild mends them."
                        : "%,d rows differ from the event log of %,d events.");
        return differs ? ExitCodes.WRONG : ExitCodes.OK;
    }

    @Command(mixinStandardHelpOptions = true, description = "Make the directory anew from the event log.")
    int rebuild() {
        tell(job("rebuild"), "%,d rows were mended from the event log of %,d events.");
        return ExitCodes.OK;
    }

    private JsonNode job(String name) {
        Operator operator = options.operator();
        JsonNode begun = operator.post("/admin/directory/" + name);
        return ServiceJob.await(
                operator, begun, options.progress(spec.commandLine().getOut(), terminal));
    }

    private void tell(JsonNode report, String sentence) {
        options.tell(spec.commandLine().getOut(), report, out -> {
            report.path("examples").forEach(example -> out.println(example.asString("")));
            out.println(String.format(
                    Locale.ROOT,
                    sentence,
                    differences(report),
                    report.path("events").asLong(0)));
        });
    }

    private static long differences(JsonNode report) {
        return report.path("differences").asLong(0);
    }
}
