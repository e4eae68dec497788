package org.forgelog.query.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
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

    /** What pages show, by the name that they know each by, in lower case. */
    private enum Part {
        PROGRESS,
        TABLES,
        BLOCKED,
        VERIFICATION,
        ACTIONS;

        SseEmitter.SseEventBuilder event() {
            return SseEmitter.event().name(name().toLowerCase(Locale.ROOT)).data("");
        }
    }

    private final Replays replays;
    private final Verifications verifications;
    private final ActionLog actions;
    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private Map<Part, Object> seen = Map.of();
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
            for (Part part : Part.values()) {
                page.send(part.event());
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
        Map<Part, Object> now = picture();
        boolean changed = false;
        for (Map.Entry<Part, Object> part : now.entrySet()) {
            if (!part.getValue().equals(seen.get(part.getKey()))) {
                tell(part.getKey().event());
                changed = true;
            }
        }
        seen = now;
        return changed;
    }

    private Map<Part, Object> picture() {
        List<TableStatus> tables = replays.tables();
        Map<Part, Object> parts = new EnumMap<>(Part.class);
        parts.put(Part.PROGRESS, tables);
        parts.put(
                Part.TABLES,
                List.of(
                        tables.stream()
                                .map(table -> List.of(table.spec(), table.phase(), table.deadLetters()))
                                .toList(),
                        replays.nodes().stream()
                                .map(node -> List.of(node.name(), node.serves()))
                                .toList()));
        parts.put(Part.BLOCKED, tables.stream().map(TableStatus::deadLetters).toList());
        parts.put(Part.VERIFICATION, Objects.requireNonNullElse(verifications.last(null), ""));
        parts.put(Part.ACTIONS, actions.latest(1));
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
