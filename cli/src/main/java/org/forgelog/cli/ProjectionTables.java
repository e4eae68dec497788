package org.forgelog.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The tables that the log is projected into, as the service tells of them. */
record ProjectionTables(JsonNode json) {

    static final String PATH = "/operator/projections";
    private static final Map<String, String> STYLES = Map.of(
            "serving", "fg(green)",
            "ready", "fg(green)",
            "building", "fg(yellow)",
            "paused", "fg(yellow)");

    Optional<JsonNode> table(String name) {
        for (JsonNode table : json.path("tables")) {
            if (table.path("name").asString("").equals(name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** The one that is being built, or was built and does not serve. */
    Optional<JsonNode> beside() {
        for (JsonNode table : json.path("tables")) {
            if (isBuilding(table) || table.path("state").asString("").equals("ready")) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    static boolean isBuilding(JsonNode table) {
        String state = table.path("state").asString("");
        return state.equals("building") || state.equals("paused");
    }

    long events() {
        return json.path("events_total").asLong(0);
    }

    /** The one in this state, where there is one. */
    Optional<JsonNode> inState(String state) {
        for (JsonNode table : json.path("tables")) {
            if (table.path("state").asString("").equals(state)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    void print(PrintWriter out, Terminal terminal) {
        Table lines = new Table("table", "state", "position", "lag", "rate/s", "left", "verified", "read by", "blocked")
                .style(1, state -> terminal.styled(STYLES.getOrDefault(state, "bold"), state));
        for (JsonNode table : json.path("tables")) {
            JsonNode left = table.path("seconds_left");
            lines.row(
                    table.path("name").asString(""),
                    table.path("state").asString(""),
                    number(table.path("position")),
                    lag(table),
                    String.format(Locale.ROOT, "%,.0f", table.path("rate").asDouble(0)),
                    left.isNumber() ? ProgressLine.span(left.asLong()) : "",
                    table.path("verified_position").isNumber() ? "yes" : "no",
                    table.path("read_by").size() + " of " + json.path("nodes").size(),
                    number(table.path("stopped").size()));
        }
        lines.lines("").forEach(out::println);
        if (json.path("notice").isString()) {
            out.println();
            Text.print(out, json.path("notice").asString(), 0);
        }
        printSegments(out);
        Names names = Names.of(json);
        for (JsonNode table : json.path("tables")) {
            for (JsonNode stopped : table.path("stopped")) {
                Text.print(
                        out,
                        String.format(
                                Locale.ROOT,
                                "%s: %s is blocked at %,d: %s",
                                table.path("name").asString(""),
                                names.of(stopped.path("sequence").asString("")),
                                stopped.path("position").asLong(0),
                                stopped.path("error").asString("")),
                        2);
            }
        }
    }

    /** Of tables that several nodes project. */
    private void printSegments(PrintWriter out) {
        Table lines = new Table("table", "segment", "share", "position", "lag", "projected by");
        boolean any = false;
        for (JsonNode table : json.path("tables")) {
            JsonNode segments = table.path("segments");
            for (JsonNode segment : segments) {
                if (segments.size() > 1) {
                    any = true;
                    lines.row(
                            table.path("name").asString(""),
                            number(segment.path("segment")),
                            segment.path("slots").asInt(0) + "/16",
                            number(segment.path("position")),
                            number(segment.path("lag")),
                            segment.path("leader").asString(""));
                }
            }
        }
        if (any) {
            out.println();
            lines.lines("").forEach(out::println);
        }
    }

    /** {@code 5 (3 s)}: events, and how old the oldest of them is. */
    private static String lag(JsonNode table) {
        long seconds = table.path("lag_seconds").asLong(0);
        return number(table.path("lag")) + (seconds == 0 ? "" : " (" + ProgressLine.span(seconds) + ")");
    }

    private static String number(JsonNode value) {
        return number(value.asLong(0));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Watches a table until it is built, and answers what the service said last. */
    static ProjectionTables follow(Operator operator, String name, ProgressLine line) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            ProjectionTables now = new ProjectionTables(operator.get(PATH));
            JsonNode table = now.table(name)
                    .orElseThrow(() -> new CliFailure(ExitCodes.WRONG, "table " + name + " is no longer there."));
            long done = table.path("events_done").asLong(0);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (!isBuilding(table)) {
                line.finish(done, now.events(), elapsed);
                return now;
            }
            line.show(done, now.events(), elapsed);
            Thread.sleep(ReplayCommand.BETWEEN_LOOKS.toMillis());
        }
    }
}
