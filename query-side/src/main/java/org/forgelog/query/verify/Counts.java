package org.forgelog.query.verify;

import static org.forgelog.query.verify.Key.digits;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/** How many repositories accounts have, and how many public forks repositories: each repository adds to several. */
final class Counts {

    /** One thing to be counted. */
    private record Count(Key target, String name) {}

    /** What one repository counts for, in the order of its events. */
    static final class Part {

        private Set<Count> now = Set.of();
        private final Map<Key, Long> dates = new HashMap<>();
        private @Nullable Map<Key, Long> datesThen;
        private Set<Count> then = Set.of();
        private final Set<Count> ever = new HashSet<>();
        private Set<Count> always = Set.of();

        void changed(FoldedItem repository, StoredEvent by) {
            Set<Count> next = of(repository);
            Set<Count> changed = new HashSet<>(next);
            changed.addAll(now);
            changed.removeIf(count -> next.contains(count) && now.contains(count));
            changed.forEach(count -> dates.merge(count.target(), by.appendedAt().getEpochSecond(), Math::max));
            now = next;
            if (datesThen != null) {
                ever.addAll(next);
                always.retainAll(next);
            }
        }

        /** What follows need not be in the table yet. */
        void limit() {
            datesThen = Map.copyOf(dates);
            then = Set.copyOf(now);
            ever.addAll(now);
            always = new HashSet<>(now);
        }

        private static Set<Count> of(FoldedItem row) {
            Set<Count> counts = new HashSet<>();
            if (row.isLive()) {
                boolean hidden = Boolean.TRUE.equals(row.get("private"));
                counts.add(new Count(
                        new Key("A#" + digits(row.number("owner_id")), "C"),
                        hidden ? "private_repositories" : "public_repositories"));
                if (row.get("parent_id") != null && !hidden) {
                    counts.add(new Count(forks(row.number("parent_id")), "forks"));
                    counts.add(new Count(forks(row.number("source_id")), "network"));
                }
            }
            return counts;
        }
    }

    private static Key forks(long repository) {
        return new Key("R#" + digits(repository), "F");
    }

    /** What the log says of one item with counts. */
    static final class Sum {

        private final Map<String, Long> then = new TreeMap<>();
        private final Map<String, Long> least = new TreeMap<>();
        private final Map<String, Long> most = new TreeMap<>();
        private long date;
        private final Set<String> sequences = new HashSet<>();

        /** The sequences that add to it; only where that was asked for. */
        Set<String> sequences() {
            return sequences;
        }

        /** Whether nothing changes it that the table need not have yet. */
        boolean isQuiet() {
            return least.equals(most);
        }

        boolean isThere() {
            return date > 0;
        }

        Map<String, Object> item(Key key) {
            Map<String, Object> item = new TreeMap<>(nonzero(then));
            item.put("pk", key.pk());
            item.put("sk", key.sk());
            item.put("type", "counts");
            item.put("v", 1L);
            item.put("at", date);
            return item;
        }

        /** Whether {@code item} is what some of the changes make of it that the table need not have yet. */
        boolean allows(Key key, Map<String, Object> item) {
            Map<String, Object> amid = item(key);
            for (String name : most.keySet()) {
                long value = CanonicalItem.number(item, name);
                if (value >= least.getOrDefault(name, 0L) && value <= most.getOrDefault(name, 0L)) {
                    if (value == 0) {
                        amid.remove(name);
                    } else {
                        amid.put(name, value);
                    }
                }
            }
            return ObservedItem.differing(amid, canonical(item)).isEmpty();
        }

        private static Map<String, Long> nonzero(Map<String, Long> counts) {
            Map<String, Long> left = new TreeMap<>(counts);
            left.values().removeIf(count -> count == 0);
            return left;
        }
    }

    /** An item with counts without those that are 0: absent says the same. */
    static Map<String, Object> canonical(Map<String, Object> item) {
        Map<String, Object> left = new TreeMap<>(item);
        left.keySet()
                .removeIf(name -> (name.equals("public_repositories")
                                || name.equals("private_repositories")
                                || name.equals("forks")
                                || name.equals("network"))
                        && CanonicalItem.number(item, name) == 0);
        return left;
    }

    private final Map<Key, Sum> sums = new HashMap<>();
    private final Predicate<Key> traced;

    /** @param traced for which the sequences are to be known */
    Counts(Predicate<Key> traced) {
        this.traced = traced;
    }

    /** Adds what one sequence counts for. */
    void add(String sequence, Part part) {
        Map<Key, Long> dates = part.datesThen == null ? part.dates : part.datesThen;
        part.dates.keySet().forEach(target -> {
            Sum sum = sums.computeIfAbsent(target, key -> new Sum());
            sum.date = Math.max(sum.date, dates.getOrDefault(target, 0L));
            if (traced.test(target)) {
                sum.sequences.add(sequence);
            }
        });
        boolean over = part.datesThen != null;
        add(over ? part.then : part.now, sum -> sum.then);
        add(over ? part.always : part.now, sum -> sum.least);
        add(over ? part.ever : part.now, sum -> sum.most);
    }

    private void add(Set<Count> counts, Function<Sum, Map<String, Long>> which) {
        for (Count count : counts) {
            Sum sum = sums.computeIfAbsent(count.target(), key -> new Sum());
            which.apply(sum).merge(count.name(), 1L, Long::sum);
        }
    }

    Map<Key, Sum> sums() {
        return sums;
    }
}
