package org.forgelog.command.webhook;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.LogSignals;
import org.forgelog.eventlog.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live feeds that are open on this node: so many altogether, fewer of one caller. Wakes those alone whose repository has
 * something new; a signal may be lost, so they look for themselves now and then.
 */
final class Streams implements AutoCloseable {

    static final int MOST = 500;
    /** Altogether, so that there are some left for those who say who they are. */
    static final int MOST_WITHOUT_TOKEN = 400;

    static final int MOST_OF_ONE = 20;

    private static final Duration BUSY = Duration.ofSeconds(10);
    /** When nothing was signalled. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Streams.class);

    private final EventLogReader reader;
    private final Map<String, Integer> callers = new HashMap<>();
    private final Map<String, Set<Stream>> bySequence = new ConcurrentHashMap<>();
    private final LogSignals.Subscription signals;
    private final AtomicLong appended = new AtomicLong();
    private final Poller poller = new Poller("event-streams", this::look);
    private int open;
    private long looked;
    private volatile boolean closed;

    Streams(EventLogReader reader, LogSignals signals) {
        this.reader = reader;
        this.signals = signals.onAppended(position -> {
            appended.accumulateAndGet(position, Math::max);
            poller.wake();
        });
        this.poller.start();
    }

    /** One that is open. For one thread. */
    final class Stream implements AutoCloseable {

        private final String caller;
        private final String sequence;
        private final Semaphore news = new Semaphore(0);

        private Stream(String caller, String sequence) {
            this.caller = caller;
            this.sequence = sequence;
        }

        boolean isOpen() {
            return !closed;
        }

        /** Waits until its repository has something new; answers whether it has. */
        boolean awaitNews(long nanos) throws InterruptedException {
            if (!news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                return false;
            }
            news.drainPermits();
            return true;
        }

        @Override
        public void close() {
            bySequence.computeIfPresent(sequence, (key, streams) -> {
                streams.remove(this);
                return streams.isEmpty() ? null : streams;
            });
            leave(caller);
        }
    }

    /**
     * Opens one.
     *
     * @param most how many there may be
     * @throws HttpFailure when there are too many
     */
    Stream open(String caller, int most, RepositoryId repository) {
        enter(caller, most);
        Stream stream = new Stream(caller, repository.sequenceKey());
        bySequence.compute(stream.sequence, (key, streams) -> {
            Set<Stream> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            all.add(stream);
            return all;
        });
        return stream;
    }

    private synchronized void enter(String caller, int most) {
        if (callers.getOrDefault(caller, 0) >= MOST_OF_ONE) {
            throw HttpFailure.tooManyRequests(BUSY);
        }
        if (open >= most) {
            throw HttpFailure.unavailable("Too many streams", BUSY);
        }
        open++;
        callers.merge(caller, 1, Integer::sum);
    }

    private synchronized void leave(String caller) {
        open--;
        callers.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }

    private Duration look() {
        long head = appended.get();
        try {
            if (head > looked && !bySequence.isEmpty()) {
                Set<String> changed = looked == 0 ? bySequence.keySet() : reader.sequencesBetween(looked, head);
                changed.stream()
                        .map(sequence -> bySequence.getOrDefault(sequence, Set.of()))
                        .flatMap(Collection::stream)
                        .forEach(stream -> stream.news.release());
            }
            looked = head;
        } catch (EventLogException e) {
            log.debug("the log cannot be looked at: {}", e.getMessage());
        }
        return INTERVAL;
    }

    @Override
    public void close() {
        closed = true;
        signals.end();
        poller.close();
        bySequence.values().forEach(streams -> streams.forEach(stream -> stream.news.release()));
    }
}
