package org.forgelog.query.projection.batch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.batch.PendingItem.Write;
import org.forgelog.query.table.WriteUnits;

/**
 * What the engine of one table did, counted: events by kind, and what they made it write, in items and in capacity units
 * calculated from the sizes of the items. An item that several events of a batch changed is written once; that counts for
 * the last of them.
 */
public final class EngineMetrics {

    /** The counters of one kind of event. */
    private record Kind(Counter events, Counter writes, Counter units) {}

    private final MeterRegistry registry;
    private final String table;
    private final Counter errors;
    private final TableTracing tracing;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    public EngineMetrics(MeterRegistry registry, String table, WorkerPool workers, TableTracing tracing) {
        this.tracing = tracing;
        this.registry = registry;
        this.table = table;
        registry.gauge("forgelog.projection.parallelism", Tags.of("table", table), workers, WorkerPool::parallelism);
        this.errors = registry.counter("forgelog.projection.errors", "table", table);
    }

    /** Times and traces how a batch is brought into the table. */
    public void observe(List<StoredEvent> events, Runnable batch) {
        if (events.isEmpty()) {
            batch.run();
            return;
        }
        tracing.observation("forgelog.projection.batch")
                .contextualName("projection batch")
                .lowCardinalityKeyValue("table", table)
                .highCardinalityKeyValue("forgelog.events", Integer.toString(events.size()))
                .highCardinalityKeyValue(
                        "forgelog.positions",
                        events.getFirst().position() + "-" + events.getLast().position())
                .observe(batch);
    }

    public void projected(List<StoredEvent> events) {
        events.forEach(event -> kind(event).events.increment());
    }

    void written(List<Write> writes) {
        for (Write write : writes) {
            boolean inTransaction = !write.counts().isEmpty();
            Kind kind = kind(write.pending().last());
            kind.writes.increment();
            kind.units.increment(WriteUnits.of(write.before(), write.after(), inTransaction));
            IssueEdges.of(write).forEach(edge -> {
                kind.writes.increment();
                kind.units.increment(WriteUnits.of(edge.before(), edge.after(), false));
            });
        }
    }

    private Kind kind(StoredEvent event) {
        return kinds.computeIfAbsent(event.type(), type -> {
            Tags tags = Tags.of("table", table, "kind", type);
            return new Kind(
                    registry.counter("forgelog.projection.events", tags),
                    registry.counter("forgelog.projection.writes", tags),
                    registry.counter("forgelog.projection.write.units", tags));
        });
    }

    /** Something failed, and is done again. */
    public void failed() {
        errors.increment();
    }
}
