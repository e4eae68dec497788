package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog replay}: has the table emptied and rebuilt from the event log, and watches. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Empty the table and rebuild it from the event log, with progress; or, with a COMMAND, build another table"
                    + " beside it and switch to that one.",
            "Without a COMMAND, reads are answered 503 until it is done; with one, never. Leaving this command with Ctrl-C"
                    + " does not stop a replay."
        },
        synopsisSubcommandLabel = "[COMMAND]")
final class ReplayCommand implements Callable<Integer> {

    static final String PATH = "/operator/replay";
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final ServiceOptions options;
    private final boolean terminal;

    @Option(names = "--watch", description = "Start nothing, watch the replay that is running.")
    private boolean watchOnly;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ReplayCommand(ServiceOptions options, boolean terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = options.operator();
        PrintWriter out = spec.commandLine().getOut();
        ReplayState state = ReplayState.of(watchOnly ? operator.get(PATH) : operator.post(PATH));
        ProgressLine line = options.progress(out, terminal);
        long start = System.nanoTime();
        while (state.running()) {
            line.show(state.done(), state.total(), since(start));
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            state = ReplayState.of(operator.get(PATH));
        }
        line.finish(state.done(), state.total(), since(start));
        if (options.json()) {
            out.println(state.json());
        }
        if (state.failed()) {
            throw new CliFailure(ExitCodes.WRONG, "the replay failed: " + state.error());
        }
        return ExitCodes.OK;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
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

    @Command(mixinStandardHelpOptions = true, description = "Write nothing more into a table until it is resumed.")
    int pause(@Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table) {
        return told(act(options.operator(), "pause", table, null, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "Go on, at another rate if one is given.")
    int resume(
            @Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table,
            @Option(names = "--rate", paramLabel = "WCU", description = "Write units a second from now on.") @Nullable
                    Long rate) {
        return told(act(options.operator(), "resume", table, rate, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "Give a table up that does not serve yet, and remove it.")
    int abort(@Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table) {
        return told(act(options.operator(), "abort", table, null, false));
    }

    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            description = {
                "Answer reads from the table that was built. Ends when all query nodes do; the table before stays current.",
                "Refused while the table is behind or unverified, or more of it has stopped."
            })
    int switchOver(
            @Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table,
            @Option(names = "--force", description = "All the same.") boolean force) {
        return told(act(options.operator(), "switch", table, null, force));
    }

    @Command(mixinStandardHelpOptions = true, description = "Answer reads from the table again that served before.")
    int rollback(
            @Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table,
            @Option(names = "--force", description = "Although it is behind.") boolean force) {
        return told(act(options.operator(), "rollback", table, null, force));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Compare a table, item by item, with what the log says by a fold of its own.",
                "It may be read and written meanwhile. Ends with 1 when the table is wrong, and says where."
            })
    int verify(
            @Parameters(paramLabel = "TABLE", arity = "0..1", description = "The table (default: the one that serves).")
                    @Nullable
                    String table,
            @Option(
                            names = "--rate",
                            paramLabel = "RCU",
                            description = "Read units a second that it may take (default: all there are).")
                    @Nullable
                    Long rate)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        TableVerification last =
                TableVerification.run(options.operator(), query(table, rate, false), options.progress(out, terminal));
        options.tell(out, last.json(), last::print);
        return last.isRight() ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Rebuild the items of one repository, in place and in every table, while they are read.",
                "What is not what the log says is mended or removed. Counts that several repositories add to are left as"
                        + " they are. Ends with 1 when the repository has stopped at an event."
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
        options.tell(spec.commandLine().getOut(), last, out -> last.path("tables")
                .properties()
                .forEach(table ->
                        out.println(table.getKey() + ": " + table.getValue().asString(""))));
        boolean rebuilt = last.path("tables").valueStream().allMatch(outcome -> outcome.asString("")
                .startsWith("rebuilt"));
        return rebuilt ? ExitCodes.OK : ExitCodes.WRONG;
    }

    @Command(mixinStandardHelpOptions = true, description = "Remove a table that served before. There is no way back.")
    int drop(@Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table) {
        return told(act(options.operator(), "drop", table, null, false));
    }

    @Command(mixinStandardHelpOptions = true, description = "How far the table is that is built, or all of them.")
    int status(
            @Parameters(paramLabel = "TABLE", arity = "0..1") @Nullable String table,
            @Option(names = "--follow", description = "Watch it until it is built.") boolean follow)
            throws InterruptedException {
        Operator operator = options.operator();
        ProjectionTables tables = new ProjectionTables(operator.get(ProjectionTables.PATH));
        if (!follow) {
            return told(tables);
        }
        JsonNode followed = (table == null ? tables.beside() : tables.table(table))
                .orElseThrow(() -> new CliFailure(ExitCodes.NOT_NOW, "there is no table to follow."));
        return followed(operator, followed.path("name").asString(""));
    }

    private int followed(Operator operator, String table) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ProjectionTables last = ProjectionTables.follow(operator, table, options.progress(out, terminal));
        return told(last);
    }

    private int told(ProjectionTables tables) {
        options.tell(spec.commandLine().getOut(), tables.json(), tables::print);
        return ExitCodes.OK;
    }

    private static ProjectionTables act(
            Operator operator, String action, @Nullable String table, @Nullable Long rate, boolean force) {
        return new ProjectionTables(operator.post(PATH + "/" + action + query(table, rate, force)));
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

    /** What the service says about a replay. */
    record ReplayState(JsonNode json) {

        static ReplayState of(JsonNode json) {
            return new ReplayState(json);
        }

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
            return json.path("state").asString("");
        }
    }
}
