package org.forgelog.query.projection;

import java.util.Map;
import java.util.TreeMap;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.Rebuilder.NotRebuilt;
import org.forgelog.query.table.Table;

/** Rebuilds sequences in place, as an engine would that has nothing else to do. */
public final class RebuiltInPlace {

    private RebuiltInPlace() {}

    /** What became of each of {@code sequences}. */
    public static Map<String, String> all(Iterable<String> sequences, EventLogReader log, Table table) {
        Map<String, String> outcomes = new TreeMap<>();
        try (Workers workers = new Workers(4, new Throttling())) {
            Loader loader = new Loader(table, workers);
            Rebuilder rebuilder = new Rebuilder(
                    new EventCodec(), table, loader, new Flusher(table, workers, new WriteBudget()), workers);
            for (String sequence : sequences) {
                outcomes.put(sequence, outcome(rebuilder, log, sequence));
            }
        }
        return outcomes;
    }

    private static String outcome(Rebuilder rebuilder, EventLogReader log, String sequence) {
        try {
            return rebuilder.rebuild(log, sequence, log.head(), Discards.NONE).toString();
        } catch (NotRebuilt e) {
            return e.getMessage();
        }
    }
}
