package org.forgelog.query.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.jspecify.annotations.Nullable;

/**
 * Judges items one by one, while the table goes on. Each is read, and held against the log up to where that was after it
 * was read; what seems wrong is looked at again, until nothing moves, a few times.
 */
final class ItemChecker {

    private static final int ROUNDS = 7;
    private static final long FIRST_PAUSE_MILLIS = 50;

    private final TableReader table;
    private final Source source;
    private final Set<Long> deletedRepositories;

    ItemChecker(TableReader table, Source source, Set<Long> deletedRepositories) {
        this.table = table;
        this.source = source;
        this.deletedRepositories = deletedRepositories;
    }

    /**
     * Those of {@code suspects} that are wrong.
     *
     * @param suspects with the sequences that make them, as far as these are known
     * @param since from where on other sequences may make them, too
     */
    Map<Key, Difference> wrong(Map<Key, Set<String>> suspects, long since) {
        Map<Key, Set<String>> left = new HashMap<>(suspects);
        Map<Key, Difference> before = Map.of();
        long headBefore = Long.MAX_VALUE;
        for (int round = 1; !left.isEmpty(); round++) {
            TableState state = table.state(source.log().skipped());
            Map<Key, Map<String, Object>> actual = table.get(left.keySet());
            long head = source.log().head();
            Map<Key, Difference> wrong = once(left, state, actual, head, since, round == ROUNDS);
            boolean settled = state.position() >= headBefore && wrong.equals(before);
            if (wrong.isEmpty() || settled || round == ROUNDS) {
                return wrong;
            }
            left.keySet().retainAll(wrong.keySet());
            before = wrong;
            headBefore = head;
            pause(round);
        }
        return Map.of();
    }

    private Map<Key, Difference> once(
            Map<Key, Set<String>> suspects,
            TableState state,
            Map<Key, Map<String, Object>> actual,
            long head,
            long since,
            boolean last) {
        List<ObservedItem> observed = new ArrayList<>();
        Set<String> sequences = new HashSet<>(source.log().sequencesBetween(since, head));
        suspects.forEach((key, of) -> {
            if (!key.isCount()) {
                observed.add(new ObservedItem(key, actual.get(key)));
            }
            sequences.addAll(of);
        });
        LogFold fold = new LogFold(
                source,
                state,
                head,
                new ObservedItems(observed),
                Expected.NOBODY,
                suspects::containsKey,
                deletedRepositories,
                some -> {});
        fold.some(sequences, suspects.keySet().stream().anyMatch(Key::isName));
        long now = source.log().now().getEpochSecond();
        Map<Key, Difference> wrong = new HashMap<>();
        for (ObservedItem item : observed) {
            if (isBelowDeleted(item.key())) {
                item.mayBeGone();
            }
            Difference difference = item.check(now);
            if (difference != null) {
                wrong.put(item.key(), difference);
            }
        }
        suspects.keySet().stream().filter(Key::isCount).forEach(key -> {
            Difference difference = ofCounts(key, fold.counts().sums().get(key), actual.get(key), last);
            if (difference != null && !isBelowDeleted(key)) {
                wrong.put(key, difference);
            }
        });
        return wrong;
    }

    private static @Nullable Difference ofCounts(
            Key key, Counts.@Nullable Sum sum, @Nullable Map<String, Object> actual, boolean last) {
        Map<String, Object> expected = sum == null || !sum.isThere() ? null : sum.item(key);
        if (expected == null
                ? actual == null
                : actual != null && ObservedItem.differing(expected, actual).isEmpty()) {
            return null;
        }
        // A table that never stands still for long enough is taken at its word, within what it may say by now.
        if (last && sum != null && !sum.isQuiet() && (actual == null ? !sum.isThere() : sum.allows(key, actual))) {
            return null;
        }
        return ObservedItem.difference(key, expected, actual);
    }

    private boolean isBelowDeleted(Key key) {
        boolean feed = key.pk().startsWith("F#");
        return (feed || key.pk().startsWith("R#") && key.isCount())
                && deletedRepositories.contains(Long.parseLong(key.pk().substring(2)));
    }

    private static void pause(int round) {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << round);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the comparison was interrupted", e);
        }
    }
}
