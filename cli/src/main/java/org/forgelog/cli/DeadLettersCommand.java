package org.forgelog.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog dead-letters}: sequences that stopped at an event. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Sequences of events that stopped: show them, try them again, or go on without the event.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand {

    private static final String PATH = "/operator/dead-letters";

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DeadLettersCommand(ServiceOptions options) {
        this.options = options;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "List what stopped, and what was discarded; ends with 1 if any stopped.")
    int list() {
        JsonNode letters = options.operator().get(PATH);
        options.tell(spec.commandLine().getOut(), letters, out -> {
            letters(letters.path("stopped")).lines("").forEach(out::println);
            if (!letters.path("discarded").isEmpty()) {
                Table discarded = new Table("discarded", "sequence", "type", "by", "reason");
                letters.path("discarded")
                        .forEach(event -> discarded.row(
                                event.path("position").asLong(0),
                                event.path("sequence").asString(""),
                                event.path("type").asString(""),
                                event.path("by").asString(""),
                                event.path("reason").asString("")));
                discarded.lines("").forEach(out::println);
            }
        });
        return letters.path("stopped").isEmpty() ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Show one sequence with its error and the events that wait; ends with 1 if it has not stopped.")
    int show(@Parameters(paramLabel = "SEQUENCE") String sequence) {
        JsonNode letter = options.operator().get(path(sequence));
        boolean stopped = !letter.path("stopped").isEmpty();
        options.tell(spec.commandLine().getOut(), letter, out -> {
            if (!stopped) {
                out.println(sequence + " has not stopped. Sequences are called as list shows them, r:10 for instance.");
                return;
            }
            letters(letter.path("stopped")).lines("").forEach(out::println);
            letter.path("stopped")
                    .forEach(stop -> out.println(stop.path("error").asString("")));
            EventsCommand.print(letter.path("events"), out);
        });
        return stopped ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Try a sequence again, in every table; ends with 1 if it stops again.")
    int retry(@Parameters(paramLabel = "SEQUENCE") String sequence) {
        return outcome(options.operator().post(path(sequence) + "/retry"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Leave the event out at which a sequence stopped, for good and in every table, and go on behind it.",
                "Unless the event is of a kind that has nothing to do with rights, the repository or organization remains"
                        + " visible to its owner alone."
            })
    int discard(
            @Parameters(paramLabel = "SEQUENCE") String sequence,
            @Option(
                            names = "--position",
                            required = true,
                            paramLabel = "POSITION",
                            description = "Of the event, as 'show' tells it.")
                    long position,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "For those who look later.")
                    String reason) {
        return outcome(options.operator()
                .post(path(sequence) + "/discard?position=" + position + "&reason=" + Operator.encoded(reason)));
    }

    private int outcome(JsonNode outcome) {
        options.tell(spec.commandLine().getOut(), outcome, out -> outcome.path("tables")
                .properties()
                .forEach(table -> out.println(
                        table.getKey() + ": " + outcome.path("sequence").asString("") + " "
                                + table.getValue().asString(""))));
        boolean wrong = outcome.path("tables").valueStream().anyMatch(word -> {
            String text = word.asString("");
            return text.startsWith("stopped") || text.startsWith("not tried");
        });
        return wrong ? ExitCodes.WRONG : ExitCodes.OK;
    }

    private static Table letters(JsonNode stopped) {
        Table table = new Table("table", "sequence", "position", "type", "waiting", "error");
        stopped.forEach(stop -> table.row(
                stop.path("table").asString(""),
                stop.path("sequence").asString(""),
                stop.path("position").asLong(0),
                stop.path("type").asString(""),
                stop.path("waiting").asLong(0),
                stop.path("error").asString("")));
        return table;
    }

    private static String path(String sequence) {
        return PATH + "/" + Operator.encoded(sequence);
    }
}
