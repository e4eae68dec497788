package org.forgelog.cli;

import java.io.PrintWriter;
import java.util.List;
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

    /** Of one attribute: a body may be long. */
    private static final int MOST_LINES = 4;

    private final ServiceOptions options;

    @Parameters(
            paramLabel = "ITEM",
            description = {
                "A URL, owner/name, owner/name#1, a login, or partition and sort key with ' / ' between:",
                "http://127.0.0.1:8080/repos/ada/engine/issues/1, ada/engine#1, 'R#10#I / 1'."
            })
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
        out.println("Item in table " + explained.path("table").asString(""));
        explained.path("item").properties().forEach(field -> print(field.getKey() + ": " + field.getValue(), out));
        out.println("Events that made it");
        EventsCommand.print(explained, false, out);
        return ExitCodes.OK;
    }

    private static void print(String attribute, PrintWriter out) {
        List<String> lines = Text.wrapped("  " + attribute, 4);
        lines.stream().limit(MOST_LINES).map(line -> Text.cut(line, Text.WIDTH)).forEach(out::println);
        if (lines.size() > MOST_LINES) {
            out.println("    ... (--json shows all of it)");
        }
    }
}
