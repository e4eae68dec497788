package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogReader.Search;
import org.forgelog.eventlog.EventLogReader.SkippedEvent;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.projection.repair.EventTrial;
import org.forgelog.query.projection.repair.EventTrial.Trial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The log, newest first, and what each event changed. */
@RestController
class EventsController {

    static final String PATH = ConsoleAccess.ROOT + "/events";
    private static final int ON_A_PAGE = 50;

    private final EventLogReader log;
    private final EventTrial trial;
    private final DirectoryNames directory;
    private final Frames frames;
    private final Pages pages;

    EventsController(EventLogReader log, EventCodec codec, DirectoryNames directory, Frames frames, Pages pages) {
        this.log = log;
        this.trial = new EventTrial(log, codec);
        this.directory = directory;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * What the form was filled with.
     *
     * @param about a repository or account by its name, or a sequence key
     */
    record Filter(String about, String aggregate, String actor, String type, String request, String from, String to) {}

    /**
     * What the page shows.
     *
     * @param problem why nothing is shown; empty otherwise
     * @param older the address of the next page; empty on the last one
     */
    record EventsPage(Frame frame, Filter filter, String problem, List<EventView> events, String older) {}

    /**
     * What one event's page shows.
     *
     * @param before the event before of its aggregate, of its sequence, and the next of that; 0 for none
     * @param skipped {@code null} when it was not
     * @param error why it cannot be projected; empty when it can
     */
    record EventPage(
            Frame frame,
            EventView event,
            long before,
            long beforeInSequence,
            long next,
            @Nullable SkippedEvent skipped,
            String error,
            String trace,
            List<ItemView> items) {}

    @GetMapping(PATH)
    ResponseEntity<String> page(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String about,
            @RequestParam(defaultValue = "") String aggregate,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(name = "request", defaultValue = "") String requestId,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before) {
        Filter filter =
                new Filter(about.strip(), aggregate.strip(), actor.strip(), type.strip(), requestId.strip(), from, to);
        Frame frame = frames.of(request, Section.EVENTS);
        try {
            List<StoredEvent> found = log.latest(search(filter), before, ON_A_PAGE);
            return pages.show(
                    "events", new EventsPage(frame, filter, "", EventView.of(found, directory), older(filter, found)));
        } catch (HttpFailure e) {
            return pages.show("events", new EventsPage(frame, filter, String.valueOf(e.getMessage()), List.of(), ""));
        }
    }

    private static String older(Filter filter, List<StoredEvent> found) {
        if (found.size() < ON_A_PAGE) {
            return "";
        }
        return UriComponentsBuilder.fromPath(PATH)
                .queryParam("about", "{about}")
                .queryParam("aggregate", "{aggregate}")
                .queryParam("actor", "{actor}")
                .queryParam("type", "{type}")
                .queryParam("request", "{request}")
                .queryParam("from", "{from}")
                .queryParam("to", "{to}")
                .queryParam("before", found.getLast().position())
                .encode()
                .buildAndExpand(
                        filter.about,
                        filter.aggregate,
                        filter.actor,
                        filter.type,
                        filter.request,
                        filter.from,
                        filter.to)
                .toUriString();
    }

    private Search search(Filter filter) {
        return new Search(
                filter.about.isEmpty() ? null : sequence(filter.about),
                orNull(filter.aggregate),
                filter.actor.isEmpty() ? null : actor(filter.actor),
                orNull(filter.type),
                orNull(filter.request),
                time(filter.from),
                time(filter.to));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private String sequence(String about) {
        if (about.matches("[ar]:\\d{1,18}")) {
            return about;
        }
        String[] parts = about.split("/", -1);
        if (parts.length == 2) {
            RepositoryId repository = directory.repository(parts[0], parts[1]);
            if (repository != null) {
                return repository.sequenceKey();
            }
        }
        Long account = parts.length == 1 ? directory.account(about) : null;
        if (account == null) {
            throw HttpFailure.notFound("There is no repository or account " + about);
        }
        return "a:" + account;
    }

    private String actor(String login) {
        Long account = directory.account(login);
        return account == null ? login : "a:" + account;
    }

    private static @Nullable Instant time(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw HttpFailure.badRequest(text + " is no time such as 2026-01-31T12:00");
        }
    }

    @GetMapping(PATH + "/{position}")
    ResponseEntity<String> event(HttpServletRequest request, @PathVariable long position) {
        List<StoredEvent> found = log.after(position - 1, 1);
        if (found.isEmpty() || found.getFirst().position() != position) {
            throw HttpFailure.notFound("There is no event at position " + position);
        }
        StoredEvent event = found.getFirst();
        Trial tried = trial.inLog(event);
        Map<Long, SkippedEvent> skipped = log.skipped();
        return pages.show(
                "event",
                new EventPage(
                        frames.of(request, Section.EVENTS, "Event " + Show.number(position)),
                        EventView.of(found, directory).getFirst(),
                        position(log.latest(of(null, event.aggregateId()), position, 1)),
                        position(log.latest(of(event.sequenceKey(), null), position, 1)),
                        position(log.ofSequence(event.sequenceKey(), position, 1)),
                        skipped.get(position),
                        tried.error(),
                        tried.trace(),
                        tried.changes().stream().map(ItemView::of).toList()));
    }

    private static Search of(@Nullable String sequence, @Nullable String aggregate) {
        return new Search(sequence, aggregate, null, null, null, null, null);
    }

    private static long position(List<StoredEvent> events) {
        return events.isEmpty() ? 0 : events.getFirst().position();
    }
}
