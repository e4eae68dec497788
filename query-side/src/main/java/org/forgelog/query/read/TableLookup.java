package org.forgelog.query.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.forgelog.query.read.ItemCache.Entry;
import org.forgelog.query.read.ItemCache.Terms;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.KeySequences;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * The table as a view sees it now.
 *
 * <p>What has not been fetched yet is noted in the present {@link Batch}, and the view goes on with a guess: what this
 * node has met there before, or else nothing. {@link ItemLoader} throws away what came of guesses, fetches the batch in
 * one round of parallel requests, and runs the view again, until it has asked for nothing that was not there. So the
 * keys of a whole answer are found in one pass where this node has met them, and a guess costs a round when it was
 * wrong, never a wrong answer.
 */
final class TableLookup implements Lookup {

    private static final Queried NOTHING = new Queried(List.of(), null);

    private final ItemCache cache;
    private final Terms terms;
    private final boolean consistent;
    private final Map<ItemKey, @Nullable Item> items = new HashMap<>();
    private final Map<Range, Queried> pages = new HashMap<>();
    private final ReadSpans spans = new ReadSpans();
    private final Set<ItemKey> expected = new HashSet<>();
    private final ReadSpans expectedSpans = new ReadSpans();
    private @Nullable ItemKey scope;
    private Batch batch = new Batch();
    private int unknowns;
    private boolean costKept;
    private final ReadSet asked = new ReadSet();

    /**
     * @param terms on what the cache may be used
     * @param consistent whether items are read as they are now
     */
    TableLookup(ItemCache cache, Terms terms, boolean consistent) {
        this.cache = cache;
        this.terms = terms;
        this.consistent = consistent;
    }

    @Override
    public @Nullable Item item(ItemKey key) {
        asked.add(key);
        if (isThere(key)) {
            return live(items.get(key));
        }
        boolean listed = expected.contains(key);
        boolean coming = listed || expectedSpans.hold(key);
        if (!coming) {
            batch.add(key);
        }
        Entry guess = cache.find(key);
        if (guess == null && (listed || !coming)) {
            unknowns++;
        }
        return guess == null ? null : live(guess.item());
    }

    /** Whether an item was fetched, or need not be. */
    private boolean isThere(ItemKey key) {
        if (!items.containsKey(key)) {
            Entry remembered = cache.find(key);
            if (remembered != null && cache.isExact(remembered, terms)) {
                cache.hit();
                items.put(key, remembered.item());
            } else if (spans.hold(key)) {
                items.put(key, null);
            }
        }
        return items.containsKey(key);
    }

    private static @Nullable Item live(@Nullable Item item) {
        return item == null || item.isTombstone() ? null : item;
    }

    @Override
    public @Nullable Item peek(ItemKey key) {
        return live(isThere(key) ? items.get(key) : guess(key));
    }

    private @Nullable Item guess(ItemKey key) {
        Entry guess = cache.find(key);
        return guess == null ? null : guess.item();
    }

    @Override
    public boolean isUnknown(ItemKey key) {
        return !items.containsKey(key) && cache.find(key) == null;
    }

    @Override
    public boolean isUnknown(Range range) {
        return !pages.containsKey(range) && cache.find(range) == null;
    }

    @Override
    public Queried page(Range range) {
        asked.add(range);
        return find(range);
    }

    private Queried find(Range range) {
        Queried page = pages.get(range);
        if (page != null) {
            return page;
        }
        Entry remembered = cache.find(range);
        if (remembered != null && cache.isExact(remembered, terms)) {
            cache.hit();
            take(range, remembered.page());
            return remembered.page();
        }
        batch.add(range);
        if (remembered == null) {
            unknowns++;
            return NOTHING;
        }
        if (range.span().index() == null) {
            remembered.page().items().forEach(item -> expected.add(item.key()));
            expectedSpans.add(range, remembered.page());
        }
        return remembered.page();
    }

    private void take(Range range, Queried page) {
        pages.put(range, page);
        if (range.span().index() == null) {
            page.items().forEach(item -> items.put(item.key(), item));
            spans.add(range, page);
        }
    }

    @Override
    public void together(Range range, List<ItemKey> keys) {
        if (!keys.stream().allMatch(this::isThere)) {
            find(range);
            expected.addAll(keys);
        }
    }

    @Override
    public void prefetch(Collection<ItemKey> keys) {
        for (ItemKey key : keys) {
            if (!isThere(key) && !expectedSpans.hold(key)) {
                batch.add(key);
            }
        }
    }

    @Override
    public void expectAsUsualOf(ItemKey repository) {
        scope = repository;
    }

    @Override
    public void reject(RuntimeException rejection) {
        if (batch.isEmpty()) {
            throw rejection;
        }
    }

    @Override
    public boolean mayBe(BooleanSupplier condition) {
        int before = unknowns;
        return condition.getAsBoolean() || unknowns > before;
    }

    @Override
    public boolean isBlind() {
        return unknowns > 0;
    }

    @Override
    public boolean isAskedFor(ItemKey key) {
        return asked.holds(key);
    }

    @Override
    public void keepCost() {
        costKept = true;
    }

    boolean isCostKept() {
        return costKept;
    }

    /** Begins another pass of the view; answers what the last one missed. */
    Batch take() {
        if (scope != null && isBlind()) {
            prefetch(cache.usualKeys(scope));
            Item repository = peek(scope);
            if (repository != null) {
                prefetch(List.of(Keys.account(repository.number(Attr.OWNER_ID))));
            }
        }
        Batch missed = batch;
        batch = new Batch();
        expected.clear();
        expectedSpans.clear();
        asked.clear();
        unknowns = 0;
        return missed;
    }

    /** Whether everything that the view asked for in this pass was there. */
    boolean isComplete() {
        return batch.isEmpty();
    }

    /** Whether an item is to be read as it is now: because the client wants that, or to be remembered. */
    boolean isReadConsistently(ItemKey key) {
        return consistent || cache.isUnsettled(KeySequences.of(key, guess(key)), terms);
    }

    /** As for an item; what an index answers never can be. */
    boolean isReadConsistently(Range range) {
        Span span = range.span();
        return span.index() == null && (consistent || cache.isUnsettled(KeySequences.of(span, List.of()), terms));
    }

    /** Takes in an item that a request answered, or that there is none. */
    void fetched(ItemKey key, @Nullable Item item, boolean consistently) {
        items.put(key, item);
        cache.met(key, item, terms, consistently);
    }

    /** Takes in the answer to a query. */
    void fetched(Range range, Queried answer, boolean consistently) {
        take(range, answer);
        cache.met(range, answer, terms, consistently);
        if (range.span().index() == null) {
            answer.items().forEach(item -> cache.met(item.key(), item, terms, consistently));
        }
    }

    /** Remembers what a whole answer needed, for the next about the same. */
    void finished() {
        if (scope != null) {
            cache.needed(scope, items.keySet());
        }
    }

    @Override
    public void dependsOn(String what) {
        asked.add(what);
    }

    /** A digest of all that the view asked for in the pass that made the answer, see {@link ReadSet#digest}. */
    byte[] fingerprint() {
        return asked.digest(items, pages);
    }

    /** The items that are there, or known not to be. */
    Map<ItemKey, @Nullable Item> items() {
        return items;
    }

    /** What queries answered. */
    Map<Range, Queried> pages() {
        return pages;
    }
}
