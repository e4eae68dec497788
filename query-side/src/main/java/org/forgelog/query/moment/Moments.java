package org.forgelog.query.moment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Supplier;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.LogHistory;
import org.jspecify.annotations.Nullable;

/** Answers what items were at any moment, from the log, with bounded work; what was folded is remembered for a while. */
public final class Moments {

    /** What is remembered may rest on an event that is left out of all tables by now. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    /**
     * @param sequence whose events they are made of, or, where several sequences make them together, what for
     * @param number of the one issue or pull request that it is about; {@code null} for all
     * @param moment {@linkplain Moment#settled settled}
     */
    record Key(String sequence, Facet facet, @Nullable Long number, Moment moment) {

        Key(String sequence, Facet facet, Moment moment) {
            this(sequence, facet, null, moment);
        }
    }

    private final LogHistory history;
    private final EventCodec codec;
    private final int mostEvents;
    private final Cache<Key, SequenceItems> cache;

    /**
     * @param mostEvents how many events one answer may be made of
     * @param bytes how much is remembered
     */
    public Moments(LogHistory history, EventCodec codec, int mostEvents, long bytes) {
        this.history = history;
        this.codec = codec;
        this.mostEvents = mostEvents;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<Key, SequenceItems>weigher((key, items) -> items.weight())
                .expireAfterWrite(LIFE)
                .build();
    }

    public LogHistory history() {
        return history;
    }

    /**
     * The items of a moment, for one answer.
     *
     * @param large told before very much is read for it
     */
    public MomentItems at(Moment moment, Runnable large) {
        return new MomentItems(this, new LogFolder(history, codec), moment, mostEvents, large);
    }

    /** What is remembered under a key, or else what {@code fold} makes. */
    SequenceItems get(Key key, Supplier<SequenceItems> fold) {
        return cache.get(key, absent -> fold.get());
    }

    /** Forgets everything: events may say something else than they did, where a person was taken out of them. */
    public void forgetAll() {
        cache.invalidateAll();
    }

    boolean remembers(Key key) {
        return cache.getIfPresent(key) != null;
    }

    void put(Key key, SequenceItems items) {
        cache.put(key, items);
    }
}
