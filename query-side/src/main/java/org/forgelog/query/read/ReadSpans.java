package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;

/**
 * The parts of the table that queries have read without a gap: a key that lies in one of them, and is not among what they
 * answered, is not in the table.
 */
final class ReadSpans {

    /** Sort keys from one to another, both included. */
    private record Part(String from, String to) {

        boolean holds(String sk) {
            return sk.compareTo(from) >= 0 && sk.compareTo(to) <= 0;
        }
    }

    private final Map<String, List<Part>> byPartition = new HashMap<>();

    /** Adds what a query read; nothing where it was of an index, or went on from another one. */
    void add(Range range, Queried page) {
        if (range.span().index() != null || range.after() != null) {
            return;
        }
        boolean whole = page.more() == null;
        if (!whole && page.items().isEmpty()) {
            return;
        }
        String last = whole ? "" : page.items().getLast().key().sk();
        String from = whole || !range.descending() ? range.from() : last;
        String to = whole || range.descending() ? range.to() : last;
        byPartition.computeIfAbsent(range.span().pk(), pk -> new ArrayList<>()).add(new Part(from, to));
    }

    boolean hold(ItemKey key) {
        return byPartition.getOrDefault(key.pk(), List.of()).stream().anyMatch(part -> part.holds(key.sk()));
    }

    void clear() {
        byPartition.clear();
    }
}
