package org.forgelog.query.projection.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Poller;
import org.forgelog.eventlog.Position;
import org.forgelog.eventlog.SlotPositions;
import org.forgelog.eventlog.Waiters;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.batch.DeadLetterItems;
import org.forgelog.query.projection.segment.TableProgress;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node knows of a table: how far it is, whether it may be read, which sequences are blocked. Of what the node
 * projects itself it knows at once; of the rest it is signalled, and looks for itself every {@link #INTERVAL}. The table is
 * as far as the slot that is behind all others.
 */
public final class ProjectionStatus implements AutoCloseable {

    /** How often the table is asked; a replay waits longer than this before it takes the table away. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(ProjectionStatus.class);
    private final TableProgress progress;
    private final DeadLetterItems deadLetters;
    private final EventLogReader reader;
    private final LogSignals.Subscription signals;
    private final Poller poller = new Poller("projection-status", this::poll);
    private final SettledClock settled;
    private final ProjectionRate rate = new ProjectionRate();
    private final SlotPositions positions = new SlotPositions();
    private final Waiters waiters = new Waiters();
    private final BlockedSequences blocked = new BlockedSequences();
    /** One look after the other, so that what one has seen is not older than what the one before did. */
    private final Object looking = new Object();

    private boolean built;
    /** The slots of this node's engine. */
    private HashSlots own = HashSlots.NONE;

    private volatile long headAtStart = -1;
    private boolean caughtUp;
    private boolean replayAsked;

    /** @param settleDelay how long the table must have had something for it to be {@linkplain #settled settled} */
    public ProjectionStatus(Table table, EventLogReader reader, LogSignals signals, Duration settleDelay) {
        this.settled = new SettledClock(settleDelay);
        this.progress = new TableProgress(table);
        this.deadLetters = new DeadLetterItems(table, reader::now);
        this.reader = reader;
        this.signals = signals.onProjected(table.name(), this::signalled);
    }

    /** Looks for the first time, and from then on again and again. */
    public void start() {
        poller.start();
    }

    private Duration poll() {
        if (!refresh()) {
            synchronized (this) {
                built &= own.size() > 0;
            }
        }
        try {
            lookAtLog();
        } catch (RuntimeException e) {
            log.debug("the log cannot be looked at: {}", e.getMessage());
        }
        return INTERVAL;
    }

    /**
     * Looks at the table at once: what another node that projects it has just shown, this one has not.
     *
     * @return whether it could
     */
    public boolean refresh() {
        try {
            look();
            return true;
        } catch (RuntimeException e) {
            log.debug("the table cannot be looked at: {}", e.getMessage());
            return false;
        }
    }

    private void look() {
        synchronized (looking) {
            if (headAtStart < 0) {
                headAtStart = reader.head();
            }
            if (slots().isAll()) {
                return;
            }
            TableProgress.State seen = progress.read();
            Map<String, DeadLetter> blockedNow = seen == null ? Map.of() : deadLetters.read();
            synchronized (this) {
                if (!own.isAll()) {
                    looked(seen == null ? TableProgress.EMPTY : seen, blockedNow);
                }
            }
        }
    }

    private void looked(TableProgress.State seen, Map<String, DeadLetter> blockedNow) {
        boolean wasBuilt = built;
        long before = positions.least();
        replayAsked = seen.replay();
        if (own.size() == 0) {
            built = seen.built();
        }
        HashSlots.ALL.minus(own).stream().forEach(slot -> {
            if (wasBuilt && built) {
                positions.raise(HashSlots.one(slot), seen.positions().get(slot));
            } else {
                positions.set(HashSlots.one(slot), seen.positions().get(slot));
            }
        });
        blocked.seen(blockedNow, own);
        moved(before);
    }

    private void lookAtLog() {
        Instant now = reader.allVisibleBefore();
        long head = reader.head();
        synchronized (this) {
            settled.logged(now, head);
            if (built) {
                settled.projected(positions.least());
            }
        }
    }

    /**
     * Everything that was appended before this moment, by the log's clock, has been in the table for a while, so that nobody
     * reads it as it was before any more; {@code null} when that cannot be said of any recent moment.
     */
    public synchronized @Nullable Instant settled() {
        return settled.settled();
    }

    /** How long the table must have had something for it to be {@linkplain #settled settled}. */
    Duration settleDelay() {
        return settled.delay();
    }

    private synchronized void signalled(HashSlots slots, long projected) {
        HashSlots others = slots.minus(own);
        if (others.size() == 0) {
            return;
        }
        if (projected < positions.least(others)) {
            poller.wake();
        } else if (built) {
            long before = positions.least();
            positions.raise(others, projected);
            moved(before);
        }
    }

    /**
     * The engine of this node says how far it is.
     *
     * @param slots its own
     * @param position up to where all of them are
     * @param noted how far each of them was before, which may be further
     * @param blockedNow which of its sequences are blocked
     */
    synchronized void projecting(
            HashSlots slots, long position, TableProgress.State noted, Map<String, DeadLetter> blockedNow) {
        long before = positions.least();
        own = slots;
        if (slots.size() > 0) {
            built = noted.built();
            replayAsked &= built;
            slots.stream()
                    .forEach(slot -> positions.set(
                            HashSlots.one(slot),
                            Math.max(position, noted.positions().get(slot))));
        }
        blocked.projecting(blockedNow, own);
        moved(before);
    }

    /** The engine of this node has no slots any more. */
    synchronized void follow() {
        own = HashSlots.NONE;
        blocked.follow();
    }

    private void moved(long before) {
        long position = positions.least();
        if (position < before) {
            rate.reset();
        }
        if (position < before || !built) {
            settled.reset();
        }
        if (built) {
            waiters.reached(position);
            settled.projected(position);
        }
        caughtUp = built && headAtStart >= 0 && (caughtUp || position >= headAtStart);
        rate.at(position);
    }

    /** Whether the table may be read: it was built completely once. */
    public synchronized boolean isBuilt() {
        return built;
    }

    /** Whether the table is built and has what the log held when this node started. */
    public synchronized boolean isReady() {
        return built && caughtUp;
    }

    /** Whether this node has the first slot, and with it what concerns the whole table. */
    public synchronized boolean isLeading() {
        return own.has(0);
    }

    /** Whether this node projects any of it. */
    public synchronized boolean isProjecting() {
        return own.size() > 0;
    }

    /** Up to where the table has everything. */
    public synchronized long position() {
        return positions.least();
    }

    /** The slots that this node projects. */
    public synchronized HashSlots slots() {
        return own;
    }

    /** Up to where the table has everything of some slots. */
    public synchronized long position(HashSlots some) {
        return positions.least(some);
    }

    /** Positions gained per second of late. */
    public synchronized double rate() {
        return rate.perSecond();
    }

    /** The dead letters of the table, in the log's order. */
    public synchronized List<DeadLetter> deadLetters() {
        return blocked.letters();
    }

    synchronized boolean isReplayAsked() {
        return replayAsked;
    }

    /** Notes that this node asked for a replay. */
    synchronized void replayWasAsked() {
        replayAsked = true;
    }

    /**
     * Waits until the table holds {@code wanted}.
     *
     * @return whether it does; not when time is up or one of the position's sequences is blocked before it
     */
    public boolean await(Position wanted, Duration limit) throws InterruptedException {
        Waiters.Waiter waiter;
        synchronized (this) {
            if (has(wanted.index())) {
                return !blocked.isBefore(wanted);
            }
            waiter = waiters.add(wanted.index());
        }
        waiter.await(limit);
        synchronized (this) {
            waiters.remove(waiter);
            return has(wanted.index()) && !blocked.isBefore(wanted);
        }
    }

    private boolean has(long index) {
        return built && positions.least() >= index;
    }

    @Override
    public void close() {
        signals.end();
        poller.close();
    }
}
