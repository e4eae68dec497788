package org.forgelog.query.read;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.forgelog.api.Caller;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.Links;
import org.forgelog.domain.Rejection;
import org.forgelog.eventlog.Position;
import org.forgelog.query.projection.ProjectedTable;
import org.forgelog.query.projection.TableWatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The way every read goes: not before the table may be read, not before it has the position asked for, and counted. */
public final class Reads {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Supplier<ProjectedTable> serving;
    private final ExecutorService threads;
    private final MeterRegistry metrics;
    private final Duration positionWait;
    private final Known known;
    private final Duration quiet;

    /**
     * @param serving the table to read from, asked once for each read
     * @param positionWait how long a read waits for the position that it was sent with
     * @param quiet how long before what is {@linkplain TableWatch#settled settled} a change must be to date an answer:
     *     an event is dated by who appends it, a moment before it is there
     */
    public Reads(
            Supplier<ProjectedTable> serving,
            ExecutorService threads,
            Known known,
            MeterRegistry metrics,
            Duration positionWait,
            Duration quiet) {
        this.serving = serving;
        this.threads = threads;
        this.known = known;
        this.metrics = metrics;
        this.positionWait = positionWait;
        this.quiet = quiet;
    }

    /**
     * Reads an answer.
     *
     * @param position what the client wants to see at least; {@code null} when it does not mind
     * @param cost told what the answer cost, also when it is a failure, but for one: not found
     * @throws HttpFailure 503 while the table is built, or when it does not get to the position in time
     */
    public <T> T read(
            AccessPattern pattern,
            Caller caller,
            Links links,
            @Nullable String position,
            Consumer<String> cost,
            Function<Reading, T> answer) {
        ProjectedTable table = serving.get();
        if (!table.watch().isBuilt()) {
            throw HttpFailure.unavailable("The table is being built from the event log", SOON);
        }
        Set<String> sequences = position == null ? Set.of() : await(table.watch(), position);
        Instant settled = table.watch().settled();
        ReadSession session = new ReadSession(table.table(), threads, position != null, sequences);
        boolean told = true;
        try {
            return answer.apply(
                    new Reading(session, known, caller, links, settled == null ? null : settled.minus(quiet)));
        } catch (Rejection e) {
            // What a search for nothing costs tells whether there was something to hide.
            told = e.code() != Rejection.Code.NOT_FOUND;
            throw e;
        } catch (TableBusyException e) {
            throw HttpFailure.unavailable("The table is busy", SOON);
        } catch (SdkException e) {
            throw HttpFailure.unavailable("The table does not answer", SOON);
        } finally {
            if (told) {
                cost.accept(session.cost(pattern));
            }
            count(pattern, session);
        }
    }

    private Set<String> await(TableWatch watch, String encoded) {
        Position position;
        try {
            position = Position.parse(encoded);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("X-Forgelog-Position is not one of ours");
        }
        try {
            if (!watch.await(position, positionWait)) {
                throw HttpFailure.unavailable("The table has not got to that position", SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpFailure.unavailable("The service is shutting down", SOON);
        }
        return position.sequences();
    }

    private void count(AccessPattern pattern, ReadSession session) {
        String number = Integer.toString(pattern.number());
        metrics.counter("forgelog.reads", "pattern", number).increment();
        metrics.counter("forgelog.read.rounds", "pattern", number).increment(session.rounds());
        metrics.counter("forgelog.read.requests", "pattern", number).increment(session.requests());
        metrics.counter("forgelog.read.units", "pattern", number).increment(session.readUnits());
    }
}
