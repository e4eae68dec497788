package org.forgelog.command.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.representation.Links;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.CommandExecutor;
import org.forgelog.command.execution.CommandExecutor.Work;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.operation.Watching;
import org.forgelog.command.operation.WebhookPayloads;
import org.forgelog.command.operation.WebhookPayloads.Told;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
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

    /** Streams at once on a node. */
    private static final int MOST = 500;

    private static final int PAGE = 100;
    /** Between signs of life; rights are judged again as often, at least. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final long LONGEST_SECONDS = 3_600;

    private final CommandExecutor executor;
    private final EventLogReader reader;
    private final EventCodec codec;
    private final LogSignals signals;
    private final JsonMapper json;
    private final Semaphore streams = new Semaphore(MOST);
    private final Set<Semaphore> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    public EventStreamController(
            CommandExecutor executor, EventLogReader reader, EventCodec codec, LogSignals signals, JsonMapper json) {
        this.executor = executor;
        this.reader = reader;
        this.codec = codec;
        this.signals = signals;
        this.json = json;
    }

    /** Ends all streams, so that the server need not wait for them. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing = true;
        waiting.forEach(Semaphore::release);
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
        if (!streams.tryAcquire()) {
            throw HttpFailure.unavailable("Too many streams", Duration.ofSeconds(10));
        }
        Semaphore news = new Semaphore(0);
        waiting.add(news);
        LogSignals.Subscription subscription = signals.onAppended(appended -> news.release());
        try {
            begin(response);
            OutputStream out = response.getOutputStream();
            write(out, ": from " + position + "\n\n");
            while (!closing && isSeen(request, repository)) {
                position = tell(request, repository, position, out);
                long left = Math.min(end - System.nanoTime(), QUIET.toNanos());
                if (left <= 0) {
                    return;
                }
                if (news.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                } else {
                    write(out, ": \n\n");
                }
            }
        } finally {
            subscription.end();
            waiting.remove(news);
            streams.release();
        }
    }

    private static void begin(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Writes what came after a position; answers the last position that was read. */
    private long tell(HttpServletRequest request, RepositoryId repository, long after, OutputStream out)
            throws IOException {
        long position = after;
        Links links = RequestLinks.of(request);
        while (true) {
            List<StoredEvent> events = reader.ofSequence(repository.sequenceKey(), position, PAGE);
            if (events.isEmpty()) {
                return position;
            }
            StringBuilder text = new StringBuilder();
            boolean[] seen = new boolean[1];
            run(request, session -> {
                text.setLength(0);
                // Judged after the events were read: nothing is told of what was private by then.
                seen[0] = Watching.isSeen(session, Callers.of(request), repository);
                if (!seen[0]) {
                    return Answer.noContent();
                }
                for (StoredEvent event : events) {
                    List<Told> all = new WebhookPayloads(
                                    session, links, new PastStates(reader, codec, event.position()))
                            .of(codec.decode(event.type(), event.revision(), event.payload()));
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
                return Answer.noContent();
            });
            if (!seen[0]) {
                return position;
            }
            write(out, text.toString());
            position = events.getLast().position();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private boolean isSeen(HttpServletRequest request, RepositoryId repository) {
        boolean[] seen = new boolean[1];
        run(request, session -> {
            seen[0] = Watching.isSeen(session, Callers.of(request), repository);
            return Answer.noContent();
        });
        return seen[0];
    }

    private void run(HttpServletRequest request, Work work) {
        Caller caller = Callers.of(request);
        executor.execute(work, new Origin(caller, Callers.requestId(request)), null);
    }
}
