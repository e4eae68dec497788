package org.forgelog.query.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemSize;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * Items and pages that this node has met. They are guesses, at what an answer will need: what is shown is fetched, but
 * for names of people and how they stand to a repository, which are believed for {@link #BELIEVED}.
 */
public final class ItemCache {

    /** How long what is said of people is believed without another look. */
    public static final Duration BELIEVED = Duration.ofSeconds(5);

    private static final long BYTES = 64L << 20;
    /** What an entry takes beside what it holds, and how much larger an attribute is here than in the table. */
    private static final int ENTRY = 200;

    private static final int GROWTH = 3;
    private static final int SCOPES = 100_000;
    private static final int USUAL = 60;

    /** What is never asked for by itself, but with its neighbours. */
    private static final Set<ItemType> LISTED_ONLY = EnumSet.of(
            ItemType.FEED, ItemType.HISTORY, ItemType.LISTING, ItemType.ISSUE_EDGE, ItemType.REACTION, ItemType.SWEEP);

    /**
     * Something as it was.
     *
     * @param nanos when it was so
     */
    record Known(@Nullable Item value, long nanos) {

        boolean isRecent() {
            return System.nanoTime() - nanos < BELIEVED.toNanos();
        }
    }

    private final Cache<ItemKey, Known> items = Caffeine.newBuilder()
            .maximumWeight(BYTES / 2)
            .<ItemKey, Known>weigher((key, known) -> weight(known.value()))
            .build();
    private final Cache<Range, Queried> pages = Caffeine.newBuilder()
            .maximumWeight(BYTES / 2)
            .<Range, Queried>weigher((range, answer) -> weight(answer.items()))
            .build();
    private final Cache<ItemKey, Set<ItemKey>> usual =
            Caffeine.newBuilder().maximumSize(SCOPES).build();

    private static int weight(@Nullable Item item) {
        return ENTRY + (item == null ? 0 : GROWTH * (int) ItemSize.of(item));
    }

    private static int weight(List<Item> items) {
        return ENTRY + items.stream().mapToInt(ItemCache::weight).sum();
    }

    @Nullable
    Known item(ItemKey key) {
        return items.getIfPresent(key);
    }

    @Nullable
    Queried page(Range range) {
        return pages.getIfPresent(range);
    }

    void met(ItemKey key, @Nullable Item item) {
        items.put(key, new Known(item, System.nanoTime()));
    }

    void met(Range range, Queried answer) {
        pages.put(range, answer);
    }

    /** Forgets everything. */
    public void clear() {
        items.invalidateAll();
        pages.invalidateAll();
        usual.invalidateAll();
    }

    /** Learns from an item that this node has just written, so that its first reader need not ask twice. */
    public void learn(Item item) {
        if (LISTED_ONLY.stream().noneMatch(item::is)) {
            met(item.key(), item);
        }
        if (item.has(Attr.AUTHOR_ID)) {
            long repository = item.number(Attr.REPOSITORY_ID);
            long author = item.number(Attr.AUTHOR_ID);
            needed(Keys.repository(repository), List.of(Keys.account(author), Keys.collaborator(author, repository)));
            if (item.has(Attr.HEAD)) {
                Branch head = ConversationViews.branch(item, Attr.HEAD);
                long fork = head.repositoryId().value();
                long owner = head.ownerId().value();
                needed(Keys.repository(repository), List.of(Keys.repository(fork), Keys.account(owner)));
            }
        }
    }

    /** Other things than its own that answers about {@code scope} needed of late. */
    Collection<ItemKey> usualKeys(ItemKey scope) {
        Set<ItemKey> keys = usual.getIfPresent(scope);
        if (keys == null) {
            return List.of();
        }
        synchronized (keys) {
            return List.copyOf(keys);
        }
    }

    /** Notes what an answer about {@code scope} needed. */
    void needed(ItemKey scope, Collection<ItemKey> keys) {
        Set<ItemKey> before = usual.get(scope, key -> new LinkedHashSet<>());
        synchronized (before) {
            for (ItemKey key : keys) {
                if (Keys.isOfPeople(key) || (Keys.isRepository(key) && !key.equals(scope))) {
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
