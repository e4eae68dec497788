package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Report;
import org.forgelog.query.projection.deployment.Verifications;
import org.forgelog.query.projection.deployment.Verifications.Verification;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons of tables with the log; for operators. */
@RestController
class VerificationController {

    private final Verifications verifications;
    private final Replays replays;
    private final Operations operations;
    private final Operators operators;

    VerificationController(Verifications verifications, Replays replays, Operations operations, Operators operators) {
        this.replays = replays;
        this.verifications = verifications;
        this.operations = operations;
        this.operators = operators;
    }

    /**
     * A comparison.
     *
     * @param state {@code none}, {@code running}, {@code right}, {@code wrong}, {@code failed}
     */
    record VerificationJson(
            @Nullable String id,
            String state,
            @Nullable String table,
            long done,
            long total,
            @Nullable ReportJson report,
            @Nullable String error) {}

    /**
     * What was found.
     *
     * @param complete whether {@code differences} are all that there are
     * @param first the first of them
     * @param differingBuckets of {@code buckets}, how many digests differed, be it for what changed meanwhile
     * @param stopped sequences that were compared up to where they stopped
     */
    record ReportJson(
            long position,
            long items,
            long differences,
            boolean complete,
            List<DifferenceJson> first,
            int buckets,
            int differingBuckets,
            int stopped,
            double readUnits,
            double seconds) {}

    record DifferenceJson(
            String kind,
            String pk,
            String sk,
            String text,
            List<String> attributes,
            @Nullable Map<String, Object> expected,
            @Nullable Map<String, Object> actual) {}

    /** The comparison that runs, or ran last: of one table, or of any. */
    @GetMapping("/operator/replay/verify")
    VerificationJson last(HttpServletRequest request, @RequestParam(required = false) @Nullable String table) {
        operators.check(request);
        return json(verifications.last(table));
    }

    /**
     * Begins one; answers at once.
     *
     * @param table when it is left out, the candidate where there is one, otherwise the one that serves
     * @param rate read units a second
     */
    @PostMapping("/operator/replay/verify")
    ResponseEntity<VerificationJson> start(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable Long rate) {
        String operator = operators.check(request);
        try {
            String compared = table == null ? candidate() : table;
            return ResponseEntity.accepted()
                    .body(json(operations.verify(operator, compared, rate).orThrow()));
        } catch (OperationRefused e) {
            throw HttpFailure.conflict(String.valueOf(e.getMessage()));
        }
    }

    /** The table that is about to serve; {@code null} when none is. */
    private @Nullable String candidate() {
        for (TableStatus table : replays.tables()) {
            String name = table.spec().name();
            switch (table.phase()) {
                case READY -> {
                    return name;
                }
                case BUILDING, PAUSED ->
                    throw new OperationRefused(
                            name + " is not built yet; name the table that serves to verify that one");
                case SERVING, RETIRED, DROPPING -> {}
            }
        }
        return null;
    }

    private static VerificationJson json(@Nullable Verification v) {
        if (v == null) {
            return new VerificationJson(null, "none", null, 0, 0, null, null);
        }
        Report report = v.report();
        String state = v.isRunning() ? "running" : report == null ? "failed" : report.ok() ? "right" : "wrong";
        return new VerificationJson(
                v.id(),
                state,
                v.table(),
                v.progress().done(),
                v.progress().total(),
                report == null ? null : json(report),
                v.error());
    }

    private static ReportJson json(Report report) {
        return new ReportJson(
                report.position(),
                report.items(),
                report.differences(),
                report.complete(),
                report.details().stream().map(VerificationController::json).toList(),
                report.buckets(),
                report.differingBuckets(),
                report.stopped(),
                report.readUnits(),
                report.duration().toMillis() / 1000.0);
    }

    private static DifferenceJson json(Difference difference) {
        return new DifferenceJson(
                difference.kind().name().toLowerCase(Locale.ROOT),
                difference.pk(),
                difference.sk(),
                difference.text(),
                difference.attributes(),
                difference.expected(),
                difference.actual());
    }
}
