package org.forgelog.query.operator;

import java.util.Map;
import java.util.Optional;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.query.operator.ActionLog.Recorded;
import org.forgelog.query.operator.ActionLog.Result;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.deployment.Verifications.Verification;
import org.forgelog.query.projection.repair.DeadLetters;
import org.forgelog.query.projection.repair.Rebuilds;
import org.jspecify.annotations.Nullable;

/** Everything that operators can change, each time recorded in the {@link ActionLog}, whoever asks for it and however. */
public final class Operations {

    private static final String THE_ONLY_ONE = "";
    private static final String A_NEW_ONE = "a new table";

    private final Projections projections;
    private final Replays replays;
    private final Verifications verifications;
    private final DeadLetters letters;
    private final Rebuilds rebuilds;
    private final ActionLog actions;

    public Operations(
            Projections projections,
            Replays replays,
            Verifications verifications,
            DeadLetters letters,
            Rebuilds rebuilds,
            ActionLog actions) {
        this.projections = projections;
        this.replays = replays;
        this.verifications = verifications;
        this.letters = letters;
        this.rebuilds = rebuilds;
        this.actions = actions;
    }

    /**
     * Changes what becomes of a table.
     *
     * @param action {@code start}, {@code pause}, {@code resume}, {@code abort}, {@code switch}, {@code rollback},
     *     {@code drop}
     * @param table where it is {@code null}, the only one that it can be
     * @param rate for {@code start} and {@code resume}: write units a second while the table is built
     * @param force for {@code switch} and {@code rollback}: although it would be refused
     * @return what whoever asked should know about it, if anything
     */
    public Recorded<Optional<String>> table(
            String operator, String action, @Nullable String table, @Nullable Long rate, boolean force) {
        return actions.record(
                operator,
                action + (force ? " --force" : "") + (rate == null ? "" : " at " + rate + " write units a second"),
                table != null ? table : action.equals("start") ? A_NEW_ONE : THE_ONLY_ONE,
                () -> Optional.ofNullable(act(action, table, rate, force)),
                notice -> notice.orElse(""));
    }

    private @Nullable String act(String action, @Nullable String table, @Nullable Long rate, boolean force) {
        return switch (action) {
            case "start" -> "table " + replays.start(table, rate) + " is being built";
            case "pause" -> {
                replays.pause(table);
                yield null;
            }
            case "resume" -> {
                replays.resume(table, rate);
                yield null;
            }
            case "abort" -> {
                replays.abort(table);
                yield null;
            }
            case "switch" -> replays.serve(table, force);
            case "rollback" -> replays.rollback(table, force);
            case "drop" -> {
                replays.drop(table);
                yield null;
            }
            default -> throw HttpFailure.notFound("Not Found");
        };
    }

    /** Has the table that serves emptied and built again; answers at once. */
    public Recorded<Boolean> rebuildInPlace(String operator) {
        return actions.record(
                operator,
                "rebuild in place",
                projections.serving().name(),
                () -> {
                    if (!projections.serving().engine().requestReplay()) {
                        throw HttpFailure.badRequest(
                                "There is no table, or forgelog.table.create forbids to remove it");
                    }
                    return true;
                },
                asked -> "the table is emptied and built again");
    }

    /**
     * Begins to compare a table with the log; what it finds is recorded when it ends.
     *
     * @param table the one that serves, when it is {@code null}
     * @param rate read units a second
     */
    public Recorded<Verification> verify(String operator, @Nullable String table, @Nullable Long rate) {
        long id = actions.begin(operator, "verify", table == null ? THE_ONLY_ONE : table);
        return actions.attempt(
                id,
                () -> verifications.start(table, rate, ended -> {
                    Report report = ended.report();
                    actions.end(
                            id,
                            report == null ? Result.FAILED : Result.DONE,
                            report == null ? String.valueOf(ended.error()) : words(report));
                }));
    }

    private static String words(Report report) {
        return report.ok()
                ? "verified: " + report.items() + " items, 0 differences"
                : report.differences() + " of " + report.items() + " items differ from what the log says";
    }

    /** Tries a blocked sequence again; answers what became of it, by table. */
    public Recorded<Map<String, String>> retry(String operator, String sequence) {
        return actions.record(operator, "retry", sequence, () -> letters.retry(sequence), Operations::words);
    }

    /** Leaves out of all tables, for good, the event at which a sequence is blocked. */
    public Recorded<Map<String, String>> skip(String operator, String sequence, long position, String reason) {
        return actions.record(
                operator,
                "skip event " + position,
                sequence,
                () -> letters.discard(sequence, position, reason, operator),
                Operations::words);
    }

    private static String words(Map<String, String> byTable) {
        StringBuilder text = new StringBuilder();
        byTable.forEach((table, became) -> text.append(text.isEmpty() ? "" : "; ")
                .append(table)
                .append(" ")
                .append(became));
        return text.toString();
    }

    /** Has all items of a sequence rebuilt in every table, in place. */
    public Recorded<Boolean> rebuild(String operator, String sequence) {
        return actions.record(
                operator,
                "rebuild",
                sequence,
                () -> {
                    rebuilds.start(sequence);
                    return true;
                },
                asked -> "under way in all tables");
    }
}
