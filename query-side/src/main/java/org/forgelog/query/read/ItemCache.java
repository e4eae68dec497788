package org.forgelog.query.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.query.read.SequenceClock.Stamp;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * Items and pages that this node has read. One that is made from sequences which had no event since is what the table
 * would answer, so it is not asked for again; any other is a guess at what an answer will need.
 *
 * <p>Nothing expires by time but as a precaution: what nothing tells of, such as a table that is changed by hand, shows
 * after {@link #LONGEST} at the latest.
 */
public final class ItemCache {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** What guesses may take where nothing is to be answered from memory. */
    private static final long GUESSES = 16L << 20;
    /** What an entry takes beside what it holds, and how much larger an attribute is here than in the table. */
    private static final int ENTRY = 200;

    private static final int GROWTH = 3;
    private static final int SUBJECTS = 100_000;
    private static final int USUAL = 60;

    /** What is never asked for by itself, but with its neighbours. */
    private static final Set<ItemType> LISTED_ONLY = EnumSet.of(
            ItemType.FEED,
            ItemType.HISTORY,
            ItemType.LISTING,
            ItemType.SITE_ADMIN,
            ItemType.ISSUE_EDGE,
            ItemType.PULL_EDGE,
            ItemType.REACTION,
            ItemType.SWEEP);

    /**
     * Something as it was read from a table.
     *
     * @param value an item, {@code null} when there was none, or a page
     */
    record Entry(@Nullable Object value, String table, long nanos, Stamp stamp) {

        @Nullable
        Item item() {
            return (Item) value;
        }

        Queried page() {
            return (Queried) Objects.requireNonNull(value);
        }
    }

    /**
     * On what terms a request uses the cache.
     *
     * @param table the table that it reads from
     * @param position up to which that has all events, by what this node knows
     * @param exact whether this node knows of all events that the request may see
     * @param nanos when the request began
     * @param generation see {@link SequenceClock#forgetAll}
     */
    record Terms(String table, long position, boolean exact, long nanos, long generation) {}

    private final SequenceClock clock;
    private final Duration settleDelay;
    private final boolean enabled;
    private final Cache<Object, Entry> entries;
    private final Cache<ItemKey, Set<ItemKey>> usual =
            Caffeine.newBuilder().maximumSize(SUBJECTS).build();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param bytes how much it may hold; 0 to answer nothing from memory
     * @param settleDelay how long a replica or an index may be behind the table
     */
    public ItemCache(SequenceClock clock, long bytes, Duration settleDelay, MeterRegistry metrics) {
        this.clock = clock;
        this.settleDelay = settleDelay;
        this.enabled = bytes > 0;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(enabled ? bytes : GUESSES)
                .<Object, Entry>weigher((key, entry) -> weight(entry.value()))
                .build();
        metrics.more().counter("forgelog.cache.hits", List.of(), hits);
        metrics.more().counter("forgelog.cache.misses", List.of(), misses);
        metrics.more().counter("forgelog.cache.invalidations", List.of(), clock, SequenceClock::changes);
        metrics.gauge("forgelog.cache.bytes", entries, ItemCache::bytes);
    }

    private static double bytes(Cache<?, ?> entries) {
        return entries.policy()
                .eviction()
                .map(eviction -> (double) eviction.weightedSize().orElse(0))
                .orElse(0.0);
    }

    private static int weight(@Nullable Object value) {
        if (value instanceof Queried page) {
            return ENTRY + page.items().stream().mapToInt(ItemCache::weight).sum();
        }
        return value instanceof Item item ? ENTRY + GROWTH * (int) ItemSize.of(item) : ENTRY;
    }

    /** The terms of a request that begins now, of which {@code exact} tells whether this node knows enough. */
    Terms terms(String table, long position, boolean exact) {
        return new Terms(table, position, enabled && exact, System.nanoTime(), clock.generation());
    }

    /** What is remembered under the key of an item or page. */
    @Nullable
    Entry find(Object key) {
        return entries.getIfPresent(key);
    }

    /** Whether what is remembered is what the table would answer. */
    boolean isExact(@Nullable Entry entry, Terms terms) {
        return terms.exact
                && entry != null
                && entry.table.equals(terms.table)
                && terms.nanos - entry.nanos < LONGEST.toNanos()
                && clock.isGood(entry.stamp);
    }

    void hit() {
        hits.increment();
    }

    /** Whether it has to be read consistently to be remembered for more than a guess. */
    boolean isUnsettled(Set<String> sequences, Terms terms) {
        return terms.exact && !sequences.isEmpty() && !clock.isQuiet(sequences, settleDelay, terms.nanos);
    }

    /** @param consistently whether it surely was the latest */
    void met(ItemKey key, @Nullable Item item, Terms terms, boolean consistently) {
        misses.increment();
        put(key, item, KeySequences.of(key, item), terms, consistently);
    }

    /** @param consistently whether it surely was the latest */
    void met(Range range, Queried answer, Terms terms, boolean consistently) {
        misses.increment();
        put(range, answer, KeySequences.of(range.span(), answer.items()), terms, consistently);
    }

    private void put(Object key, @Nullable Object value, Set<String> sequences, Terms terms, boolean consistently) {
        boolean settled = consistently || !isUnsettled(sequences, terms);
        Stamp stamp =
                terms.exact && settled ? SequenceClock.stamp(sequences, terms.position, terms.generation) : Stamp.NONE;
        entries.put(key, new Entry(value, terms.table, terms.nanos, stamp));
    }

    /** Forgets everything. */
    public void clear() {
        entries.invalidateAll();
        usual.invalidateAll();
    }

    /** Learns from an item that this node has just written, so that its first reader need not ask twice. */
    public void learn(Item item) {
        if (LISTED_ONLY.stream().noneMatch(item::is)) {
            entries.put(item.key(), new Entry(item, "", 0, Stamp.NONE));
        }
        if (item.has(Attr.AUTHOR_ID)) {
            long repository = item.number(Attr.REPOSITORY_ID);
            long author = item.number(Attr.AUTHOR_ID);
            needed(Keys.repository(repository), List.of(Keys.account(author), Keys.collaborator(author, repository)));
            if (item.has(Attr.MILESTONE)) {
                needed(Keys.repository(repository), List.of(Keys.milestone(repository, item.number(Attr.MILESTONE))));
            }
            if (item.has(Attr.HEAD)) {
                Branch head = ConversationViews.branch(item, Attr.HEAD);
                long fork = head.repositoryId().value();
                long owner = head.ownerId().value();
                needed(Keys.repository(repository), List.of(Keys.repository(fork), Keys.account(owner)));
            }
        }
    }

    /** Other things than its own that answers about {@code subject} needed of late. */
    Collection<ItemKey> usualKeys(ItemKey subject) {
        Set<ItemKey> keys = usual.getIfPresent(subject);
        if (keys == null) {
            return List.of();
        }
        synchronized (keys) {
            return List.copyOf(keys);
        }
    }

    /** Notes what an answer about {@code subject} needed. */
    void needed(ItemKey subject, Collection<ItemKey> keys) {
        Set<ItemKey> before = usual.get(subject, key -> new LinkedHashSet<>());
        synchronized (before) {
            for (ItemKey key : keys) {
                if (Keys.isOfPeople(key)
                        || Keys.isNamedInAnswers(key)
                        || (Keys.isRepository(key) && !key.equals(subject))) {
                    before.remove(key);
                    before.add(key);
                }
            }
            while (before.size() > USUAL) {
                before.remove(before.iterator().next());
            }
        }
    }
}
