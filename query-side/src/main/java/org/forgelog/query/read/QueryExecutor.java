package org.forgelog.query.read;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RequestCost;
import org.forgelog.api.openapi.AsOf;
import org.forgelog.api.representation.Links;
import org.forgelog.domain.Rejection;
import org.forgelog.query.moment.Moment;
import org.forgelog.query.projection.batch.DeadLetter;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.read.ItemCache.Terms;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Answers a query: not before the table may be read, not before it has the position that the client asks for, and
 * counted.
 */
public final class QueryExecutor {

    private static final Duration SOON = Duration.ofSeconds(1);
    /**
     * What is not there may have been there: its tombstone is kept for a week, so what rests on its absence is dated
     * anew every few days. In seconds.
     */
    private static final long ABSENCE = Duration.ofDays(3).toSeconds();

    private final Supplier<ProjectedTable> serving;
    private final ReadDispatcher dispatcher;
    private final MeterRegistry metrics;
    private final PositionWait positionWait;
    private final ItemCache cache;
    private final SequenceClock clock;
    private final LogFollower follower;
    private final Duration settleDelay;
    private final PastReads past;

    /**
     * @param serving the table to read from, asked once for each query
     * @param settleDelay how long before what is {@linkplain ProjectionStatus#settled settled} a change must be to date an answer:
     *     an event is dated by who appends it, a moment before it is there
     */
    public QueryExecutor(
            Supplier<ProjectedTable> serving,
            ReadDispatcher dispatcher,
            ItemCache cache,
            SequenceClock clock,
            LogFollower follower,
            PositionWait positionWait,
            MeterRegistry metrics,
            Duration settleDelay,
            PastReads past) {
        this.serving = serving;
        this.dispatcher = dispatcher;
        this.cache = cache;
        this.clock = clock;
        this.follower = follower;
        this.metrics = metrics;
        this.positionWait = positionWait;
        this.settleDelay = settleDelay;
        this.past = past;
    }

    /**
     * What was read.
     *
     * @param lastChange when anything changed last that was read for it, names of other people and derived counts
     *     included, in whole seconds: no other answer made of the same items has this date. {@code null} where that
     *     cannot be said, of what changed just now above all. Says nothing of index entries, which leave a list without
     *     a trace.
     * @param fingerprint of everything that was read for it, see {@link TableLookup#fingerprint}
     */
    public record Answer<T>(T body, @Nullable Instant lastChange, byte[] fingerprint) {}

    /**
     * Reads an answer.
     *
     * @param position what the client wants to see at least; {@code null} when it does not mind
     * @param asOf the moment of the past that the answer is to tell of; {@code null} for now
     * @param charged has to pay for it; nobody where it is {@code null}
     * @param cost told what the answer cost, also when it is a failure; but not for one: not found, and not where the cost
     *     tells of what the caller must not know
     * @param view makes the answer; run several times, see {@link ItemLoader}
     * @throws HttpFailure 503 while the table is built, or when it does not get to the position in time
     */
    public <T> Answer<T> read(
            AccessPattern pattern,
            Caller caller,
            Links links,
            @Nullable String position,
            @Nullable AsOf asOf,
            @Nullable RequestCost charged,
            Consumer<String> cost,
            Function<ReadContext, T> view) {
        ProjectedTable table = serving.get();
        if (!table.status().isBuilt()) {
            cache.clear();
            throw HttpFailure.unavailable("The table is being built from the event log", SOON);
        }
        long wanted = position == null ? 0 : positionWait.await(table.status(), position);
        Moment moment = asOf == null ? null : past.moment(asOf, table.status(), wanted);
        Instant settled = moment == null ? table.status().settled() : null;
        TableLookup lookup = new TableLookup(cache, terms(table, wanted), position != null);
        Past items = past.past(table.status(), lookup, charged);
        ItemLoader loader = new ItemLoader(
                table.table(), dispatcher, lookup, charged == null ? () -> {} : charged::becomeExpensive);
        boolean told = true;
        try {
            int version = table.spec().version();
            T body = moment == null
                    ? loader.load(() -> view.apply(new ReadContext(lookup, lookup, caller, links, version, items)))
                    : past.load(moment, loader, lookup, caller, links, charged, view);
            return new Answer<>(
                    body,
                    settled == null ? null : lastChange(lookup, settled.minus(settleDelay)),
                    lookup.fingerprint());
        } catch (Rejection e) {
            // What a search for nothing costs tells whether there was something to hide.
            told = e.code() != Rejection.Code.NOT_FOUND;
            throw e;
        } catch (TableBusyException e) {
            throw HttpFailure.unavailable("The table is busy", SOON);
        } catch (SdkException | TableSilentException e) {
            throw HttpFailure.unavailable("The table does not answer", SOON);
        } finally {
            if (told && !lookup.isCostKept()) {
                cost.accept(loader.cost(pattern));
            }
            if (charged != null) {
                charged.addReadUnits(loader.readUnits());
            }
            count(pattern, loader);
            ReadTrace.tell(pattern, lookup, loader);
        }
    }

    /** @param settled everything that changed before then was there when the reading began */
    private static @Nullable Instant lastChange(TableLookup lookup, Instant settled) {
        long latest = 0;
        for (Item item : lookup.items().values()) {
            if (item != null && !item.has(Attr.CHANGED)) {
                return null;
            }
            long ofNothing = settled.getEpochSecond() / ABSENCE * ABSENCE;
            latest = Math.max(latest, item == null ? ofNothing : item.number(Attr.CHANGED));
        }
        Instant changed = Instant.ofEpochSecond(latest);
        // All of that second must be over: what changes later in it would have the same date.
        return changed.plusSeconds(1).isAfter(settled) ? null : changed;
    }

    private Terms terms(ProjectedTable table, long wanted) {
        ProjectionStatus status = table.status();
        clock.stopped(status.deadLetters().stream().map(DeadLetter::sequence).collect(Collectors.toSet()));
        long position = status.position();
        return cache.terms(table.name(), position, follower.isUpTo(Math.max(wanted, position)));
    }

    private void count(AccessPattern pattern, ItemLoader loader) {
        String number = Integer.toString(pattern.number());
        metrics.counter("forgelog.reads", "pattern", number).increment();
        metrics.counter("forgelog.read.rounds", "pattern", number).increment(loader.rounds());
        metrics.counter("forgelog.read.requests", "pattern", number).increment(loader.requests());
        metrics.counter("forgelog.read.units", "pattern", number).increment(loader.readUnits());
    }
}
