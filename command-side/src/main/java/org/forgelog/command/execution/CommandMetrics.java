package org.forgelog.command.execution;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;

/** What the command side tells of its work: commands by kind and outcome, conflicts, and how soon the table has them. */
public final class CommandMetrics {

    /** More commands than this that the table does not have yet are not followed one by one. */
    private static final int MOST = 10_000;

    private static final int SERVER_ERROR = 500;

    private final ObservationRegistry observations;
    private final Counter conflicts;
    private final Timer visible;
    /** When what stands at a position was committed, until the table has it. */
    private final ConcurrentSkipListMap<Long, Long> committed = new ConcurrentSkipListMap<>();

    public CommandMetrics(MeterRegistry registry, ObservationRegistry observations) {
        this.observations = observations;
        this.conflicts = Counter.builder("forgelog.command.conflicts")
                .description("attempts that another request got in the way of")
                .register(registry);
        this.visible = Timer.builder("forgelog.visible")
                .description("from a command's commit until the table that serves has its events")
                .register(registry);
    }

    /**
     * Runs a request, and notes how it went.
     *
     * @param command the operation's id, {@code issues/create} for instance
     */
    public <T> T observe(String command, String requestId, Supplier<T> work) {
        Observation observation = Observation.createNotStarted("forgelog.commands", observations)
                .contextualName("command " + command)
                .lowCardinalityKeyValue("command", command)
                .highCardinalityKeyValue("forgelog.request.id", requestId)
                .start();
        try (Observation.Scope scope = observation.openScope()) {
            T result = work.get();
            observation.lowCardinalityKeyValue("outcome", "done");
            return result;
        } catch (RuntimeException e) {
            String outcome = outcome(e);
            observation.lowCardinalityKeyValue("outcome", outcome);
            if (outcome.equals("failed")) {
                observation.error(e);
            }
            throw e;
        } finally {
            observation.stop();
        }
    }

    private static String outcome(Throwable failure) {
        return switch (failure) {
            case Rejection rejection -> "rejected";
            case HttpFailure http -> http.status() >= SERVER_ERROR ? "unavailable" : "rejected";
            // A batch says which of its commands failed.
            default -> failure.getCause() instanceof RuntimeException cause ? outcome(cause) : "failed";
        };
    }

    void conflict() {
        conflicts.increment();
    }

    /** Something was committed at {@code position}. */
    void committed(long position) {
        if (committed.size() < MOST) {
            committed.put(position, System.nanoTime());
        }
    }

    /** The table has everything up to {@code position}. */
    void visible(long position) {
        long now = System.nanoTime();
        while (true) {
            Map.Entry<Long, Long> first = committed.firstEntry();
            if (first == null || first.getKey() > position) {
                return;
            }
            if (committed.remove(first.getKey(), first.getValue())) {
                // A table may have it before whoever committed it gets around to saying so.
                visible.record(Math.max(0, now - first.getValue()), TimeUnit.NANOSECONDS);
            }
        }
    }
}
