package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog replay}: builds tables from the event log, and decides which one serves. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Build a table from the event log, beside the one that serves, and switch to it: start, verify, switch, drop.",
            "Leaving a command with Ctrl-C does not stop a replay."
        },
        synopsisSubcommandLabel = "COMMAND")
final class ReplayCommand implements Callable<Integer> {

    static final String PATH = "/operator/replay";
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final String TABLE = "TABLE";

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ReplayCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        return Main.help(spec);
    }

    @Command(
            name = "in-place",
            mixinStandardHelpOptions = true,
            description = {
                "Empty the table that serves and rebuild it from the event log.",
                "Reads are answered 503 until it is done. 'replay start' does the same without that."
            })
    int inPlace(@Mixin Confirmation confirmation) throws InterruptedException {
        Operator operator = options.operator();
        PrintWriter out = out();
        confirmation.ask(
                options,
                out,
                "This empties the table that serves; all reads are answered 503 until it is rebuilt from the log. 'forgelog"
                        + " replay start' builds another one beside it instead.");
        ReplayState state = new ReplayState(operator.post(PATH));
        ProgressLine line = options.progress(out);
        long start = System.nanoTime();
        while (state.running()) {
            line.show(state.done(), state.total(), since(start));
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            state = new ReplayState(operator.get(PATH));
        }
        line.finish(state.done(), state.total(), since(start));
        if (state.failed()) {
            throw new CliFailure(ExitCodes.WRONG, "the replay failed: " + state.error());
        }
        if (options.json()) {
            out.println(state.json());
        }
        return ExitCodes.OK;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(mixinStandardHelpOptions = true, description = "Begin to build a table beside the one that serves.")
    int start(
            @Option(
                            names = "--into",
                            paramLabel = "NAME",
                            description = "Name of the new table (default: the next that is free).")
                    @Nullable
                    String into,
            @Option(
                            names = "--rate",
                            paramLabel = "WCU",
                            description = "Write units a second that building may take (default: all there are).")
                    @Nullable
                    Long rate,
            @Option(names = "--follow", description = "Watch it until it is built.") boolean follow)
            throws InterruptedException {
        Operator operator = options.operator();
        ProjectionTables tables = act(operator, "start", into, rate, false);
        JsonNode begun = (into == null ? tables.beside() : tables.table(into))
                .orElseThrow(() -> new CliFailure(ExitCodes.WRONG, "the table is no longer there."));
        if (follow) {
            return followed(operator, begun.path("name").asString(""));
        }
        return told(tables);
    }

    @Command(mixinStandardHelpOptions = true, description = "Stop writing into a table until it is resumed.")
    int pause(@Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table) {
        return told(act(options.operator(), "pause", table, null, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "Go on, at another rate if one is given.")
    int resume(
            @Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table,
            @Option(names = "--rate", paramLabel = "WCU", description = "Write units a second from now on.") @Nullable
                    Long rate) {
        return told(act(options.operator(), "resume", table, rate, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "Give up a table that does not serve yet, and remove it.")
    int abort(@Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table) {
        return told(act(options.operator(), "abort", table, null, false));
    }

    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            description = {
                "Answer reads from the table that was built. Ends when all query nodes do; the table before stays current.",
                "Refused while the table is behind or unverified, or more event sequences are blocked in it."
            })
    int switchOver(
            @Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table,
            @Option(names = "--force", description = "Switch although it would be refused; asks.") boolean force,
            @Mixin Confirmation confirmation) {
        if (force) {
            confirmation.ask(
                    options,
                    out(),
                    "This answers reads from a table that may not have been verified, or has more blocked sequences.");
        }
        return told(act(options.operator(), "switch", table, null, force));
    }

    @Command(mixinStandardHelpOptions = true, description = "Answer reads again from the table that served before.")
    int rollback(
            @Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table,
            @Option(names = "--force", description = "Although it is behind; asks.") boolean force,
            @Mixin Confirmation confirmation) {
        if (force) {
            confirmation.ask(
                    options, out(), "This answers reads from the table that served before, although it may be behind.");
        }
        return told(act(options.operator(), "rollback", table, null, force));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Compare a table, item by item, with what the projectors make of the log.",
                "It may be read and written meanwhile. Ends with 1 when there are differences, and shows them."
            })
    int verify(
            @Parameters(
                            paramLabel = TABLE,
                            arity = "0..1",
                            description =
                                    "The table (default: the one to switch to, if any, else the one that serves).")
                    @Nullable
                    String table,
            @Option(
                            names = "--rate",
                            paramLabel = "RCU",
                            description = "Read units a second that it may take (default: all there are).")
                    @Nullable
                    Long rate)
            throws InterruptedException {
        Operator operator = options.operator();
        TableVerification last;
        try {
            last = TableVerification.run(operator, query(table, rate, false), options.progress(out()));
        } catch (CliFailure failure) {
            throw withNext(failure, "verify", operator);
        }
        options.tell(out(), last.json(), out -> {
            last.print(out);
            String next = last.isRight() ? NextStep.of(operator) : null;
            if (next != null) {
                out.println("Next: ./" + next);
            }
        });
        return last.isRight() ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Rebuild the items of one repository, in place and in every table, while they are read.",
                "Counts that several repositories add to are left as they are. Ends with 1 when the repository is blocked"
                        + " at an event."
            })
    int repository(@Parameters(paramLabel = "OWNER/NAME") String name) throws InterruptedException {
        Operator operator = options.operator();
        String path = PATH + "/repository?repository=" + Operator.encoded(name);
        JsonNode rebuilds = operator.post(path);
        while (rebuilds.path("tables").valueStream().anyMatch(JsonNode::isNull)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            rebuilds = operator.get(path);
        }
        JsonNode last = rebuilds;
        options.tell(out(), last, out -> last.path("tables")
                .properties()
                .forEach(table ->
                        Text.print(out, table.getKey() + ": " + table.getValue().asString(""), 2)));
        boolean rebuilt = last.path("tables").valueStream().allMatch(outcome -> outcome.asString("")
                .startsWith("rebuilt"));
        return rebuilt ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(mixinStandardHelpOptions = true, description = "Remove a table that served before; asks.")
    int drop(@Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table, @Mixin Confirmation confirmation) {
        String which = table == null ? "the table that served before" : "table " + table;
        confirmation.ask(
                options, out(), "This removes " + which + ". Going back to it takes a whole replay from then on.");
        return told(act(options.operator(), "drop", table, null, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "How far the tables are.")
    int status(
            @Parameters(paramLabel = TABLE, arity = "0..1") @Nullable String table,
            @Option(names = "--follow", description = "Watch it until it is built.") boolean follow)
            throws InterruptedException {
        Operator operator = options.operator();
        ProjectionTables tables = new ProjectionTables(operator.get(ProjectionTables.PATH));
        if (!follow) {
            return told(tables);
        }
        JsonNode followed = (table == null ? tables.beside() : tables.table(table))
                .orElseThrow(() ->
                        new CliFailure(ExitCodes.NOT_NOW, "there is no table to follow.", "forgelog replay start"));
        return followed(operator, followed.path("name").asString(""));
    }

    private int followed(Operator operator, String table) throws InterruptedException {
        return told(ProjectionTables.follow(operator, table, options.progress(out())));
    }

    private int told(ProjectionTables tables) {
        options.tell(out(), tables.json(), out -> {
            tables.print(out, options.terminal());
            String next = NextStep.of(tables);
            if (next != null) {
                out.println("Next: ./" + next);
            }
        });
        return ExitCodes.OK;
    }

    private static ProjectionTables act(
            Operator operator, String action, @Nullable String table, @Nullable Long rate, boolean force) {
        try {
            return new ProjectionTables(operator.post(PATH + "/" + action + query(table, rate, force)));
        } catch (CliFailure failure) {
            throw withNext(failure, action, operator);
        }
    }

    private static CliFailure withNext(CliFailure failure, String action, Operator operator) {
        return failure.exitCode() == ExitCodes.NOT_NOW
                ? failure.next(NextStep.afterRefusal(action, operator))
                : failure;
    }

    private static String query(@Nullable String table, @Nullable Long rate, boolean force) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (table != null) {
            query.add("table=" + Operator.encoded(table));
        }
        if (rate != null) {
            query.add("rate=" + rate);
        }
        if (force) {
            query.add("force=true");
        }
        return query.toString();
    }

    /** What the service says about a replay in place. */
    private record ReplayState(JsonNode json) {

        boolean running() {
            return word().equals("running");
        }

        boolean failed() {
            return word().equals("failed");
        }

        long done() {
            return json.path("done").asLong(0);
        }

        long total() {
            return json.path("total").asLong(0);
        }

        String error() {
            return json.path("error").asString("the service does not say why");
        }

        private String word() {
            return json.path("state").asString("").toLowerCase(Locale.ROOT);
        }
    }
}
