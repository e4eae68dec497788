package org.forgelog.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog export}: the log as a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write the event log into a file: one event a line, as JSON, people's keys (encrypted with a master key, which is"
                    + " not in it), and a checksum in the last line.",
            "What is appended while it runs may be in it or not. The file appears when it is complete."
        })
final class ExportCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    private final ServiceOptions options;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ExportCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() throws IOException {
        Operator operator = options.operator();
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine line = options.progress(out);
        MessageDigest digest = Checksum.sha256();
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        ProjectionTables tables = new ProjectionTables(operator.get(ProjectionTables.PATH));
        long total = tables.events();
        long head = tables.json().path("head").asLong(0);
        long start = System.nanoTime();
        long events = 0;
        String trailer;
        PrivateFile.createAnew(partial);
        try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
            long after = 0;
            while (after < head) {
                JsonNode page = operator.get("/operator/events?after=" + after + "&limit=" + PAGE)
                        .path("events");
                write(page, writer, digest);
                events += page.size();
                // There is no empty page below the head.
                after = page.path(page.size() - 1).path("position").asLong(head);
                line.show(events, Math.max(total, events), Duration.ofNanos(System.nanoTime() - start));
            }
            write(keys(operator), writer, digest);
            trailer = String.format(Locale.ROOT, "{\"events\":%d,\"sha256\":\"%s\"}", events, Checksum.text(digest));
            writer.write(trailer + "\n");
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        line.finish(events, events, Duration.ofNanos(System.nanoTime() - start));
        if (options.json()) {
            out.println(trailer);
        }
        return ExitCodes.OK;
    }

    /** Read after the events, so that nobody's is missing. */
    private static List<JsonNode> keys(Operator operator) {
        List<JsonNode> keys = new ArrayList<>();
        long after = 0;
        JsonNode page = PersonalDataCommand.keys(operator, after);
        while (!page.isEmpty()) {
            page.forEach(keys::add);
            after = keys.getLast().path("person_key").asLong(0);
            page = PersonalDataCommand.keys(operator, after);
        }
        return keys;
    }

    private static void write(Iterable<JsonNode> lines, BufferedWriter writer, MessageDigest digest)
            throws IOException {
        for (JsonNode line : lines) {
            String text = line.toString() + "\n";
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            writer.write(text);
        }
    }
}
