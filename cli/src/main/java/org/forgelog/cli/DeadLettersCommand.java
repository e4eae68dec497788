package org.forgelog.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog dead-letters}: blocked event sequences. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Blocked event sequences: show them, try them again, or go on without the event.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand implements Callable<Integer> {

    private static final String PATH = "/operator/dead-letters";
    private static final String SEQUENCE = "OWNER/NAME";
    private static final String WHICH = "The repository, or login, or sequence key (r:10).";

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DeadLettersCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return Main.help(spec);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "List what is blocked, and what was skipped; ends with 1 if anything is blocked.")
    int list() {
        JsonNode letters = options.operator().get(PATH);
        options.tell(spec.commandLine().getOut(), letters, out -> {
            Names names = Names.of(letters);
            letters(letters.path("stopped"), names).lines("").forEach(out::println);
            if (!letters.path("discarded").isEmpty()) {
                Table skipped = new Table("skipped", "of", "type", "by", "reason");
                letters.path("discarded")
                        .forEach(event -> skipped.row(
                                event.path("position").asLong(0),
                                names.of(event.path("sequence").asString("")),
                                event.path("type").asString(""),
                                event.path("by").asString(""),
                                event.path("reason").asString("")));
                skipped.lines("").forEach(out::println);
            }
        });
        return letters.path("stopped").isEmpty() ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Show one sequence with its error and the events that wait; ends with 1 if it is not blocked.")
    int show(@Parameters(paramLabel = SEQUENCE, description = WHICH) String sequence) {
        Operator operator = options.operator();
        JsonNode letter = operator.get(path(key(operator, sequence)));
        boolean stopped = !letter.path("stopped").isEmpty();
        options.tell(spec.commandLine().getOut(), letter, out -> {
            if (!stopped) {
                out.println(sequence + " is not blocked. Next: ./forgelog dead-letters list");
                return;
            }
            letters(letter.path("stopped"), Names.of(letter)).lines("").forEach(out::println);
            letter.path("stopped")
                    .forEach(stop -> Text.print(out, stop.path("error").asString(""), 2));
            EventsCommand.print(letter, true, out);
        });
        return stopped ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Try a sequence again, in every table; ends with 1 if it is blocked again.")
    int retry(@Parameters(paramLabel = SEQUENCE, description = WHICH) String sequence) {
        Operator operator = options.operator();
        return outcome(operator.post(path(key(operator, sequence)) + "/retry"), sequence);
    }

    @Command(
            aliases = "discard",
            mixinStandardHelpOptions = true,
            description = {
                "Skip the event that blocks a sequence, for good and in every table, and go on behind it.",
                "Unless the event is of a kind that has nothing to do with rights, the repository or organization remains"
                        + " visible to its owner alone."
            })
    int skip(
            @Parameters(paramLabel = SEQUENCE, description = WHICH) String sequence,
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
                    String reason,
            @Mixin Confirmation confirmation) {
        Operator operator = options.operator();
        confirmation.ask(
                options,
                spec.commandLine().getOut(),
                "This skips event " + position + " of " + sequence
                        + " for good: no table will ever have it. Unless it has nothing to do with rights, " + sequence
                        + " remains visible to its owner alone.");
        try {
            return outcome(
                    operator.post(path(key(operator, sequence)) + "/discard?position=" + position + "&reason="
                            + Operator.encoded(reason)),
                    sequence);
        } catch (CliFailure refused) {
            throw refused.exitCode() == ExitCodes.NOT_NOW ? refused.next("forgelog dead-letters list") : refused;
        }
    }

    private int outcome(JsonNode outcome, String sequence) {
        options.tell(spec.commandLine().getOut(), outcome, out -> outcome.path("tables")
                .properties()
                .forEach(table -> Text.print(
                        out,
                        table.getKey() + ": " + sequence + " "
                                + table.getValue().asString(""),
                        2)));
        boolean wrong = outcome.path("tables").valueStream().anyMatch(word -> {
            String text = word.asString("");
            return text.startsWith("blocked") || text.startsWith("not tried");
        });
        return wrong ? ExitCodes.WRONG : ExitCodes.OK;
    }

    private static Table letters(JsonNode stopped, Names names) {
        Table table = new Table("table", "of", "position", "type", "waiting", "error");
        stopped.forEach(stop -> table.row(
                stop.path("table").asString(""),
                names.of(stop.path("sequence").asString("")),
                stop.path("position").asLong(0),
                stop.path("type").asString(""),
                stop.path("waiting").asLong(0),
                stop.path("error").asString("")));
        return table;
    }

    /** The key of a sequence, which may be called by the name of its repository or account. */
    private static String key(Operator operator, String sequence) {
        if (sequence.contains(":")) {
            return sequence;
        }
        return Names.of(operator.get(PATH))
                .key(sequence)
                .orElseThrow(() ->
                        new CliFailure(ExitCodes.WRONG, sequence + " is not blocked.", "forgelog dead-letters list"));
    }

    private static String path(String sequence) {
        return PATH + "/" + Operator.encoded(sequence);
    }
}
