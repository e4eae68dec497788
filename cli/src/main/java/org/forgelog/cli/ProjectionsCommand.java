package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code forgelog projections}: how far the tables are that the log is projected into. */
@Command(
        name = "projections",
        mixinStandardHelpOptions = true,
        description = {
            "List the tables that the event log is projected into: which one serves, how far each is, who projects.",
            "Ends with 1 when event sequences are blocked."
        })
final class ProjectionsCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ServiceOptions options;

    @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--looks", hidden = true, description = "How often --watch looks.")
    private int looks = Integer.MAX_VALUE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ProjectionsCommand(ServiceOptions options) {
        this.options = options;
    }

    private void show(ProjectionTables tables, int look, PrintWriter out) {
        Terminal terminal = options.terminal();
        if (options.json()) {
            out.println(tables.json());
        } else if (watch && terminal.redraws()) {
            if (look == 0) {
                terminal.clear(out);
            }
            terminal.draw(out, screen -> tables.print(screen, terminal));
        } else {
            if (look > 0) {
                out.println();
            }
            tables.print(out, terminal);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Operator operator = options.operator();
        PrintWriter out = spec.commandLine().getOut();
        @Nullable ProjectionTables tables = null;
        for (int look = 0; look == 0 || (watch && look < looks); look++) {
            if (look > 0) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            tables = new ProjectionTables(operator.get(ProjectionTables.PATH));
            show(tables, look, out);
        }
        boolean stopped = tables != null
                && tables.json().path("tables").valueStream().anyMatch(table -> !table.path("stopped")
                        .isEmpty());
        return stopped ? ExitCodes.WRONG : ExitCodes.OK;
    }
}
