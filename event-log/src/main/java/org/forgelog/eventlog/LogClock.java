package org.forgelog.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's clock, which all nodes share: asked now and then, and counted on from there. What time the machine of a node
 * thinks that it is plays no part. While the log cannot be asked, the count goes on.
 */
public final class LogClock extends Clock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogClock.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private record Sample(Instant at, long nanos) {}

    private final InstantSource source;
    private final LongSupplier nanos;
    private final Thread thread;
    private volatile Sample last;

    /** Asks for the first time; whoever opens it closes it. */
    public LogClock(EventLogReader reader) {
        this(reader::now, System::nanoTime);
        thread.start();
    }

    LogClock(InstantSource source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.last = read();
        this.thread = Thread.ofPlatform().daemon().name("log-clock").unstarted(this::run);
    }

    private Sample read() {
        long before = nanos.getAsLong();
        Instant at = source.instant();
        return new Sample(at, before + (nanos.getAsLong() - before) / 2);
    }

    /** Asks again. */
    void ask() {
        try {
            last = read();
        } catch (EventLogException e) {
            log.debug("the log does not say what time it is", e);
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                ask();
            }
        } catch (InterruptedException e) {
            // Closed.
            return;
        }
    }

    @Override
    public Instant instant() {
        Sample reading = last;
        return reading.at.plusNanos(nanos.getAsLong() - reading.nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource instants = this::instant;
        return instants.withZone(zone);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
