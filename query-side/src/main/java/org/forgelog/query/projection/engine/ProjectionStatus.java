package org.forgelog.query.projection.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.SlotPositions;
import org.forgelog.eventlog.Slots;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.segment.SegmentProgress;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of the table: how far it is, whether it may be read, which sequences stopped. Of what it projects
 * itself it knows at once; of the rest it is signalled and looks for itself every {@link #INTERVAL}. The table is as far
 * as the segment that is behind all others.
 */
public final class ProjectionStatus implements AutoCloseable {

    /** How often the table is asked; a replay waits longer than this before it takes the table away. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(ProjectionStatus.class);
    private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
    /** Beyond it the projection has got stuck, and nothing is said of what it did before. */
    private static final Duration RECENT = Duration.ofHours(1);

    /** A part of the projection, as operators see it. */
    public record Segment(int number, Slots slots, long position) {}

    private record Sample(long nanos, long position) {}

    /** How far the log was at a moment, by its own clock: this node's may differ from that of whoever appends. */
    private record Head(Instant at, long position) {}

    /** That the table had everything which was appended before a moment; {@code nanos} is when that was seen. */
    private record CaughtUp(long nanos, Instant through) {}

    private final SegmentProgress progress;
    private final DeadLetterItems stops;
    private final EventLogReader log0;
    private final LogSignals.Subscription signals;
    private final Thread thread;
    private final Duration quiet;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Deque<CaughtUp> caughtUps = new ArrayDeque<>();
    private @Nullable Head awaited;
    private final SlotPositions positions = new SlotPositions();
    private final Waiters waiters = new Waiters();
    private boolean built;
    /** What this node's engine has. */
    private Slots led = Slots.NONE;
    /** Whether that is the first segment, which alone says whether the table is built. */
    private boolean leading;

    private Map<String, DeadLetter> stoppedHere = Map.of();
    private List<SegmentProgress.State> segments = List.of();
    private long headAtStart = -1;
    private boolean caughtUp;
    private boolean replayAsked;
    private Map<String, DeadLetter> stopped = Map.of();
    private boolean lookNow;
    /** How often the table was looked at with success. */
    private long looks;

    private volatile boolean closed;

    /** @param quiet how long the table must have had something for it to be {@linkplain #settled settled} */
    public ProjectionStatus(Table table, EventLogReader reader, LogSignals signals, Duration quiet) {
        this.quiet = quiet;
        this.progress = new SegmentProgress(table);
        this.stops = new DeadLetterItems(table, reader::now);
        this.log0 = reader;
        this.signals = signals.onProjected(table.name(), this::signalled);
        this.thread = Thread.ofPlatform().daemon().name("table-watch").unstarted(this::run);
    }

    /** Looks for the first time, and from then on again and again. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                look();
                hasLooked();
            } catch (RuntimeException e) {
                log.debug("the table cannot be looked at: {}", e.getMessage());
                unknown();
            }
            try {
                lookAtLog();
            } catch (RuntimeException e) {
                log.debug("the log cannot be looked at: {}", e.getMessage());
            }
            try {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void pause() throws InterruptedException {
        if (!lookNow) {
            wait(INTERVAL.toMillis());
        }
        lookNow = false;
    }

    private synchronized void hasLooked() {
        looks++;
        notifyAll();
    }

    /**
     * Has this node look at the table at once: what another one that projects it has just shown, this one has not.
     *
     * @return whether it could within {@code limit}
     */
    public synchronized boolean refresh(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        // The look that is under way may have begun before; the next one has not.
        long wanted = looks + 2;
        while (looks < wanted) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            lookNow = true;
            notifyAll();
            wait(left);
        }
        return true;
    }

    private void look() {
        if (headAtStart < 0) {
            headAtStart = log0.head();
        }
        if (leadsAll()) {
            return;
        }
        List<SegmentProgress.State> seen = progress.readAll();
        Map<String, DeadLetter> stopsNow = seen.isEmpty() ? Map.of() : stops.read();
        synchronized (this) {
            if (!led.isAll()) {
                looked(seen, stopsNow);
            }
        }
    }

    private synchronized boolean leadsAll() {
        return led.isAll();
    }

    private void looked(List<SegmentProgress.State> seen, Map<String, DeadLetter> stopsNow) {
        boolean wasBuilt = built;
        long before = positions.least();
        segments = seen;
        SegmentProgress.State first = seen.isEmpty() ? null : seen.getFirst();
        if (!leading) {
            replayAsked = first != null && first.replay();
            built = first != null && first.built();
        }
        if (first == null) {
            positions.set(Slots.ALL.minus(led), 0);
        }
        for (SegmentProgress.State segment : seen) {
            Slots others = segment.slots().minus(led);
            if (wasBuilt && built) {
                positions.raise(others, segment.position());
            } else {
                positions.set(others, segment.position());
            }
        }
        stopped = withStoppedHere(stopsNow);
        moved(before);
    }

    private void lookAtLog() {
        Instant now = log0.allVisibleBefore();
        long head = log0.head();
        synchronized (this) {
            if (awaited == null) {
                awaited = new Head(now, head);
            }
            noteCaughtUp();
        }
    }

    private void noteCaughtUp() {
        if (awaited != null && built && positions.least() >= awaited.position) {
            long now = System.nanoTime();
            caughtUps.addLast(new CaughtUp(now, awaited.at));
            awaited = null;
            Iterator<CaughtUp> later = caughtUps.iterator();
            later.next();
            while (later.hasNext() && now - later.next().nanos >= quiet.toNanos()) {
                caughtUps.removeFirst();
                later = caughtUps.iterator();
                later.next();
            }
        }
    }

    /**
     * Everything that was appended before this moment, by the log's clock, has been in the table for a while, so that nobody
     * reads it as it was before any more; {@code null} when that cannot be said of any recent moment.
     */
    public synchronized @Nullable Instant settled() {
        long now = System.nanoTime();
        Instant through = null;
        for (CaughtUp caught : caughtUps) {
            long since = now - caught.nanos;
            if (since >= quiet.toNanos()) {
                through = since <= RECENT.toNanos() ? caught.through : null;
            }
        }
        return through;
    }

    /** How long the table must have had something for it to be {@linkplain #settled settled}. */
    Duration quiet() {
        return quiet;
    }

    private synchronized void unknown() {
        if (!leading) {
            built = false;
        }
    }

    private synchronized void signalled(Slots slots, long projected) {
        Slots others = slots.minus(led);
        if (others.size() == 0) {
            return;
        }
        if (projected < positions.least(others)) {
            lookNow = true;
            notifyAll();
        } else if (built) {
            long before = positions.least();
            positions.raise(others, projected);
            moved(before);
        }
    }

    /** What the engine of this node did: how far its segment is, and which of its sequences stopped. */
    synchronized void lead(SegmentProgress.State state, Map<String, DeadLetter> stopsNow) {
        long before = positions.least();
        led = state.slots();
        leading = state.isFirst();
        if (leading) {
            replayAsked = false;
            built = state.built();
        }
        if (led.isAll()) {
            segments = List.of(state);
        }
        positions.set(led, state.position());
        stoppedHere = Map.copyOf(stopsNow);
        stopped = withStoppedHere(stopped);
        moved(before);
    }

    synchronized void follow() {
        led = Slots.NONE;
        leading = false;
        stoppedHere = Map.of();
    }

    /** Of what this node projects itself it knows better than {@code seen}. */
    private Map<String, DeadLetter> withStoppedHere(Map<String, DeadLetter> seen) {
        Map<String, DeadLetter> all = new HashMap<>(seen);
        all.keySet().removeIf(led::holds);
        all.putAll(stoppedHere);
        return Map.copyOf(all);
    }

    private void moved(long before) {
        long position = positions.least();
        if (position < before) {
            samples.clear();
        }
        if (position < before || !built) {
            caughtUps.clear();
            awaited = null;
        }
        if (built) {
            waiters.reached(position);
        }
        noteCaughtUp();
        caughtUp = built && headAtStart >= 0 && (caughtUp || position >= headAtStart);
        long now = System.nanoTime();
        samples.addLast(new Sample(now, position));
        while (samples.size() > 2 && now - samples.getFirst().nanos > RATE_WINDOW.toNanos()) {
            samples.removeFirst();
        }
        notifyAll();
    }

    /** Whether the table may be read: it was built completely once. */
    public synchronized boolean isBuilt() {
        return built;
    }

    /** Whether the table is built and has what the log held when this node started. */
    public synchronized boolean isReady() {
        return built && caughtUp;
    }

    /** Whether this node projects the first segment, and with it what concerns the whole table. */
    public synchronized boolean isLeading() {
        return leading;
    }

    /** Whether this node projects any of it. */
    public synchronized boolean isProjecting() {
        return led.size() > 0;
    }

    /** Up to where the table has everything. */
    public synchronized long position() {
        return positions.least();
    }

    /** The segments that there were when this node last looked. */
    public synchronized List<Segment> segments() {
        return segments.stream()
                .map(s -> new Segment(s.segment(), s.slots(), positions.least(s.slots())))
                .toList();
    }

    /** Positions gained per second of late. */
    public synchronized double rate() {
        if (samples.size() < 2) {
            return 0;
        }
        double seconds = (System.nanoTime() - samples.getFirst().nanos) / 1e9;
        return seconds <= 0 ? 0 : (samples.getLast().position - samples.getFirst().position) / seconds;
    }

    public synchronized List<DeadLetter> stoppedSequences() {
        Collection<DeadLetter> all = stopped.values();
        return all.stream()
                .sorted((a, b) -> Long.compare(a.position(), b.position()))
                .toList();
    }

    /** Whether the node that leads, another one, was asked for a replay that it has not begun. */
    synchronized boolean isReplayAsked() {
        return replayAsked;
    }

    /** Notes that this node asked another one for a replay. */
    synchronized void replayWasAsked() {
        replayAsked = !leading;
    }

    /**
     * Waits until the table holds {@code wanted}.
     *
     * @return whether it does; not when time is up or one of the position's sequences has stopped before it
     */
    public boolean await(Position wanted, Duration limit) throws InterruptedException {
        Waiters.Waiter waiter;
        synchronized (this) {
            if (has(wanted.index())) {
                return !isStoppedBefore(wanted);
            }
            waiter = waiters.add(wanted.index());
        }
        waiter.await(limit);
        synchronized (this) {
            waiters.remove(waiter);
            return has(wanted.index()) && !isStoppedBefore(wanted);
        }
    }

    private boolean has(long index) {
        return built && positions.least() >= index;
    }

    private boolean isStoppedBefore(Position wanted) {
        return wanted.sequences().stream().anyMatch(sequence -> stopsBefore(sequence, wanted.index()));
    }

    private boolean stopsBefore(String sequence, long index) {
        @Nullable DeadLetter stop = stopped.get(sequence);
        return stop != null && stop.position() <= index;
    }

    @Override
    public void close() {
        closed = true;
        signals.end();
        thread.interrupt();
    }
}
