package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.ActionLog;
import org.forgelog.query.operator.ActionLog.Action;
import org.forgelog.query.operator.LagHistory;
import org.forgelog.query.operator.LagHistory.Sample;
import org.forgelog.query.operator.Operations;
import org.forgelog.query.projection.control.NodeRegistry.Node;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All tables, how far each is, and what can be done with it. */
@RestController
class ProjectionsController {

    private static final int RECENT = 5;

    private final Projections projections;
    private final Replays replays;
    private final EventLogReader log;
    private final LagHistory history;
    private final Operations operations;
    private final ActionLog actions;
    private final Frames frames;
    private final Pages pages;

    ProjectionsController(
            Projections projections,
            Replays replays,
            EventLogReader log,
            LagHistory history,
            Operations operations,
            ActionLog actions,
            Frames frames,
            Pages pages) {
        this.projections = projections;
        this.replays = replays;
        this.log = log;
        this.history = history;
        this.operations = operations;
        this.actions = actions;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param head last position of the log
     * @param events how many it has
     * @param recent the latest actions
     */
    record ProjectionsPage(
            Frame frame, long head, long events, List<TableCard> tables, List<Node> nodes, List<Action> recent) {}

    /** The last hour of a table: times in seconds since 1970, and how far it was behind then. */
    record LagJson(List<Long> times, List<Long> events, List<Long> seconds) {}

    @GetMapping(ConsoleAccess.ROOT)
    ResponseEntity<String> page(HttpServletRequest request) {
        long events = log.countAfter(0);
        List<TableStatus> tables = replays.tables();
        LegalActions legal = new LegalActions(tables, projections.settings().mayCreate(), events);
        return pages.show(
                "projections",
                new ProjectionsPage(
                        frames.of(request, Section.PROJECTIONS),
                        log.head(),
                        events,
                        tables.stream()
                                .map(table -> TableCard.of(table, events, legal.of(table)))
                                .toList(),
                        replays.nodes(),
                        actions.latest(RECENT)));
    }

    @GetMapping(ConsoleAccess.ROOT + "/lag")
    ResponseEntity<LagJson> lag(@RequestParam(defaultValue = "") String table) {
        List<Long> times = new ArrayList<>();
        List<Long> events = new ArrayList<>();
        List<Long> seconds = new ArrayList<>();
        for (Sample sample : history.of(table)) {
            times.add(sample.at().getEpochSecond());
            events.add(sample.events());
            seconds.add(sample.seconds());
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new LagJson(times, events, seconds));
    }

    @PostMapping(ConsoleAccess.ROOT + "/table")
    ResponseEntity<String> act(HttpServletRequest request) {
        Form form = Form.of(request);
        String operator = ConsoleAccess.operator(request);
        String action = form.text("action");
        String table = form.textOrNull("table");
        Long rate = form.number("rate");
        long done =
                switch (action) {
                    case "verify" -> operations.verify(operator, table, rate).id();
                    case "in-place" -> operations.rebuildInPlace(operator).id();
                    // A new table has no name yet, and its form names the one that it is built beside.
                    case "start" ->
                        operations.table(operator, action, null, rate, false).id();
                    default ->
                        operations.table(operator, action, table, rate, false).id();
                };
        return Pages.goTo(form.back() + "?" + Frames.DONE + "=" + done);
    }
}
