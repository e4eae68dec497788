package org.forgelog.cli;

import java.io.PrintWriter;
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

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DirectoryCommand(ServiceOptions options) {
        this.options = options;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Compare the directory with the event log; ends with 1 when they differ.")
    int verify() {
        return report(operator().post("/admin/directory/verify"), "The directory agrees with the event log.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Make the directory anew from the event log.")
    int rebuild() {
        return report(operator().post("/admin/directory/rebuild"), "The directory was rebuilt from the event log.");
    }

    private Operator operator() {
        return new Operator(options.service(), options.token());
    }

    private int report(JsonNode answer, String fine) {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode differences = answer.path("differences");
        boolean differs = !differences.isEmpty();
        if (options.json()) {
            out.println(answer);
        } else if (differs) {
            differences.forEach(
                    difference -> out.println(difference.isString() ? difference.asString() : difference.toString()));
            out.println(differences.size() + " differences. Run ./forgelog directory rebuild to mend them.");
        } else {
            out.println(fine);
        }
        return differs ? ExitCodes.WRONG : ExitCodes.OK;
    }
}
