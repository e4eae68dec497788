package org.forgelog.query.projection.segment;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.forgelog.eventlog.HashSlots;

/**
 * Which node projects which slots of a table: rendezvous hashing with bounded loads. Every node computes it for itself from
 * the same list of nodes. Each slot goes to the node that ranks highest for it and has less than its share, so loads differ
 * as little as whole numbers allow where nodes come or go, and few slots move.
 */
public final class SlotAssignment {

    private SlotAssignment() {}

    /** The slots of {@code table} that are {@code node}'s while these nodes project it. */
    public static HashSlots of(String table, String node, Collection<String> nodes) {
        List<String> all = nodes.stream().distinct().sorted().toList();
        Map<String, Integer> loads = new HashMap<>();
        HashSlots own = HashSlots.NONE;
        for (int slot = 0; slot < HashSlots.COUNT; slot++) {
            int number = slot;
            // Slots that are left over when each node has an equal share go to one node each.
            int most = (slot + all.size()) / Math.max(1, all.size());
            String owner = all.stream()
                    .filter(each -> loads.getOrDefault(each, 0) < most)
                    .max(Comparator.comparingLong(each -> rank(table, number, each)))
                    .orElse("");
            loads.merge(owner, 1, Integer::sum);
            own = owner.equals(node) ? own.plus(HashSlots.one(slot)) : own;
        }
        return own;
    }

    private static long rank(String table, int slot, String node) {
        String text = table + '/' + slot + '/' + node;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }
}
