package org.forgelog.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog explain}: an item of the table, and the events that made it what it is. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show an item of the table, and the events that made it what it is.")
final class ExplainCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Parameters(
            paramLabel = "KEY",
            description = "Partition and sort key with ' / ' between, for instance 'L#ada / L'.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String key;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ExplainCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        JsonNode explained = options.operator().get("/operator/explain?key=" + Operator.encoded(key));
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(explained);
            return ExitCodes.OK;
        }
        out.println("in table " + explained.path("table").asString(""));
        explained
                .path("item")
                .properties()
                .forEach(field -> out.println("  " + field.getKey() + ": " + field.getValue()));
        out.println("made by");
        EventsCommand.print(explained.path("events"), out);
        return ExitCodes.OK;
    }
}
