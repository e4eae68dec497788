package org.forgelog.query.console;

import java.util.ArrayList;
import java.util.List;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.TableStatus.Phase;

/** What can be done with each table as things are, and what it will do. Whether it may be is decided again when it is done. */
final class LegalActions {

    private static final String WRITE_UNITS = "Write units a second, at most (empty: no limit)";
    private static final String READ_UNITS = "Read units a second, at most (empty: no limit)";

    private final List<TableStatus> all;
    private final boolean mayCreate;
    private final long events;
    private final String serving;

    /**
     * @param all the tables
     * @param mayCreate whether tables may be made and removed
     * @param events how many the log has
     */
    LegalActions(List<TableStatus> all, boolean mayCreate, long events) {
        this.all = all;
        this.mayCreate = mayCreate;
        this.events = events;
        this.serving = all.stream()
                .filter(table -> table.phase() == Phase.SERVING)
                .map(table -> table.spec().name())
                .findFirst()
                .orElse("no table");
    }

    List<TableAction> of(TableStatus table) {
        String name = table.spec().name();
        return switch (table.phase()) {
            case SERVING -> ofServing(name);
            case BUILDING -> List.of(pause(name), rate(), abort(name));
            case PAUSED -> List.of(resume(name), abort(name));
            case READY -> ofReady(table, name);
            case RETIRED -> ofRetired(table, name);
            case DROPPING -> List.of();
        };
    }

    private List<TableAction> ofServing(String name) {
        List<TableAction> actions = new ArrayList<>();
        actions.add(verify(name));
        boolean building = all.stream()
                .anyMatch(other -> other.phase() == Phase.BUILDING
                        || other.phase() == Phase.PAUSED
                        || other.phase() == Phase.READY);
        if (mayCreate && !building) {
            actions.add(TableAction.of(
                            "start",
                            "Build a new table beside it",
                            "Makes another table and projects all " + Show.count(events, "event")
                                    + " of the log into it, while " + name
                                    + " goes on serving. Nobody reads from the new"
                                    + " table before you switch to it.")
                    .withRate(WRITE_UNITS));
        }
        if (mayCreate) {
            actions.add(TableAction.grave(
                    "in-place",
                    "Empty and rebuild in place",
                    "Empties " + name + " and projects all " + Show.count(events, "event")
                            + " of the log into it again. Every read is answered 503 until that is done. Building a new"
                            + " table beside it interrupts nobody."));
        }
        return actions;
    }

    private List<TableAction> ofReady(TableStatus table, String name) {
        List<TableAction> actions = new ArrayList<>();
        if (table.spec().verifiedPosition() != null) {
            actions.add(TableAction.of(
                    "switch",
                    "Switch reads to it",
                    "From now on reads are answered from " + name + " instead of " + serving
                            + ", on every node, once it has everything that was shown before: no read fails or misses"
                            + " anything. " + serving + " stays current, so that you can go back."));
        }
        actions.add(verify(name));
        actions.add(pause(name));
        actions.add(abort(name));
        return actions;
    }

    private List<TableAction> ofRetired(TableStatus table, String name) {
        List<TableAction> actions = new ArrayList<>();
        actions.add(TableAction.of(
                "rollback",
                "Roll back to it",
                "Reads are answered from " + name + " again instead of " + serving + ", which stays current."));
        actions.add(verify(name));
        actions.add(table.spec().paused() ? resume(name) : pause(name));
        actions.add(TableAction.grave(
                "drop",
                "Drop it",
                "Removes " + name + " and everything in it from DynamoDB, for good. There is no way back to it then;"
                        + " reads are answered from " + serving + " all the while."));
        return actions;
    }

    private static TableAction verify(String name) {
        return TableAction.of(
                        "verify",
                        "Verify against the log",
                        "Reads all of " + name
                                + " and compares it, item by item, with what the log says. Changes nothing"
                                + " and disturbs nobody but for the read units it takes.")
                .withRate(READ_UNITS);
    }

    private static TableAction pause(String name) {
        return TableAction.of(
                "pause", "Pause", "Nothing is written into " + name + " until you resume; it falls behind the log.");
    }

    private static TableAction resume(String name) {
        return TableAction.of("resume", "Resume", "Goes on writing into " + name + " where it was paused.")
                .withRate("Write units a second, at most (empty: as before)");
    }

    private static TableAction rate() {
        return TableAction.of(
                        "resume",
                        "Change the speed",
                        "Goes on with another limit; a build that takes less of the table's capacity takes longer.")
                .withRate("Write units a second, at most (empty: as before)");
    }

    private static TableAction abort(String name) {
        return TableAction.grave(
                "abort", "Give it up", "Removes " + name + ", which never served, and everything built so far.");
    }
}
