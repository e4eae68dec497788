package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A comparison of a table with the log, as the service tells of it. */
record TableVerification(JsonNode json) {

    private static final String PATH = ReplayCommand.PATH + "/verify";
    /** Begins one, watches it, and answers how it ended. */
    static TableVerification run(Operator operator, String query, ProgressLine line) throws InterruptedException {
        long start = System.nanoTime();
        TableVerification last = new TableVerification(operator.post(PATH + query));
        String id = last.word("id");
        while (last.word("state").equals("running")) {
            line.show(last.number("done"), last.number("total"), Duration.ofNanos(System.nanoTime() - start));
            Thread.sleep(ReplayCommand.BETWEEN_LOOKS.toMillis());
            last = new TableVerification(operator.get(PATH + "?table=" + Operator.encoded(last.word("table"))));
            if (!last.word("id").equals(id)) {
                throw new CliFailure(ExitCodes.FAILED, "another comparison of the table has begun since.");
            }
        }
        line.finish(last.number("done"), last.number("total"), Duration.ofNanos(System.nanoTime() - start));
        if (last.word("state").equals("failed")) {
            throw new CliFailure(ExitCodes.FAILED, "the table could not be compared: " + last.word("error"));
        }
        return last;
    }

    boolean isRight() {
        return word("state").equals("right");
    }

    void print(PrintWriter out) {
        JsonNode report = json.path("report");
        out.println(String.format(
                Locale.ROOT,
                "%s: %,d items, %s%,d differences",
                word("table"),
                report.path("items").asLong(0),
                report.path("complete").asBoolean(true) ? "" : "at least ",
                report.path("differences").asLong(0)));
        out.println(String.format(
                Locale.ROOT,
                "  compared with the log up to %,d, in %.1f s, with %,.0f read units",
                report.path("position").asLong(0),
                report.path("seconds").asDouble(0),
                report.path("read_units").asDouble(0)));
        if (report.path("stopped").asLong(0) > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %,d event sequences are blocked, and were compared up to there",
                    report.path("stopped").asLong(0)));
        }
        for (JsonNode difference : report.path("first")) {
            Text.print(out, "  " + difference.path("text").asString(""), 4);
        }
        if (report.path("first").size() < report.path("differences").asLong(0)) {
            out.println("  and others");
        }
    }

    private String word(String name) {
        return json.path(name).asString("");
    }

    private long number(String name) {
        return json.path(name).asLong(0);
    }
}
