package org.forgelog.query.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.Touched.Write;
import org.forgelog.query.table.WriteUnits;

/**
 * What the engine of one table did, counted: events by kind, and what they made it write, in items and in capacity units
 * calculated from the sizes of the items. An item that several events of a batch changed is written once; that counts for
 * the last of them.
 */
final class EngineMetrics {

    private final MeterRegistry registry;
    private final String table;
    private final Counter errors;

    EngineMetrics(MeterRegistry registry, String table) {
        this.registry = registry;
        this.table = table;
        this.errors = registry.counter("forgelog.projection.errors", "table", table);
    }

    void projected(List<StoredEvent> events) {
        for (StoredEvent event : events) {
            registry.counter("forgelog.projection.events", tags(event)).increment();
        }
    }

    void written(List<Write> writes) {
        for (Write write : writes) {
            boolean inTransaction = !write.counts().isEmpty();
            Tags tags = tags(write.touched().last());
            registry.counter("forgelog.projection.writes", tags).increment();
            registry.counter("forgelog.projection.write.units", tags)
                    .increment((double) WriteUnits.ofItem(write.before(), write.after(), inTransaction)
                            + WriteUnits.ofIndexes(write.before(), write.after()));
        }
    }

    /** Something failed, and is done again. */
    void failed() {
        errors.increment();
    }

    private Tags tags(StoredEvent event) {
        return Tags.of("table", table, "kind", event.type());
    }
}
