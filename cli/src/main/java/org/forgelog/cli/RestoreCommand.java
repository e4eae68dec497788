package org.forgelog.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog restore}: an exported log into an empty one. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restore an exported log into a service whose log is empty, with its positions; the directory is made from it.",
            "All of it is restored, or nothing. Who was forgotten since the export was made is taken out of it before"
                    + " anybody reads it."
        })
final class RestoreCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--forgotten",
            paramLabel = "LIST",
            description = "File of those who were forgotten since, as `forgelog personal-data forgotten` prints them.")
    private @Nullable Path forgotten;

    @Option(names = "--nobody-forgotten", description = "Nobody was forgotten since.")
    private boolean nobody;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    RestoreCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new CliFailure(ExitCodes.USAGE, file + " cannot be read.");
        }
        if (!Checksum.fits(file)) {
            throw new CliFailure(
                    ExitCodes.WRONG, file + " is not a whole export: its checksum does not fit. Nothing was restored.");
        }
        Operator operator = options.operator();
        JsonNode report;
        try {
            JsonNode begun = operator.upload("/admin/log/restore" + sinceForgotten(), file);
            report = ServiceJob.await(
                    operator, begun, options.progress(spec.commandLine().getOut()));
        } catch (CliFailure refused) {
            throw refused.exitCode() == ExitCodes.NOT_NOW
                    ? refused.next("forgelog up --data NEW-FOLDER --port 8081")
                    : refused;
        }
        options.tell(spec.commandLine().getOut(), report, out -> {
            out.println(String.format(
                    Locale.ROOT,
                    "%,d events were restored.",
                    report.path("events").asLong(0)));
            report.path("blocked")
                    .properties()
                    .forEach(blocked -> Text.print(
                            out,
                            blocked.getKey() + " is blocked by "
                                    + blocked.getValue().asString(""),
                            2));
        });
        return report.path("blocked").isEmpty() ? ExitCodes.OK : ExitCodes.WRONG;
    }

    /** The service refuses an export with people's keys where this is not said. */
    private String sinceForgotten() throws IOException {
        if (forgotten == null) {
            return nobody ? "?forgotten=none" : "";
        }
        List<String> ids = AccountList.read(forgotten);
        return "?forgotten=" + (ids.isEmpty() ? "none" : String.join(",", ids));
    }
}
