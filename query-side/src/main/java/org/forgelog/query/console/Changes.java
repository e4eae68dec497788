package org.forgelog.query.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.Poller;
import org.forgelog.query.operator.ActionLog;
import org.forgelog.query.projection.deployment.Replays;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.Verifications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Looks at everything that pages show, once a second and only while a page is open, and tells all open pages which part
 * of it has changed, by server-sent events; each then fetches what it shows of that part. A page that connects is told
 * every part: it was made before it listened, and what changed in between nobody would tell it.
 */
final class Changes implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Changes.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** After so many looks without a change something is sent all the same, so that a dead connection is noticed. */
    private static final int SILENCE = 10;
    /** A browser that is still there connects again by itself. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST = 200;

    private static final String PROGRESS = "progress";
    private static final String TABLES = "tables";
    private static final String BLOCKED = "blocked";
    private static final String VERIFICATION = "verification";
    private static final String ACTIONS = "actions";
    private static final List<String> PARTS = List.of(PROGRESS, TABLES, BLOCKED, VERIFICATION, ACTIONS);

    private final Replays replays;
    private final Verifications verifications;
    private final ActionLog actions;
    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private Map<String, Object> seen = Map.of();
    private int silent;
    private volatile @Nullable Poller poller;

    Changes(Replays replays, Verifications verifications, ActionLog actions) {
        this.replays = replays;
        this.verifications = verifications;
        this.actions = actions;
    }

    /** A line to a page that has just been opened, or has been away. */
    SseEmitter listen() {
        if (pages.size() >= MOST) {
            throw HttpFailure.unavailable("There are too many open pages", INTERVAL);
        }
        SseEmitter page = new SseEmitter(LIFE.toMillis());
        page.onCompletion(() -> pages.remove(page));
        page.onTimeout(page::complete);
        // Listening first: a change while the parts are told is told again.
        pages.add(page);
        try {
            for (String part : PARTS) {
                page.send(SseEmitter.event().name(part).data(""));
            }
        } catch (IOException e) {
            pages.remove(page);
            throw new UncheckedIOException(e);
        }
        return page;
    }

    private Duration tick() {
        try {
            if (!pages.isEmpty()) {
                silent = look() ? 0 : silent + 1;
                if (silent >= SILENCE) {
                    tell(SseEmitter.event().comment("still here"));
                    silent = 0;
                }
            }
        } catch (RuntimeException e) {
            log.debug("open pages are told nothing for now: {}", e.toString());
        }
        return INTERVAL;
    }

    /** Whether anything had changed. */
    private boolean look() {
        Map<String, Object> now = picture();
        boolean changed = false;
        for (Map.Entry<String, Object> part : now.entrySet()) {
            if (!part.getValue().equals(seen.get(part.getKey()))) {
                tell(SseEmitter.event().name(part.getKey()).data(""));
                changed = true;
            }
        }
        seen = now;
        return changed;
    }

    /** The parts that pages show, by the name that they know each by. */
    private Map<String, Object> picture() {
        List<TableStatus> tables = replays.tables();
        Map<String, Object> parts = new HashMap<>();
        parts.put(PROGRESS, tables);
        parts.put(
                TABLES,
                List.of(
                        tables.stream()
                                .map(table -> List.of(table.spec(), table.phase(), table.deadLetters()))
                                .toList(),
                        replays.nodes().stream()
                                .map(node -> List.of(node.name(), node.serves()))
                                .toList()));
        parts.put(BLOCKED, tables.stream().map(TableStatus::deadLetters).toList());
        parts.put(VERIFICATION, Objects.requireNonNullElse(verifications.last(null), ""));
        parts.put(ACTIONS, actions.latest(1));
        return parts;
    }

    private void tell(SseEmitter.SseEventBuilder event) {
        for (SseEmitter page : pages) {
            try {
                page.send(event);
            } catch (IOException | IllegalStateException e) {
                pages.remove(page);
            }
        }
    }

    @Override
    public void start() {
        Poller looking = new Poller("console", this::tick);
        poller = looking;
        looking.start();
    }

    /** Before the web server stops, which waits for answers that are under way. */
    @Override
    public void stop() {
        Poller looking = poller;
        if (looking != null) {
            looking.close();
            poller = null;
        }
        pages.forEach(SseEmitter::complete);
    }

    @Override
    public boolean isRunning() {
        return poller != null;
    }
}
