package org.forgelog.query.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.forgelog.query.projection.deployment.TableVerifier.Difference;
import org.forgelog.query.projection.deployment.TableVerifier.Progress;
import org.forgelog.query.projection.deployment.TableVerifier.Report;

/**
 * One comparison: digests of everything first; then the items one by one where digests differ, and those that changed
 * while the table was read.
 */
final class Comparison {

    /** Differences that are told in full. */
    private static final int EXAMPLES = 100;
    /** Beyond so many the rest is not looked at. */
    private static final int ENOUGH = 1_000;
    /** Items that are compared one by one at once. */
    private static final long AT_ONCE = 50_000;

    private final TableReader table;
    private final Source source;
    private final Consumer<Progress> progress;
    private final Set<Long> deletedRepositories = new HashSet<>();
    private final Buckets actual = new Buckets();
    private final Buckets expected = new Buckets();
    private final Map<Key, Long> moved = new ConcurrentHashMap<>();
    private final Instant began;
    private final ItemChecker checker;

    Comparison(TableReader table, Source source, Consumer<Progress> progress) {
        this.table = table;
        this.source = source;
        this.progress = progress;
        this.began = source.log().now();
        this.checker = new ItemChecker(table, source, deletedRepositories);
    }

    Report run() {
        long start = System.nanoTime();
        TableState state = table.state(source.log().skipped());
        long events = Math.max(1, source.log().countAfter(0));
        readTable(state, events);
        long head = source.log().head();
        foldLog(state, events);
        BitSet suspect = actual.differing(expected);
        moved.forEach((key, position) -> {
            if (position > head) {
                suspect.set(Buckets.of(key));
            }
        });
        Map<Key, Set<String>> changed = new HashMap<>();
        moved.keySet().forEach(key -> changed.put(key, new HashSet<>()));
        // Whatever cannot be explained by what happened meanwhile is looked for in the whole log.
        checker.wrong(changed, state.position()).keySet().forEach(key -> suspect.set(Buckets.of(key)));
        int differing = suspect.cardinality();
        List<Difference> wrong = new ArrayList<>();
        boolean complete = true;
        for (BitSet some = next(suspect); !some.isEmpty(); some = next(suspect)) {
            if (wrong.size() >= ENOUGH) {
                complete = false;
                break;
            }
            wrong.addAll(compare(some).values());
        }
        wrong.sort(Comparator.comparing(Difference::pk).thenComparing(Difference::sk));
        List<Difference> first = List.copyOf(wrong.subList(0, Math.min(EXAMPLES, wrong.size())));
        progress.accept(new Progress(2 * events, 2 * events));
        return new Report(
                state.position(),
                expected.items() + moved.size(),
                wrong.size(),
                complete,
                first.stream().map(Difference::text).toList(),
                first,
                Buckets.COUNT,
                differing,
                state.blockedAt().size(),
                table.spent(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** What changed since is set aside, and judged by itself. */
    private void readTable(TableState state, long events) {
        long horizon = began.getEpochSecond();
        AtomicLong segments = new AtomicLong();
        table.scan(
                (key, item) -> {
                    long position = CanonicalItem.number(item, "pos");
                    if (key.isOfTheEngine() || ObservedItem.isForgotten(item, horizon)) {
                        return;
                    }
                    if (position > state.position()) {
                        moved.put(key, position);
                    } else {
                        actual.add(key, item);
                    }
                },
                () -> progress.accept(
                        new Progress(segments.incrementAndGet() * events / TableReader.SEGMENTS, 2 * events)));
    }

    private void foldLog(TableState state, long events) {
        long horizon = began.getEpochSecond();
        AtomicLong folded = new AtomicLong();
        new LogFold(
                        source,
                        state,
                        state.position(),
                        ObservedItems.NONE,
                        (key, item, sequence, mayBeGone) -> {
                            boolean there = !mayBeGone || isProbablyStillThere(key, item);
                            if (there && !moved.containsKey(key) && !ObservedItem.isForgotten(item, horizon)) {
                                expected.add(key, item);
                            }
                        },
                        key -> false,
                        deletedRepositories,
                        some -> progress.accept(new Progress(events + folded.addAndGet(some), 2 * events)))
                .all();
    }

    /** Of what was removed before what it hung below, the tombstones mostly outlive the sweep. */
    private static boolean isProbablyStillThere(Key key, Map<String, Object> item) {
        return item.containsKey("tombstone")
                && Set.of("S", "C", "CI", "G").contains(key.pk().split("#", 2)[0]);
    }

    /** As many of the suspect buckets as can be compared at once; they are no longer suspect then. */
    private BitSet next(BitSet suspect) {
        BitSet some = new BitSet();
        long items = 0;
        for (int bucket = suspect.nextSetBit(0); bucket >= 0; bucket = suspect.nextSetBit(bucket + 1)) {
            items += Math.max(actual.items(bucket), expected.items(bucket));
            if (!some.isEmpty() && items > AT_ONCE) {
                break;
            }
            some.set(bucket);
        }
        suspect.andNot(some);
        return some;
    }

    private record Entry(Map<String, Object> item, Set<String> sequences, boolean mayBeGone) {}

    /** What is wrong in some buckets. */
    private Map<Key, Difference> compare(BitSet buckets) {
        TableState state = table.state(source.log().skipped());
        long now = source.log().now().getEpochSecond();
        Map<Key, Entry> entries = new HashMap<>();
        LogFold fold = new LogFold(
                source,
                state,
                state.position(),
                ObservedItems.NONE,
                (key, item, sequence, mayBeGone) -> {
                    if (buckets.get(Buckets.of(key))) {
                        Set<String> of = new HashSet<>();
                        if (!sequence.equals(Expected.MANY)) {
                            of.add(sequence);
                        }
                        entries.put(key, new Entry(item, of, mayBeGone));
                    }
                },
                key -> buckets.get(Buckets.of(key)),
                deletedRepositories,
                some -> {});
        fold.all();
        Map<Key, Map<String, Object>> found = new ConcurrentHashMap<>();
        BitSet otherKeys = actual.differingKeys(expected);
        moved.keySet().forEach(key -> otherKeys.set(Buckets.of(key)));
        if (otherKeys.intersects(buckets)) {
            table.scan(
                    (key, item) -> {
                        if (!key.isOfTheEngine() && buckets.get(Buckets.of(key))) {
                            found.put(key, item);
                        }
                    },
                    () -> {});
        } else {
            found.putAll(table.get(entries.keySet()));
        }
        Map<Key, Set<String>> suspects = new HashMap<>();
        entries.forEach((key, entry) -> {
            Map<String, Object> item = found.remove(key);
            boolean fine = entry.mayBeGone()
                    || (item == null
                            ? ObservedItem.isForgotten(entry.item(), now)
                            : ObservedItem.differing(entry.item(), item).isEmpty());
            if (!fine) {
                Counts.Sum sum = fold.counts().sums().get(key);
                suspects.put(key, sum == null ? entry.sequences() : sum.sequences());
            }
        });
        found.forEach((key, item) -> suspects.put(key, new HashSet<>()));
        return checker.wrong(suspects, state.position());
    }
}
