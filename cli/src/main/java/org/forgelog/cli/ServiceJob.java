package org.forgelog.cli;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Long work of the service's, which is begun, and asked for until it is done. */
final class ServiceJob {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private ServiceJob() {}

    /**
     * Waits for a job.
     *
     * @param begun what the service answered when it began
     * @return its report
     * @throws CliFailure when it failed
     */
    static JsonNode await(Operator operator, JsonNode begun, ProgressLine line) {
        long start = System.nanoTime();
        JsonNode job = begun;
        while (job.path("state").asString("").equals("running")) {
            line.show(
                    job.path("done").asLong(0),
                    job.path("total").asLong(0),
                    Duration.ofNanos(System.nanoTime() - start));
            pause();
            job = operator.get("/admin/jobs/" + begun.path("id").asString(""));
        }
        line.finish(
                job.path("done").asLong(0), job.path("total").asLong(0), Duration.ofNanos(System.nanoTime() - start));
        JsonNode failure = job.path("failure");
        if (failure.isObject()) {
            String message = failure.path("message").asString("");
            throw failure.path("status").asInt(0) == 409
                    ? new CliFailure(ExitCodes.NOT_NOW, "refused: " + message + ".")
                    : new CliFailure(ExitCodes.FAILED, "it failed: " + message + ".");
        }
        return job.path("report");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure(ExitCodes.FAILED, "interrupted; the service goes on.");
        }
    }
}
