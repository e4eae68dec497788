package org.forgelog.query.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RequestCost;
import org.forgelog.api.openapi.AsOf;
import org.forgelog.api.representation.Links;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.eventlog.LogHistory;
import org.forgelog.query.moment.Moment;
import org.forgelog.query.moment.MomentItems;
import org.forgelog.query.moment.Moments;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.jspecify.annotations.Nullable;

/** Reads that ask for a moment of the past: finds the moment, and runs views against it. */
public final class PastReads {

    private static final Duration SOON = Duration.ofSeconds(1);
    /** What was appended by a time that lies further back is there, or never will be. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final int TIMES = 10_000;
    private static final int BAD_REQUEST = 400;
    /** So many events cost as much as a read unit. */
    private static final double EVENTS = 20;

    private final Moments moments;
    private final LogHistory history;
    private final PositionWait positions;
    private final Cache<Instant, Long> times =
            Caffeine.newBuilder().maximumSize(TIMES).build();

    public PastReads(Moments moments, PositionWait positions) {
        this.moments = moments;
        this.history = moments.history();
        this.positions = positions;
    }

    /**
     * The moment that is asked for.
     *
     * @param table which says what the caller may see: it must be as far as the moment
     * @param wanted up to which the caller wants to see what happened since
     * @throws Rejection when it has not come yet
     */
    Moment moment(AsOf asOf, ProjectionStatus table, long wanted) {
        long position = position(asOf);
        positions.await(table, position);
        return new Moment(position, Math.max(wanted, table.position()), asOf.time());
    }

    /** What items have been so far. */
    Past past(ProjectionStatus table, TableLookup now, @Nullable RequestCost charged) {
        AtomicReference<@Nullable MomentItems> used = new AtomicReference<>();
        return (sequence, key) -> {
            if (!now.isComplete()) {
                // Not before it is sure that the caller may know.
                return null;
            }
            MomentItems items = used.get();
            if (items == null) {
                items = moments.at(Moment.whole(table.position()), large(charged));
                used.set(items);
            }
            int before = items.read();
            try {
                return items.versions(sequence, key);
            } catch (EventLogException e) {
                throw silent();
            } finally {
                if (items.read() > before) {
                    charge(charged, items);
                }
            }
        };
    }

    /**
     * The position of the last event that had happened at a moment.
     *
     * @throws Rejection when it has not come yet
     */
    public long position(AsOf asOf) {
        try {
            return asOf.time() != null
                    ? at(asOf.time())
                    : asOf.event() != null ? existing(asOf.event()) : written(Objects.requireNonNull(asOf.position()));
        } catch (EventLogException e) {
            throw silent();
        }
    }

    /** A position that a write answered. */
    private long written(String position) {
        try {
            return positions.index(position, "as_of");
        } catch (HttpFailure e) {
            throw e.status() == BAD_REQUEST ? invalid(String.valueOf(e.getMessage())) : e;
        }
    }

    private static HttpFailure silent() {
        return HttpFailure.unavailable("The event log does not answer", SOON);
    }

    private long existing(long event) {
        if (event > history.log().head()) {
            throw invalid("as_of is beyond the end of the log");
        }
        return event;
    }

    private static Rejection invalid(String message) {
        return Rejection.invalid("Moment", "as_of", Fault.CUSTOM, message);
    }

    /** A time has one position for good: not before all that was appended by then is there. */
    private long at(Instant time) {
        Long known = times.getIfPresent(time);
        if (known != null) {
            return known;
        }
        Instant now = history.log().now();
        if (time.isAfter(now)) {
            throw invalid("as_of has not come yet");
        }
        if (time.isAfter(now.minus(RECENT)) && !history.log().allVisibleBefore().isAfter(time)) {
            throw HttpFailure.unavailable("What happened by then may still be on its way", SOON);
        }
        long position = history.positionAt(time);
        times.put(time, position);
        return position;
    }

    private static Runnable large(@Nullable RequestCost charged) {
        return charged == null ? () -> {} : charged::becomeExpensive;
    }

    private static void charge(@Nullable RequestCost charged, MomentItems items) {
        if (charged != null) {
            charged.addReadUnits(items.read() / EVENTS);
        }
    }

    /** As {@link ItemLoader#load}, with what the log says of the moment; today's table is asked for rights alone. */
    <T> T load(
            Moment moment,
            ItemLoader loader,
            TableLookup now,
            Caller caller,
            Links links,
            @Nullable RequestCost charged,
            Function<ReadContext, T> view) {
        AtomicReference<@Nullable MomentLookup> last = new AtomicReference<>();
        List<MomentItems> passes = new ArrayList<>();
        T body;
        try {
            body = loader.load(() -> {
                MomentItems items = moments.at(moment, large(charged));
                passes.add(items);
                MomentLookup lookup = new MomentLookup(items, now, now::isComplete, new Visibility(now, now, caller));
                last.set(lookup);
                try {
                    // What sequences make together is not folded where one of them tells the same.
                    return view.apply(
                            new ReadContext(lookup, now, caller, links, ProjectionVersion.EDGES, Past.UNKNOWN));
                } catch (EventLogException e) {
                    throw silent();
                }
            });
        } finally {
            passes.forEach(items -> charge(charged, items));
        }
        now.dependsOn(Objects.requireNonNull(last.get()).fingerprint());
        return body;
    }
}
