package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the projection is, and replays; for the site administrator, or whoever has the operators' token. */
@RestController
class ProjectionController {

    private final Projections projections;
    private final Operations operations;
    private final EventLogReader log;
    private final Operators operators;

    ProjectionController(Projections projections, Operations operations, EventLogReader log, Operators operators) {
        this.projections = projections;
        this.operations = operations;
        this.log = log;
        this.operators = operators;
    }

    /**
     * How far the projection is.
     *
     * @param head last position of the log
     * @param lag events that the table does not have yet
     * @param eventsDone events that it has, of {@code eventsTotal}
     * @param rate positions gained per second of late
     * @param secondsLeft until the head is reached at that rate; {@code null} when there is no telling
     * @param ready whether this node answers reads and has what the log held when it started
     * @param built whether the table may be read at all
     * @param leading whether this node projects, all of it or a part
     */
    record ProjectionJson(
            long position,
            long head,
            long lag,
            long eventsDone,
            long eventsTotal,
            double rate,
            @Nullable Long secondsLeft,
            boolean ready,
            boolean built,
            boolean leading,
            List<DeadLetter> stopped) {}

    /**
     * How far a replay is.
     *
     * @param state {@code running} or {@code done}
     */
    record ReplayJson(String state, long done, long total, double rate, @Nullable Long secondsLeft) {}

    @GetMapping({"/operator/projection", "/operator/status"})
    ProjectionJson projection(HttpServletRequest request) {
        operators.check(request);
        return projection();
    }

    private ProjectionJson projection() {
        ProjectionStatus status = projections.serving().status();
        long position = status.position();
        long lag = log.countAfter(position);
        long total = log.countAfter(0);
        double rate = Math.round(status.rate() * 10) / 10.0;
        Long left = lag == 0 ? Long.valueOf(0) : rate > 0 ? Long.valueOf((long) Math.ceil(lag / rate)) : null;
        return new ProjectionJson(
                position,
                log.head(),
                lag,
                total - lag,
                total,
                rate,
                left,
                status.isReady(),
                status.isBuilt(),
                status.isProjecting(),
                status.deadLetters());
    }

    @GetMapping("/operator/replay")
    ReplayJson replay(HttpServletRequest request) {
        operators.check(request);
        ProjectionJson now = projection();
        boolean running = !now.built() || projections.serving().engine().isReplayDue();
        return new ReplayJson(
                running ? "running" : "done", now.eventsDone(), now.eventsTotal(), now.rate(), now.secondsLeft());
    }

    /** Has the table emptied and built again; answers at once. */
    @PostMapping("/operator/replay")
    ResponseEntity<ReplayJson> startReplay(HttpServletRequest request) {
        operations.rebuildInPlace(operators.check(request)).orThrow();
        return ResponseEntity.accepted().body(new ReplayJson("running", 0, log.countAfter(0), 0, null));
    }
}
