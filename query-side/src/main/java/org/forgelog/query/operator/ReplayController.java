package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableSpec;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.TableStatus.SegmentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tables that the log is projected into, and replays side by side; for operators. */
@RestController
class ReplayController {

    private final Replays replays;
    private final Operations operations;
    private final EventLogReader log;
    private final Operators operators;
    private final DirectoryNames names;

    ReplayController(
            Replays replays, Operations operations, EventLogReader log, Operators operators, DirectoryNames names) {
        this.names = names;
        this.replays = replays;
        this.operations = operations;
        this.log = log;
        this.operators = operators;
    }

    /**
     * All tables, and the nodes that answer reads.
     *
     * @param names of the repositories and accounts whose sequences are blocked, by sequence key
     * @param notice what whoever changed something should know about it
     */
    record ProjectionsJson(
            long head,
            long eventsTotal,
            List<TableJson> tables,
            List<NodeJson> nodes,
            Map<String, String> names,
            @Nullable String notice) {}

    /**
     * One table.
     *
     * @param state {@code building}, {@code paused}, {@code ready}, {@code serving}, {@code retired}, {@code dropping}
     * @param version of the projection that built it
     * @param eventsDone events that it has, of {@code events_total}
     * @param rate positions gained a second of late
     * @param writeUnits that may be spent a second while it is built
     * @param leader the node that projects its first segment
     * @param segments in which nodes share it out
     * @param readBy nodes that answer reads from it
     */
    record TableJson(
            String name,
            String state,
            int version,
            long position,
            long lag,
            long lagSeconds,
            long eventsDone,
            double rate,
            @Nullable Long secondsLeft,
            @Nullable Long writeUnits,
            @Nullable String leader,
            List<SegmentStatus> segments,
            List<String> readBy,
            Instant createdAt,
            @Nullable Long verifiedPosition,
            @Nullable Instant verifiedAt,
            List<DeadLetter> stopped) {}

    record NodeJson(String name, String serves, Instant seenAt) {}

    @GetMapping("/operator/projections")
    ProjectionsJson projections(HttpServletRequest request) {
        operators.check(request);
        return tables(null);
    }

    private ProjectionsJson tables(@Nullable String notice) {
        long total = log.countAfter(0);
        List<TableStatus> tables = replays.tables();
        return new ProjectionsJson(
                log.head(),
                total,
                tables.stream().map(table -> json(table, total)).toList(),
                replays.nodes().stream()
                        .map(node -> new NodeJson(node.name(), node.serves(), node.seenAt()))
                        .toList(),
                names.of(tables.stream()
                        .flatMap(table -> table.deadLetters().stream())
                        .map(DeadLetter::sequence)
                        .toList()),
                notice);
    }

    private static TableJson json(TableStatus table, long total) {
        TableSpec spec = table.spec();
        return new TableJson(
                spec.name(),
                table.phase().name().toLowerCase(Locale.ROOT),
                spec.version(),
                table.position(),
                table.lag(),
                table.lagSeconds(),
                Math.max(0, total - table.lag()),
                Math.round(table.rate() * 10) / 10.0,
                table.secondsLeft(),
                spec.rate(),
                table.leader(),
                table.segments(),
                table.readBy(),
                spec.createdAt(),
                spec.verifiedPosition(),
                spec.verifiedAt(),
                table.deadLetters());
    }

    /**
     * Starts, holds, resumes, aborts a replay beside the table that serves, or changes which one does.
     *
     * @param action {@code start}, {@code pause}, {@code resume}, {@code abort}, {@code switch}, {@code rollback},
     *     {@code drop}
     * @param table the table; where it is left out, the only one that it can be
     * @param rate for {@code start} and {@code resume}: write units a second while the table is built
     * @param force for {@code switch} and {@code rollback}: although it would be refused
     */
    @PostMapping("/operator/replay/{action}")
    ResponseEntity<ProjectionsJson> act(
            HttpServletRequest request,
            @PathVariable String action,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable Long rate,
            @RequestParam(defaultValue = "false") boolean force) {
        String operator = operators.check(request);
        try {
            Optional<String> notice =
                    operations.table(operator, action, table, rate, force).orThrow();
            return ResponseEntity.ok(tables(notice.orElse(null)));
        } catch (OperationRefused e) {
            throw HttpFailure.conflict(String.valueOf(e.getMessage()));
        }
    }
}
