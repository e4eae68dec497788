package org.forgelog.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog status}: whether the service is ready, and how far the table is behind the event log. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Say whether the service is ready and how far the projection is; ends with 1 when it is not ready.")
final class StatusCommand implements Callable<Integer> {

    private final ServiceOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    StatusCommand(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        Service service = options.service();
        JsonNode health = service.get("/actuator/health/readiness", null).body();
        String readiness = health.path("status").asString("UNKNOWN");
        JsonNode projection = options.operator().get("/operator/status");
        options.tell(spec.commandLine().getOut(), projection, out -> {
            out.println(service.url() + " is " + (readiness.equals("UP") ? "ready" : "not ready (" + readiness + ")"));
            out.println(String.format(
                    Locale.ROOT,
                    "  log         %,d events, the last at position %,d",
                    projection.path("events_total").asLong(0),
                    projection.path("head").asLong(0)));
            out.println(String.format(
                    Locale.ROOT,
                    "  projection  %,d events behind, at position %,d",
                    projection.path("lag").asLong(0),
                    projection.path("position").asLong(0)));
            int blocked = projection.path("stopped").size();
            out.println("  blocked     "
                    + (blocked == 0
                            ? "no event sequence"
                            : blocked + " event sequences: ./forgelog dead-letters list"));
        });
        return readiness.equals("UP") ? ExitCodes.OK : ExitCodes.WRONG;
    }
}
