package org.forgelog.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog import}: another forge's history from files. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import histories from GitHub: archives of migrations (tar.gz), hours of GH Archive (json.gz), lists of the REST API (json).",
            "What an earlier import took is not taken again: after an interruption, run the same command once more."
        })
final class ImportCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Imported one after the other.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Option(
            names = "--on-error",
            paramLabel = "stop|skip",
            defaultValue = "stop",
            description = "What to do about a record that cannot be read: ${DEFAULT-VALUE} by default.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String onError;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ImportCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() throws IOException {
        if (!onError.equals("stop") && !onError.equals("skip")) {
            throw new CliFailure(ExitCodes.USAGE, "--on-error is stop or skip.");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new CliFailure(ExitCodes.USAGE, file + " cannot be read.");
            }
        }
        Operator operator = options.operator();
        PrintWriter out = spec.commandLine().getOut();
        boolean broken = false;
        for (Path file : files) {
            JsonNode begun = operator.upload("/admin/imports?on_error=" + onError, file);
            JsonNode report = ServiceJob.await(operator, begun, options.progress(out));
            options.tell(out, report, text -> print(text, file, report));
            broken |= report.path("broken").asLong(0) > 0;
        }
        return broken ? ExitCodes.WRONG : ExitCodes.OK;
    }

    private static void print(PrintWriter out, Path file, JsonNode report) {
        double seconds = report.path("seconds").asDouble(0);
        long events = report.path("events").asLong(0);
        out.println(String.format(
                Locale.ROOT,
                "%s (%s): %,d records, %,d of them known before; %,d events in %.1f s, %,.0f/s.",
                file.getFileName(),
                report.path("format").asString(""),
                report.path("records").asLong(0),
                report.path("known").asLong(0),
                events,
                seconds,
                seconds <= 0 ? 0 : events / seconds));
        counts(out, "Taken", report.path("taken"));
        counts(out, "Mapped", report.path("mapped"));
        counts(out, "Left out", report.path("left_out"));
        long broken = report.path("broken").asLong(0);
        if (broken > 0) {
            out.println(String.format(Locale.ROOT, "Broken: %,d", broken));
            for (JsonNode fault : report.path("faults")) {
                out.println("  " + fault.path("where").asString("") + ": "
                        + fault.path("why").asString(""));
            }
        }
    }

    private static void counts(PrintWriter out, String title, JsonNode counts) {
        if (counts.isEmpty()) {
            return;
        }
        out.println(title + ":");
        counts.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String first = value.path("first").asString("");
            out.println(String.format(
                    Locale.ROOT,
                    "  %,9d  %s%s",
                    value.isNumber() ? value.asLong(0) : value.path("count").asLong(0),
                    entry.getKey(),
                    first.isEmpty() ? "" : " (first: " + first + ")"));
        });
    }
}
