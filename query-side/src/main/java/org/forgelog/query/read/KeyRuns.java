package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;

/**
 * Keys that are asked for, told apart by how they are read for less: issues and pull requests whose numbers follow each other
 * are read by one query, with their long bodies. All of them together cost half a unit for each 4 KB then, rather than each of
 * them at least that.
 *
 * @param others what is read key by key
 */
record KeyRuns(List<Run> runs, List<ItemKey> others) {

    /** Fewer are not worth a request of their own. */
    private static final int FEWEST = 4;

    /** Keys between which there is nothing else. */
    record Run(List<ItemKey> keys) {

        Range range(boolean consistently) {
            ItemKey first = keys.getFirst();
            String to = Keys.body(keys.getLast()).sk();
            return new Range(
                    Spans.conversationsBeside(first), first.sk(), to, false, 2 * keys.size(), null, consistently);
        }
    }

    static KeyRuns of(List<ItemKey> keys) {
        List<ItemKey> sorted = keys.stream()
                .filter(Keys::isConversation)
                .sorted(Comparator.comparing(ItemKey::pk).thenComparing(ItemKey::sk))
                .toList();
        List<Run> runs = new ArrayList<>();
        List<ItemKey> others = new ArrayList<>(keys);
        int first = 0;
        for (int next = 1; next <= sorted.size(); next++) {
            if (next == sorted.size() || !Keys.isNext(sorted.get(next - 1), sorted.get(next))) {
                if (next - first >= FEWEST) {
                    Run run = new Run(sorted.subList(first, next));
                    runs.add(run);
                    run.keys.forEach(key -> others.removeAll(List.of(key, Keys.body(key))));
                }
                first = next;
            }
        }
        return new KeyRuns(runs, others);
    }
}
