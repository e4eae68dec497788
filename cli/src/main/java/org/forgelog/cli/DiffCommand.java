package org.forgelog.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog diff}: what differs between two moments of a repository or an account. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what differs between two moments of a repository or an account.")
final class DiffCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Parameters(paramLabel = "WHAT", description = "A repository, owner/name, or an account, by its login.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String of;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "A time (2026-01-31T12:00:00Z), the number of an event, or a position.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "Another one; now if it is left out.")
    private @Nullable String to;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DiffCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        JsonNode diff = options.operator()
                .get("/operator/diff?of=" + Operator.encoded(of) + "&from=" + Operator.encoded(from)
                        + (to == null ? "" : "&to=" + Operator.encoded(to)));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(diff);
            return ExitCodes.OK;
        }
        JsonNode differences = diff.path("differences");
        out.println(of + " from event " + diff.path("from").asString("") + " to event "
                + diff.path("to").asString("") + ": " + differences.size()
                + (differences.size() == 1 ? " difference" : " differences"));
        for (JsonNode difference : differences) {
            String change = difference.path("change").asString("");
            String mark = change.equals("added") ? "+ " : change.equals("removed") ? "- " : "~ ";
            out.println(Text.cut(mark + difference.path("what").asString(""), Text.WIDTH));
            if (!change.equals("removed")) {
                difference.path("fields").forEach(field -> print(field, change, out));
            }
        }
        return ExitCodes.OK;
    }

    private static void print(JsonNode field, String change, PrintWriter out) {
        String name = "    " + field.path("field").asString("") + ": ";
        out.println(Text.cut(
                change.equals("added")
                        ? name + field.path("to")
                        : name + field.path("from") + " -> " + field.path("to"),
                Text.WIDTH));
    }
}
