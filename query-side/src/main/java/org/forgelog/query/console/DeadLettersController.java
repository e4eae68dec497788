package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.operator.DirectoryNames.Rights;
import org.forgelog.query.operator.Operations;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.projection.repair.DeadLetters;
import org.forgelog.query.projection.repair.DeadLetters.BlockedSequence;
import org.forgelog.query.projection.repair.DeadLetters.SkippedEvent;
import org.forgelog.query.projection.repair.EventTrial;
import org.forgelog.query.projection.repair.EventTrial.Trial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Blocked sequences: what stopped them, whom that concerns, and the ways on. */
@RestController
class DeadLettersController {

    private static final String PATH = ConsoleAccess.ROOT + "/dead-letters";
    private static final int WAITING_SHOWN = 10;

    private final DeadLetters letters;
    private final Projections projections;
    private final EventLogReader log;
    private final EventTrial trial;
    private final DirectoryNames directory;
    private final Operations operations;
    private final Frames frames;
    private final Pages pages;

    DeadLettersController(
            DeadLetters letters,
            Projections projections,
            EventLogReader log,
            EventCodec codec,
            DirectoryNames directory,
            Operations operations,
            Frames frames,
            Pages pages) {
        this.letters = letters;
        this.projections = projections;
        this.log = log;
        this.trial = new EventTrial(log, codec);
        this.directory = directory;
        this.operations = operations;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * One event that blocks a sequence, be it in one table or in several.
     *
     * @param about name of the repository or account
     * @param access who is kept out meanwhile
     * @param waiting the first events that wait, the one that blocks before all
     * @param concernsRights whether skipping the event leaves the sequence visible to its owner alone
     */
    record Letter(
            String sequence,
            String about,
            long position,
            String type,
            String error,
            String trace,
            @Nullable Instant since,
            Instant appendedAt,
            List<String> tables,
            String access,
            long behind,
            List<EventView> waiting,
            boolean concernsRights) {}

    /** A skipped event, and what its sequence is about. */
    record Skipped(SkippedEvent event, String about) {}

    /** What the page shows. */
    record DeadLettersPage(Frame frame, List<Letter> letters, List<Skipped> skipped) {}

    /** What one event would do to a table. */
    record StepPage(
            Frame frame,
            String table,
            EventView event,
            boolean failed,
            String error,
            String trace,
            List<ItemView> items) {}

    @GetMapping(PATH)
    ResponseEntity<String> page(HttpServletRequest request) {
        List<BlockedSequence> blocked = letters.blocked();
        List<SkippedEvent> skipped = letters.skipped();
        Map<String, String> names = directory.of(Stream.concat(
                        blocked.stream().map(BlockedSequence::sequence),
                        skipped.stream().map(SkippedEvent::sequence))
                .toList());
        Map<String, List<BlockedSequence>> byEvent = new LinkedHashMap<>();
        blocked.forEach(one -> byEvent.computeIfAbsent(one.sequence() + " " + one.position(), key -> new ArrayList<>())
                .add(one));
        return pages.show(
                "dead-letters",
                new DeadLettersPage(
                        frames.of(request, Section.DEAD_LETTERS),
                        byEvent.values().stream()
                                .map(same -> letter(same, names))
                                .toList(),
                        skipped.stream()
                                .map(event ->
                                        new Skipped(event, names.getOrDefault(event.sequence(), event.sequence())))
                                .toList()));
    }

    private Letter letter(List<BlockedSequence> same, Map<String, String> names) {
        BlockedSequence one = same.getFirst();
        return new Letter(
                one.sequence(),
                names.getOrDefault(one.sequence(), one.sequence()),
                one.position(),
                one.type(),
                one.error(),
                one.trace(),
                one.since(),
                one.appendedAt(),
                same.stream().map(BlockedSequence::table).toList(),
                access(one.sequence()),
                one.waiting() - 1,
                EventView.of(log.ofSequence(one.sequence(), one.position() - 1, WAITING_SHOWN), directory),
                EventCodec.mayConcernRights(one.type()));
    }

    private String access(String sequence) {
        Rights rights = directory.rights(sequence);
        if (rights == null) {
            return "What this account says of others' rights, as an organization, lets nobody in until it goes on.";
        }
        StringBuilder text = new StringBuilder();
        text.append(rights.isPublic() ? "Everybody" : "Everybody whom it was shared with");
        if (rights.count() > 0) {
            text.append(", among them ").append(String.join(", ", rights.people()));
            if (rights.count() > rights.people().size()) {
                text.append(" and ")
                        .append(Show.number(rights.count() - rights.people().size()))
                        .append(" more");
            }
        }
        return text.append(" — all but ")
                .append(rights.ofUser() ? "its owner " : "the admins of ")
                .append(rights.owner())
                .append(" — is answered 404 until the sequence goes on.")
                .toString();
    }

    /** Runs the projectors on an event, and shows what they make of each item. */
    @GetMapping(PATH + "/step")
    ResponseEntity<String> step(HttpServletRequest request, @RequestParam String table, @RequestParam long position) {
        ProjectedTable projected = projections.find(table);
        List<StoredEvent> found = log.after(position - 1, 1);
        if (projected == null || found.isEmpty() || found.getFirst().position() != position) {
            throw HttpFailure.notFound("There is no such table or event");
        }
        Trial tried = trial.on(projected.table(), found.getFirst());
        return pages.show(
                "step",
                new StepPage(
                        frames.of(request, Section.DEAD_LETTERS, "Step"),
                        table,
                        EventView.of(found, directory).getFirst(),
                        tried.failed(),
                        tried.error(),
                        tried.trace(),
                        tried.changes().stream().map(ItemView::of).toList()));
    }

    @PostMapping(PATH + "/retry")
    ResponseEntity<String> retry(HttpServletRequest request) {
        Form form = Form.of(request);
        return done(operations
                .retry(ConsoleAccess.operator(request), form.text("sequence"))
                .id());
    }

    @PostMapping(PATH + "/skip")
    ResponseEntity<String> skip(HttpServletRequest request) {
        Form form = Form.of(request);
        Long position = form.number("position");
        if (position == null) {
            throw HttpFailure.badRequest("position is a whole number");
        }
        return done(operations
                .skip(ConsoleAccess.operator(request), form.text("sequence"), position, form.text("reason"))
                .id());
    }

    private static ResponseEntity<String> done(long id) {
        return Pages.goTo(PATH + "?" + Frames.DONE + "=" + id);
    }
}
