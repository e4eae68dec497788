package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.TableStatus.Phase;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.deployment.Verifications.Verification;
import org.forgelog.query.table.TableSchema.Contents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.core.exception.SdkException;

/** One new table on its way from being built to the removal of the one before, step by step. */
@RestController
class DeploymentController {

    static final String PATH = ConsoleAccess.ROOT + "/deployment";

    private static final Logger logger = LoggerFactory.getLogger(DeploymentController.class);

    private final Projections projections;
    private final Replays replays;
    private final Verifications verifications;
    private final EventLogReader log;
    private final Costs costs;
    private final Frames frames;
    private final Pages pages;

    DeploymentController(
            Projections projections,
            Replays replays,
            Verifications verifications,
            EventLogReader log,
            Costs costs,
            Frames frames,
            Pages pages) {
        this.projections = projections;
        this.replays = replays;
        this.verifications = verifications;
        this.log = log;
        this.costs = costs;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * One step.
     *
     * @param state {@code done}, {@code now} or {@code later}
     * @param table that its actions are for
     */
    record Step(int number, String title, String state, String text, String table, List<TableAction> actions) {}

    /**
     * A verification.
     *
     * @param percent how far it is while it runs
     * @param differences the first items that are not what the log says
     */
    record Verified(
            String table,
            boolean running,
            long percent,
            String outcome,
            boolean right,
            List<ItemView> differences,
            long more) {}

    /**
     * What the page shows.
     *
     * @param building the table that is built; {@code null} when none is
     */
    record DeploymentPage(
            Frame frame,
            @Nullable TableCard building,
            Costs.Estimate estimate,
            List<Step> steps,
            @Nullable Verified verified) {}

    @GetMapping(PATH)
    ResponseEntity<String> page(HttpServletRequest request) {
        long events = log.countAfter(0);
        List<TableStatus> tables = replays.tables();
        LegalActions legal = new LegalActions(tables, projections.settings().mayCreate(), events);
        TableStatus candidate = find(tables, Phase.BUILDING, Phase.PAUSED, Phase.READY);
        TableStatus retired = find(tables, Phase.RETIRED);
        TableStatus serving = find(tables, Phase.SERVING);
        return pages.show(
                "deployment",
                new DeploymentPage(
                        frames.of(request, Section.DEPLOYMENT),
                        candidate == null ? null : TableCard.of(candidate, events, List.of()),
                        costs.estimate(events, held()),
                        steps(candidate, retired, serving, legal),
                        verified(verifications.last(null))));
    }

    /** What the table that serves holds; {@code null} where DynamoDB does not say. */
    private @Nullable Contents held() {
        try {
            return projections.serving().schema().contents();
        } catch (SdkException e) {
            logger.warn("DynamoDB does not say what the table holds: {}", e.getMessage());
            return null;
        }
    }

    private static @Nullable TableStatus find(List<TableStatus> tables, Phase... phases) {
        return tables.stream()
                .filter(table -> List.of(phases).contains(table.phase()))
                .reduce((first, later) -> later)
                .orElse(null);
    }

    private static List<Step> steps(
            @Nullable TableStatus candidate,
            @Nullable TableStatus retired,
            @Nullable TableStatus serving,
            LegalActions legal) {
        boolean built = candidate != null && candidate.phase() == Phase.READY;
        boolean verified = built && candidate != null && candidate.spec().verifiedPosition() != null;
        boolean switched = candidate == null && retired != null;
        List<Step> steps = new ArrayList<>();
        steps.add(step(
                1,
                "Build",
                built || switched ? "done" : "now",
                candidate == null
                        ? "A new table is made beside the one that serves, and all of the log is projected into it."
                        : candidate.spec().name() + (built ? " is built, and follows the log." : " is being built."),
                candidate == null ? serving : candidate,
                legal,
                "start",
                "pause",
                "resume",
                "abort"));
        steps.add(step(
                2,
                "Verify",
                verified || switched ? "done" : built ? "now" : "later",
                "Every item of the new table is compared with what the log says.",
                built ? candidate : null,
                legal,
                "verify"));
        steps.add(step(
                3,
                "Switch",
                switched ? "done" : verified ? "now" : "later",
                "Reads are answered from the new table, on every node; none fails, none misses anything.",
                verified ? candidate : null,
                legal,
                "switch"));
        steps.add(step(
                4,
                "Wait, ready to go back",
                switched ? "now" : "later",
                retired == null
                        ? "The table before stays current, so that you can go back at once. It costs what it always did."
                        : retired.spec().name()
                                + " is kept current since it served last. Every event is written into it, too.",
                retired,
                legal,
                "rollback"));
        steps.add(step(
                5,
                "Drop the table before",
                switched ? "now" : "later",
                "It is removed from DynamoDB, for good.",
                retired,
                legal,
                "drop"));
        return steps;
    }

    private static Step step(
            int number,
            String title,
            String state,
            String text,
            @Nullable TableStatus table,
            LegalActions legal,
            String... actions) {
        return new Step(
                number,
                title,
                state,
                text,
                table == null ? "" : table.spec().name(),
                table == null
                        ? List.of()
                        : legal.of(table).stream()
                                .filter(action -> List.of(actions).contains(action.name()))
                                .toList());
    }

    private static @Nullable Verified verified(@Nullable Verification last) {
        if (last == null) {
            return null;
        }
        Report report = last.report();
        if (report == null) {
            long total = Math.max(1, last.progress().total());
            return new Verified(
                    last.table(),
                    last.isRunning(),
                    100 * last.progress().done() / total,
                    last.isRunning() ? "is being compared" : "could not be compared: " + last.error(),
                    false,
                    List.of(),
                    0);
        }
        return new Verified(
                last.table(),
                false,
                100,
                report.ok()
                        ? "was verified: " + Show.count(report.items(), "item") + ", 0 differences, up to position "
                                + Show.number(report.position()) + ", in "
                                + Show.decimal(report.duration().toMillis() / 1000.0)
                                + " s for " + Show.decimal(report.readUnits()) + " read units"
                        : "differs from the log in " + Show.count(report.differences(), "item") + " of "
                                + Show.number(report.items()),
                report.ok(),
                report.details().stream().map(DeploymentController::view).toList(),
                report.differences() - report.details().size());
    }

    private static ItemView view(Difference difference) {
        String note =
                switch (difference.kind().name()) {
                    case "MISSING" -> "missing";
                    case "UNEXPECTED" -> "should not be there";
                    case "WRONG_COUNT" -> "counts wrong";
                    default -> "differs";
                };
        return new ItemView(
                difference.pk() + " / " + difference.sk(),
                note,
                ItemView.rows(ItemView.plain(difference.actual()), ItemView.plain(difference.expected())));
    }
}
