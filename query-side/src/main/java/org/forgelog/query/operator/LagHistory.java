package org.forgelog.query.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.query.projection.deployment.TableStatus;

/** How far each table was behind the log, over the last hour, as far as this node has been there. */
public final class LagHistory {

    private static final Duration KEPT = Duration.ofHours(1);

    /**
     * One look.
     *
     * @param events that the table did not have yet
     * @param seconds how old the oldest of them was
     */
    public record Sample(Instant at, long events, long seconds) {}

    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    synchronized void add(Instant now, List<TableStatus> tables) {
        samples.keySet()
                .retainAll(tables.stream().map(table -> table.spec().name()).toList());
        for (TableStatus table : tables) {
            Deque<Sample> kept = samples.computeIfAbsent(table.spec().name(), name -> new ArrayDeque<>());
            kept.addLast(new Sample(now, table.lag(), table.lagSeconds()));
            while (kept.getFirst().at().isBefore(now.minus(KEPT))) {
                kept.removeFirst();
            }
        }
    }

    /** The looks at a table, oldest first; none when there is no such table. */
    public synchronized List<Sample> of(String table) {
        Deque<Sample> kept = samples.get(table);
        return kept == null ? List.of() : new ArrayList<>(kept);
    }
}
