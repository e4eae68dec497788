package org.forgelog.query.read;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.api.http.Vital;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.EventLogReader.Changed;
import org.forgelog.eventlog.EventLogReader.Changes;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Poller;
import org.forgelog.query.table.KeySequences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event log on this node, whether it projects or not, and tells the {@link SequenceClock} which sequences
 * change. Woken by PostgreSQL's notifications, it also looks by itself all the time: a notification may be lost.
 */
public final class LogFollower implements AutoCloseable, Vital {

    /** Between two looks that nobody asked for. */
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** The line to the log counts as broken when the last look began longer ago. */
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** More events at once are not looked at one by one: whatever is remembered counts as changed. */
    private static final int MOST = 5_000;

    private static final Logger log = LoggerFactory.getLogger(LogFollower.class);

    private final EventLogReader reader;
    private final SequenceClock clock;
    private final Runnable onRepair;
    private final LogSignals.Subscription signals;
    private final Poller poller = new Poller("log-follower", this::look);
    private volatile long position = -1;
    private final AtomicLong announced = new AtomicLong();
    private volatile long contact;
    private volatile boolean repairing;
    private String repaired = "";

    /** @param onRepair called when what tables were made from may not be what it was */
    public LogFollower(EventLogReader reader, LogSignals signals, SequenceClock clock, Runnable onRepair) {
        this.onRepair = onRepair;
        this.reader = reader;
        this.clock = clock;
        this.signals = signals.onAppended(this::appended);
    }

    public void start() {
        poller.start();
    }

    private void appended(long head) {
        announced.accumulateAndGet(head, Math::max);
        poller.wake();
    }

    private Duration look() {
        try {
            follow();
        } catch (RuntimeException e) {
            log.debug("the log cannot be looked at: {}", e.getMessage());
        }
        return INTERVAL;
    }

    private void follow() {
        long asked = System.nanoTime();
        long known = position;
        Changes changes = reader.changesAfter(Math.max(known, 0), known < 0 ? 0 : MOST);
        long head = changes.head();
        if (known < 0 || head < known || changes.changed().size() == MOST) {
            clock.reset(head);
            announced.accumulateAndGet(head, Math::min);
        } else {
            for (Changed changed : changes.changed()) {
                clock.changed(changed.sequenceKey(), changed.position());
                if (KeySequences.isStructural(changed.type())) {
                    clock.changed(KeySequences.STRUCTURE, changed.position());
                }
            }
        }
        if (!changes.repaired().equals(repaired)) {
            clock.forgetAll();
            onRepair.run();
            repaired = changes.repaired();
        }
        repairing = changes.repairs() > 0;
        position = head;
        contact = asked;
    }

    /** The end of the log, or something before it that is not before {@code wanted}. */
    long head(long wanted) {
        long known = position;
        return known >= wanted ? known : reader.head();
    }

    /** Whether this node knows of all events up to {@code wanted}, and of all that it has heard of. */
    boolean isUpTo(long wanted) {
        return !repairing
                && position >= Math.max(wanted, announced.get())
                && System.nanoTime() - contact < PATIENCE.toNanos();
    }

    @Override
    public boolean isAlive() {
        return poller.isAlive();
    }

    @Override
    public void close() {
        signals.end();
        poller.close();
    }
}
