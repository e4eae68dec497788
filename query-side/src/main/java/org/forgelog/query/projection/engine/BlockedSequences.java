package org.forgelog.query.projection.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.eventlog.HashSlots;
import org.forgelog.eventlog.Position;
import org.forgelog.query.projection.batch.DeadLetter;
import org.jspecify.annotations.Nullable;

/** The dead letters of a table, by the sequences that they block. To be used under a lock. */
final class BlockedSequences {

    /** Those of the slots that this node projects. */
    private Map<String, DeadLetter> own = Map.of();

    private Map<String, DeadLetter> all = Map.of();

    /** What the table says. Of the slots that this node projects itself it knows better. */
    void seen(Map<String, DeadLetter> letters, HashSlots slots) {
        Map<String, DeadLetter> merged = new HashMap<>(letters);
        merged.keySet().removeIf(slots::holds);
        merged.putAll(own);
        all = Map.copyOf(merged);
    }

    /** What this node's engine says of its slots. */
    void projecting(Map<String, DeadLetter> letters, HashSlots slots) {
        own = Map.copyOf(letters);
        seen(all, slots);
    }

    /** This node projects nothing any more. */
    void follow() {
        own = Map.of();
    }

    /** All, in the log's order. */
    List<DeadLetter> letters() {
        return all.values().stream()
                .sorted(Comparator.comparingLong(DeadLetter::position))
                .toList();
    }

    /** Whether one of the position's sequences is blocked before it. */
    boolean isBefore(Position wanted) {
        return wanted.sequences().stream().anyMatch(sequence -> {
            @Nullable DeadLetter letter = all.get(sequence);
            return letter != null && letter.position() <= wanted.index();
        });
    }
}
