package org.forgelog.command.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RateLimiter;
import org.forgelog.api.http.RequestCost;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.CommandExecutor.Work;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.execution.Session;
import org.forgelog.command.operation.Watching;
import org.forgelog.command.operation.WebhookPayloads;
import org.forgelog.command.operation.WebhookPayloads.Deleted;
import org.forgelog.command.operation.WebhookPayloads.Past;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live feed of a repository, by server-sent events: what its webhooks would be told, while it happens. Ids are
 * positions of the log, so that a client which was away goes on after the last one it saw.
 */
@RestController
public final class EventStreamController implements ApplicationListener<ContextClosedEvent> {

    /** Events read at once; what is large is told in smaller parts. */
    private static final int PAGE = 20;
    /** No more is told in one transaction than this, in characters and in time; but one event always. */
    private static final int MOST_CHARACTERS = 65_536;

    private static final long MOST_NANOS = Duration.ofMillis(200).toNanos();
    /** So many streams tell something at once: transactions are for writes above all. */
    private static final int AT_ONCE = 2;
    /** So many events cost a caller as much as a read unit. */
    private static final double EVENTS = 20;

    /** Between signs of life; rights are judged again as often, at least. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final long LONGEST_SECONDS = 3_600;

    private static final Logger log = LoggerFactory.getLogger(EventStreamController.class);

    private final CommandExecutor executor;
    private final EventLogReader reader;
    private final EventCodec codec;
    private final JsonMapper json;
    private final Streams streams;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    public EventStreamController(
            CommandExecutor executor, EventLogReader reader, EventCodec codec, LogSignals signals, JsonMapper json) {
        this.executor = executor;
        this.reader = reader;
        this.codec = codec;
        this.json = json;
        this.streams = new Streams(reader, signals);
    }

    /** Ends all streams, so that the server need not wait for them. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        streams.close();
    }

    /** @param wait how many seconds it goes on at most */
    @GetMapping("/repos/{owner}/{repo}/events/stream")
    public void ofRepository(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String owner,
            @PathVariable String repo,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(defaultValue = "3600") long wait)
            throws IOException, InterruptedException {
        RepositoryId[] found = new RepositoryId[1];
        run(request, session -> {
            found[0] = Watching.find(session, Callers.of(request), owner, repo).orElseThrow(Rejection::notFound);
            return Answer.noContent();
        });
        stream(request, response, found[0], lastEventId, wait);
    }

    @GetMapping("/repositories/{repository_id}/events/stream")
    public void ofRepository(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("repository_id") long id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(defaultValue = "3600") long wait)
            throws IOException, InterruptedException {
        RepositoryId repository;
        try {
            repository = new RepositoryId(id);
        } catch (IllegalArgumentException e) {
            throw Rejection.notFound();
        }
        if (!isSeen(request, repository)) {
            throw Rejection.notFound();
        }
        stream(request, response, repository, lastEventId, wait);
    }

    private void stream(
            HttpServletRequest request,
            HttpServletResponse response,
            RepositoryId repository,
            @Nullable String lastEventId,
            long wait)
            throws IOException, InterruptedException {
        if (request.getMethod().equals("HEAD")) {
            // There is no body to wait for.
            begin(response);
            return;
        }
        long position =
                lastEventId != null && lastEventId.matches("[0-9]{1,18}") ? Long.parseLong(lastEventId) : reader.head();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.clamp(wait, 0, LONGEST_SECONDS));
        Caller caller = Callers.of(request);
        // All tokens of an account are one caller: it makes as many as it likes.
        String key = caller.isAnonymous() ? RateLimiter.key(caller, request) : caller.key();
        int most = caller.isAnonymous() ? Streams.MOST_WITHOUT_TOKEN : Streams.MOST;
        try (Streams.Stream stream = streams.open(key, most, repository)) {
            begin(response);
            OutputStream out = response.getOutputStream();
            write(out, ": from " + position + "\n\n");
            while (stream.isOpen() && isSeen(request, repository)) {
                position = tell(request, repository, position, stream, out);
                long left = Math.min(end - System.nanoTime(), QUIET.toNanos());
                if (left <= 0) {
                    return;
                }
                if (!stream.awaitNews(left)) {
                    write(out, ": \n\n");
                }
            }
        } catch (HttpFailure | DataAccessException | EventLogException | UnreadableEventException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            // The client comes again, and goes on where it was.
            log.debug("a stream ends: {}", e.toString());
        }
    }

    private static void begin(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /**
     * Some of what came after a position, as text.
     *
     * @param position up to which it goes
     * @param events how many it tells of; 0 when there is nothing more, or it is not to be told
     */
    private record Stretch(String text, long position, int events) {}

    /** Writes what came after a position; answers the last position that was read. */
    private long tell(
            HttpServletRequest request, RepositoryId repository, long after, Streams.Stream stream, OutputStream out)
            throws IOException, InterruptedException {
        RequestCost cost = RequestCost.of(request);
        long position = after;
        while (stream.isOpen()) {
            Stretch stretch = next(request, repository, position);
            if (stretch.events == 0) {
                return position;
            }
            if (cost != null) {
                cost.addReadUnits(stretch.events / EVENTS);
            }
            write(out, stretch.text);
            position = stretch.position;
        }
        return position;
    }

    private Stretch next(HttpServletRequest request, RepositoryId repository, long after) throws InterruptedException {
        turns.acquire();
        try {
            List<StoredEvent> events = reader.ofSequence(repository.sequenceKey(), after, PAGE);
            Stretch[] told = {new Stretch("", after, 0)};
            if (!events.isEmpty()) {
                run(request, session -> {
                    // Judged after the events were read: nothing is told of what was private by then.
                    told[0] = isSeen(session, request, repository)
                            ? stretch(session, RequestLinks.of(request), events)
                            : new Stretch("", after, 0);
                    return Answer.noContent();
                });
            }
            return told[0];
        } finally {
            turns.release();
        }
    }

    private Stretch stretch(Session session, Links links, List<StoredEvent> events) {
        long start = System.nanoTime();
        Set<Long> skipped = reader.skipped().keySet();
        StringBuilder text = new StringBuilder();
        int count = 0;
        while (count < events.size()
                && (count == 0 || text.length() < MOST_CHARACTERS && System.nanoTime() - start < MOST_NANOS)) {
            StoredEvent event = events.get(count);
            try {
                if (!skipped.contains(event.position())) {
                    append(session, links, event, text);
                }
            } catch (UnreadableEventException e) {
                if (count == 0) {
                    throw e;
                }
                break;
            }
            count++;
        }
        return new Stretch(text.toString(), events.get(Math.max(0, count - 1)).position(), count);
    }

    private void append(Session session, Links links, StoredEvent event, StringBuilder text) {
        Past past = new PastStates(reader, codec, event.position());
        List<Told> all = new WebhookPayloads(session, links, past, Deleted.LEFT_OUT)
                .forEverybody(codec.decode(event.type(), event.revision(), event.payload()));
        for (int i = 0; i < all.size(); i++) {
            // Who goes on after an id must have got all that bears it.
            text.append(i == all.size() - 1 ? "id: " + event.position() + "\n" : "")
                    .append("event: ")
                    .append(all.get(i).event())
                    .append("\ndata: ")
                    .append(json.writeValueAsString(all.get(i).payload()))
                    .append("\n\n");
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private boolean isSeen(HttpServletRequest request, RepositoryId repository) {
        boolean[] seen = new boolean[1];
        run(request, session -> {
            seen[0] = isSeen(session, request, repository);
            return Answer.noContent();
        });
        return seen[0];
    }

    /** Who listens may have lost their token, or their rights, since they began. */
    private static boolean isSeen(Session session, HttpServletRequest request, RepositoryId repository) {
        return Callers.now(request)
                .filter(caller -> Watching.isSeen(session, caller, repository))
                .isPresent();
    }

    private void run(HttpServletRequest request, Work work) {
        Caller caller = Callers.of(request);
        executor.execute(work, new Origin(caller, Callers.requestId(request)), null);
    }
}
