package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog events}: what the log says. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description =
                "Print events of the log, one a line, in their order: position, time (UTC), what, what happened, who.")
final class EventsCommand implements Callable<Integer> {

    private static final int PAGE = 500;
    private static final String INDENT = " ".repeat(10);
    /** Characters of a time down to its seconds, and one more. */
    private static final int SECONDS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ServiceOptions options;

    /** At most one of them. */
    static final class Selection {

        @Option(names = "--repository", paramLabel = "OWNER/NAME", description = "Only those of one repository.")
        private @Nullable String repository;

        @Option(names = "--sequence", paramLabel = "KEY", description = "Only those of one sequence, r:ID or a:ID.")
        private @Nullable String sequence;

        @Option(
                names = "--aggregate",
                paramLabel = "ID",
                description = "Only those of one aggregate, issue-10-7 for instance.")
        private @Nullable String aggregate;

        String query() {
            return part("repository", repository) + part("sequence", sequence) + part("aggregate", aggregate);
        }

        private static String part(String name, @Nullable String value) {
            return value == null ? "" : "&" + name + "=" + Operator.encoded(value);
        }
    }

    @ArgGroup
    private Selection selection = new Selection();

    @Option(names = "--since", paramLabel = "POSITION", description = "Only those after a position.")
    private long since;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--payload", description = "With what the event says, below its line.")
    private boolean payload;

    @Option(names = "--follow", description = "Wait for more, until Ctrl-C.")
    private boolean follow;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    EventsCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = options.operator();
        PrintWriter out = spec.commandLine().getOut();
        long after = since;
        long left = limit;
        while (left > 0) {
            JsonNode page = operator.get(
                    "/operator/events?after=" + after + "&limit=" + Math.min(left, PAGE) + selection.query());
            JsonNode events = page.path("events");
            if (options.json()) {
                events.forEach(out::println);
            } else {
                print(page, payload, out);
            }
            if (!events.isEmpty()) {
                left -= events.size();
                after = events.path(events.size() - 1).path("position").asLong(0);
            } else if (follow) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } else {
                break;
            }
        }
        return ExitCodes.OK;
    }

    /** @param answer with its events, and the names of what they are about */
    static void print(JsonNode answer, boolean payload, PrintWriter out) {
        Names names = Names.of(answer);
        for (JsonNode event : answer.path("events")) {
            out.println(Text.cut(
                    String.format(
                            "%8s  %s  %-22s  %s%s%s",
                            event.path("position").asString(""),
                            time(event.path("appended_at").asString("")),
                            subject(event, names),
                            event.path("type").asString(""),
                            actor(event, names),
                            event.has("discarded") ? ", skipped" : ""),
                    Text.WIDTH));
            if (payload) {
                Text.print(out, INDENT + event.path("payload"), INDENT.length());
            }
        }
    }

    private static String time(String instant) {
        return Text.cut(instant.replace('T', ' '), SECONDS).replace("…", "");
    }

    /** {@code ada/engine#7}: what the event is about. */
    private static String subject(JsonNode event, Names names) {
        String name = names.of(event.path("sequence").asString(""));
        JsonNode number = event.path("payload").path("number");
        return number.isIntegralNumber() ? name + "#" + number.asString() : name;
    }

    private static String actor(JsonNode event, Names names) {
        String actor = event.path("metadata").path("actor").asString("");
        return actor.isEmpty() ? "" : " by " + names.of(actor);
    }
}
