package org.forgelog.query.projection.engine;

import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.projection.batch.ItemRepairs;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.TableTracing;
import org.forgelog.query.projection.batch.Throttling;
import org.forgelog.query.projection.batch.WorkerPool;
import org.forgelog.query.projection.batch.WriteBudget;
import org.forgelog.query.projection.repair.RepositoryRebuild;
import org.forgelog.query.projection.repair.RepositoryRebuild.NotRebuilt;
import org.forgelog.query.table.Table;

/** Rebuilds sequences in place, as an engine would that has nothing else to do. */
public final class RebuiltInPlace {

    private RebuiltInPlace() {}

    /** What became of each of {@code sequences}. */
    public static Map<String, String> all(Iterable<String> sequences, EventLogReader log, Table table) {
        Map<String, String> outcomes = new TreeMap<>();
        try (WorkerPool workers = new WorkerPool(4, new Throttling(), new TableTracing(ObservationRegistry.NOOP))) {
            EngineItemCache loader = new EngineItemCache(table, workers);
            RepositoryRebuild rebuilder = new RepositoryRebuild(
                    new EventCodec(), table, loader, new ItemRepairs(table, workers, new WriteBudget()), workers);
            for (String sequence : sequences) {
                outcomes.put(sequence, outcome(rebuilder, log, sequence));
            }
        }
        return outcomes;
    }

    private static String outcome(RepositoryRebuild rebuilder, EventLogReader log, String sequence) {
        try {
            return rebuilder
                    .rebuild(log, sequence, log.head(), SkippedEvents.NONE)
                    .toString();
        } catch (NotRebuilt e) {
            return e.getMessage();
        }
    }
}
