package org.forgelog.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code forgelog status}: whether the service is ready, and how far the table is behind the event log. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Say whether the service is ready and how far the table is; ends with 1 when it is not ready.")
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
            projection
                    .properties()
                    .forEach(field -> out.println("  " + field.getKey() + ": " + shown(field.getValue())));
        });
        return readiness.equals("UP") ? ExitCodes.OK : ExitCodes.WRONG;
    }

    private static String shown(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
