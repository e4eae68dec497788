package org.forgelog.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which command comes next, as the tables are. */
final class NextStep {

    private static final int MOST_TABLES = 4;

    private NextStep() {}

    /** On the way of a new table to the reads; {@code null} when none is on it. */
    static @Nullable String of(ProjectionTables tables) {
        return tables.beside().map(NextStep::ofCandidate).orElse(null);
    }

    /** The same, as far as the service tells. */
    static @Nullable String of(Operator operator) {
        try {
            return of(new ProjectionTables(operator.get(ProjectionTables.PATH)));
        } catch (CliFailure nothingKnown) {
            return null;
        }
    }

    private static String ofCandidate(JsonNode candidate) {
        return switch (candidate.path("state").asString("")) {
            case "paused" -> "forgelog replay resume";
            case "building" -> "forgelog replay status --follow";
            default ->
                candidate.path("verified_position").isNumber() ? "forgelog replay switch" : "forgelog replay verify";
        };
    }

    /** After {@code forgelog replay ACTION} was refused; {@code null} when nothing is known of the tables. */
    static @Nullable String afterRefusal(String action, Operator operator) {
        try {
            return afterRefusal(action, new ProjectionTables(operator.get(ProjectionTables.PATH)));
        } catch (CliFailure nothingKnown) {
            return null;
        }
    }

    private static String afterRefusal(String action, ProjectionTables tables) {
        Optional<JsonNode> candidate = tables.beside();
        boolean retired = tables.inState("retired").isPresent();
        return switch (action) {
            case "start" ->
                candidate
                        .map(NextStep::ofCandidate)
                        .orElse(
                                retired && tables.json().path("tables").size() >= MOST_TABLES
                                        ? "forgelog replay drop"
                                        : "forgelog projections");
            case "switch", "verify", "pause", "resume", "abort" ->
                candidate
                        .filter(table -> !table.path("stopped").isEmpty() && action.equals("switch"))
                        .map(table -> "forgelog dead-letters list")
                        .or(() -> candidate.map(NextStep::ofCandidate))
                        .orElse("forgelog replay start");
            default -> "forgelog projections";
        };
    }
}
