package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog replay}: has the table emptied and rebuilt from the event log, and watches. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Empty the table and rebuild it from the event log, with progress.",
            "Until it is done, reads are answered 503. Leaving this command with Ctrl-C does not stop the replay."
        })
final class ReplayCommand implements Callable<Integer> {

    static final String PATH = "/operator/replay";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

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
        Operator operator = new Operator(options.service(), options.token());
        PrintWriter out = spec.commandLine().getOut();
        ReplayState state = ReplayState.of(watchOnly ? operator.get(PATH) : operator.post(PATH));
        PrintWriter shown = options.json() ? new PrintWriter(PrintWriter.nullWriter()) : out;
        ProgressLine line = new ProgressLine(shown, terminal && !options.json());
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
